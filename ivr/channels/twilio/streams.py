"""Whether a call's sound comes to us, or the carrier listens and speaks for us."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ivr.call.verbs import Listen, Play, Say, Verb, Wait
from ivr.channels.twilio.needs import OwnEars, StreamBook
from ivr.errors import StoreDown

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Streams:
    """What the line needs to ask the carrier for a call's sound."""

    book: StreamBook
    ears: OwnEars
    wanted: Callable[[str], bool]
    """Whether a hotline wants its callers heard by us (`ears: vosk`)."""

    def pass_for(self, hotline: str, call: str, verbs: Sequence[Verb]) -> str | None:
        """The pass for this call's sound, if it shall come to us for these verbs; None: the carrier does them.

        Once the carrier listens to a call it goes on doing so, and so do we: nobody's ears change in mid-call without
        need, however busy we become.
        """
        if not (self.wanted(hotline) and can_do(verbs, self.ears)):
            return None
        try:
            chosen = self.book.ears(hotline, call)
            if chosen is None:
                chosen = "ours" if self.ears.takes_calls() else "carrier"
                self.book.choose(hotline, call, chosen)
                log.info("call %s: heard by %s", call, "us" if chosen == "ours" else "the carrier, we are too busy")
            return self.book.give_pass(hotline, call) if chosen == "ours" else None
        except StoreDown:
            log.warning("call %s: the store does not answer; the carrier listens this time", call)
            return None


def can_do(verbs: Sequence[Verb], ears: OwnEars) -> bool:
    """Whether these verbs are worth a stream: a question we can ask and hear the answer of, or words before a wait."""
    if not verbs or any(not isinstance(verb, Say | Play | Wait) for verb in verbs[:-1]):
        return False
    asks = isinstance(verbs[-1], Listen) or (isinstance(verbs[-1], Wait) and len(verbs) > 1)
    return asks and knows(verbs, ears)


def knows(verbs: Sequence[Verb], ears: OwnEars) -> bool:
    """Whether we speak all languages of these verbs, and hear those in which they ask."""
    asked = [verb for verb in verbs if isinstance(verb, Listen) and verb.speech and not verb.secret]
    heard = all(ears.hears(listen.language) for listen in asked)
    return heard and all(say.audio is not None or ears.speaks(say.language) for say in _said(verbs))


def _said(verbs: Sequence[Verb]) -> Iterator[Say]:
    for verb in verbs:
        if isinstance(verb, Say):
            yield verb
        elif isinstance(verb, Listen):
            yield from _said(verb.prompts)
