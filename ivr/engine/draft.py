"""One step in the making: the next state, and what the line and the world will be asked to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from ivr.call.entries import Entry
from ivr.call.past import PastCall
from ivr.call.state import Ahead, CallState, Frame
from ivr.call.tasks import Chore
from ivr.call.verbs import Listen, Play, Say, Verb, Wait
from ivr.engine.moves import Stay
from ivr.engine.names import names
from ivr.errors import FlowError
from ivr.flow.expressions import Condition, Text, Value
from ivr.flow.hotline import Hotline
from ivr.flow.numbers import can_be_rung, can_get_texts
from ivr.flow.words import Spoken

HEARD_LETTERS = 2000
"""Of what a caller says in one turn; more is neither kept nor looked at."""


class Draft:
    """Filled by the steps of one turn. Its state is a copy: the state that came in stays as it was.

    What the state does not tell for sure is asked of `holds`, `value`, `values`, `is_open`, `idle`, `can_ring`,
    `can_text`, `broken_off`, `said_before` and `render`, so that a proof can answer it both ways.
    """

    __slots__ = ("_names", "chores", "entries", "hotline", "leaving", "now", "state", "verbs")

    def __init__(self, hotline: Hotline, state: CallState, now: float) -> None:
        self.hotline = hotline
        self.state = _copy(state)
        self.now = now
        self.verbs: list[Verb] = []
        self.chores: list[Chore] = []
        self.entries: list[Entry] = []
        self.leaving = "moved_on"
        """Why the place in line is given up, should this turn end where nobody waits for an agent any more."""
        self._names: dict[str, Any] | None = None

    # --- values ------------------------------------------------------------------------------------

    @property
    def names(self) -> dict[str, Any]:
        """What templates see; made once and kept until a name is set."""
        if self._names is None:
            self._names = names(self.hotline, self.state, self.now)
        return self._names

    def forget_names(self) -> None:
        self._names = None

    def arrives(self) -> None:
        """The call has come to a step; all that follows hangs on its state alone."""
        self.forget_names()

    def set(self, name: str, value: Any, *, secret: bool = False) -> None:
        """Give a name a value in this flow."""
        self.state.names[name] = value
        if secret and name not in self.state.secrets:
            self.state.secrets.append(name)
        if not secret and name in self.state.secrets:
            self.state.secrets.remove(name)
        self.forget_names()

    def wish(self, intent: str) -> None:
        """What the caller wants now; the record keeps the first wish of a call."""
        self.state.wish, self.state.ahead = intent, None
        summary, known = self.state.summary, self.hotline.intents.get(intent)
        self.state.complained = self.state.complained or (known is not None and known.type == "complaint")
        summary.intent = summary.intent or intent
        if known is not None and known.opportunity and intent not in summary.opportunities:
            summary.opportunities = [*summary.opportunities, intent]
        self.forget_names()

    def holds(self, condition: Condition) -> bool:
        return condition.holds(self.names)

    def value(self, written: Value) -> Any:
        return written.of(self.names)

    def values(self, written: Mapping[str, Value]) -> dict[str, Any]:
        return {name: self.value(value) for name, value in written.items()}

    def is_open(self, queue: str) -> bool:
        """Whether a queue is served at this hour."""
        hours = self.hotline.hours.get(queue) or self.hotline.hours.get("")
        return hours is None or bool(hours.is_open(datetime.fromtimestamp(self.now, UTC)))

    def idle(self, queue: str) -> int:
        """How many people of a queue were free when that was last looked at."""
        return int(self.state.people.get(queue, {}).get("idle", 0))

    def can_ring(self, number: str) -> bool:
        """Whether a number can be called back."""
        return can_be_rung(number)

    def can_text(self, number: str) -> bool:
        """Whether a number can get a text message: one that can be rung, and is not surely a landline."""
        return can_get_texts(number)

    def broken_off(self) -> PastCall | None:
        """The caller's last call of this day, where it broke off and has not been taken up again."""
        return self.state.last if self.state.profile.get("broke_off") else None

    def said_before(self) -> Ahead | None:
        """What was said or pressed before as an answer to the next question for a wish; forgotten with this."""
        kept, self.state.ahead = self.state.ahead, None
        return kept

    def is_secret(self, written: Value | Text) -> bool:
        """Whether it reads a name that holds a secret."""
        return bool(self.state.secrets) and any(path[0] in self.state.secrets for path in written.reads)

    def without_secrets(self, text: str) -> str:
        """The text with the values of secret names blotted out, in this flow and those that called it."""
        state = self.state
        known = [(state.names, state.secrets), *((frame.names, frame.secrets) for frame in state.frames)]
        for names_, secrets in known:
            for name in secrets:
                value = str(names_.get(name, ""))
                text = text.replace(value, "(secret)") if value else text
        return text

    def once(self) -> str:
        """The same each time this very visit of this step is tried again."""
        return f"{self.state.call}.{self.state.visits}"

    # --- speaking --------------------------------------------------------------------------------------

    def wording(self, key: str, language: str | None = None) -> Spoken:
        """The words of that key, in the caller's language where none is named."""
        language = language or self.state.language
        try:
            return self.hotline.words[language][key]
        except KeyError:
            raise FlowError(f"no words {key!r} in {language!r}") from None

    def say(self, key: str, *, secret: bool = False, extra: Mapping[str, Any] | None = None) -> None:
        """Say the words of that key, in the caller's language."""
        spoken = self.wording(key)
        self.say_text(spoken.say, key, audio=spoken.audio, secret=secret, extra=extra)

    def say_in(self, key: str, languages: Sequence[str], *, secret: bool = False) -> None:
        """Say the words of that key in each of the languages, one after the other; none means the caller's own."""
        self.in_each(languages, lambda: self.say(key, secret=secret))

    def in_each(self, languages: Sequence[str], speak: Callable[[], None]) -> None:
        """Speak in each of the languages; afterwards the caller's own is spoken again, whatever happens."""
        own = self.state.language
        try:
            for language in languages or (own,):
                self.state.language = language
                speak()
        finally:
            self.state.language = own

    def say_text(
        self,
        text: Text,
        key: str,
        *,
        audio: str | None = None,
        secret: bool = False,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        hidden = secret or self.is_secret(text)
        words = self.render(text, extra)
        if not words and not audio:
            return
        say = Say(text=words, language=self.state.language, audio=audio, secret=hidden, rate=self.state.rate)
        self.verbs.append(say)
        self.note("said", words=key, text="(secret)" if hidden else words)

    def render(self, text: Text, extra: Mapping[str, Any] | None = None) -> str:
        """Words with their placeholders filled in."""
        return text.render({**self.names, **extra} if extra else self.names)

    def play(self, sound: str) -> None:
        self.verbs.append(Play(audio=sound, length_s=self.hotline.sounds.get(sound, 1.0)))

    def listen(self, listen: Listen) -> Stay:
        """Hold the line for an answer. What was said in this turn just before becomes part of the prompt."""
        start = len(self.verbs)
        while start and isinstance(self.verbs[start - 1], Say | Play):
            start -= 1
        prompts = tuple(verb for verb in self.verbs[start:] if isinstance(verb, Say | Play))
        del self.verbs[start:]
        listen = msgspec.structs.replace(listen, prompts=prompts, language=self.state.language)
        self.verbs.append(listen)
        self.state.listening = listen
        return Stay()

    def listen_again(self) -> Stay:
        """The last prompt once more, word for word; a short wait where there was none."""
        self.verbs.append(self.state.listening or Wait(seconds=1.0))
        return Stay()

    # --- the record ------------------------------------------------------------------------------------

    def note(self, kind: str, /, **data: Any) -> None:
        """A line for the record, with the step where it happened."""
        if self.state.step:
            data = {"step": f"{self.state.flow}.{self.state.step}", **data}
        if self.state.offering is not None:
            data = {**data, "point": self.state.offering.point, "rule": self.state.offering.rule}
        self.entries.append(Entry(kind=kind, at=self.now, data=data))

    def note_start(self, **more: Any) -> None:
        """The first line for the record."""
        names = ("caller", "called", "channel", "version", "language")
        self.note("started", **{name: getattr(self.state, name) for name in names}, **more)


def _copy(state: CallState) -> CallState:
    """Deep enough that no step can reach into the state that came in: one level for each mapping and list."""
    return msgspec.structs.replace(
        state,
        names=dict(state.names),
        secrets=list(state.secrets),
        scratch=dict(state.scratch),
        frames=[_copy_frame(frame) for frame in state.frames],
        trail=list(state.trail),
        profile=dict(state.profile),
        held_back=list(state.held_back),
        summary=msgspec.structs.replace(state.summary, answered=list(state.summary.answered)),
    )


def _copy_frame(frame: Frame) -> Frame:
    return msgspec.structs.replace(
        frame, names=dict(frame.names), secrets=list(frame.secrets), scratch=dict(frame.scratch)
    )
