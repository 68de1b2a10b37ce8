"""Verbs into TwiML. A pure writing."""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, assert_never
from urllib.parse import quote

from twilio.twiml import voice_response as twiml

from ivr.call.verbs import (
    Dial,
    Hangup,
    Join,
    Listen,
    Play,
    Record,
    Say,
    StartRecording,
    StopRecording,
    Verb,
    Wait,
)
from ivr.channels.twilio.call_recording import write_start, write_stop
from ivr.channels.twilio.languages import tongue
from ivr.channels.twilio.text import clean, pieces, shortened
from ivr.channels.twilio.urls import After, Turn, Urls

MAX_DOCUMENT_BYTES = 64_000
"""Twilio's limit is 64 kB, told in no more exact words."""
MAX_HINTS = 500
MAX_HINT_LETTERS = 100
BREATHS = frozenset({"digits", "phone", "text"})
"""Long answers are spoken in groups with a breath between them; `auto` would end the turn at the first one."""
BREATH_S = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of an answer is put into its document."""

    hints: int = MAX_HINTS
    words_bytes: int = 1_000_000
    """Of each text."""
    last: int = 1_000
    """Of the verbs, and of a Listen's prompts: the question stands at the end."""


FITS = (Fit(), Fit(100), Fit(0), Fit(0, 16_000), Fit(0, 4_000), Fit(0, 1_000), Fit(0, 250, last=20))
"""Tried in turn until the document is small enough; the last one always is."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a document is written for."""

    turn: Turn
    urls: Urls
    fit: Fit

    def next(self, after: After, agent: str = "") -> str:
        return self.urls.turn(self.turn, after, agent)


ANY_TURN = Turn("", f"call-{secrets.token_hex(29)}", 999_999_999)
"""Stands in documents written ahead for the call and turn they will be sent to. As long as the longest of these, so
that a document that fits with it fits without; and nobody can have said it."""
KEPT = 256


def write(verbs: Sequence[Verb], turn: Turn, urls: Urls) -> str:
    """The document for these verbs; `turn` is the one its next request carries. Never over Twilio's limit."""
    if turn.since is not None or any(map(_is_secret, verbs)):
        return _fitted(verbs, turn, urls)
    call = quote(turn.call, safe="")
    ahead = _written_ahead(tuple(verbs), turn.hotline, urls)
    here = ahead.replace(f"{ANY_TURN.call}/{ANY_TURN.number}", f"{call}/{turn.number}")
    return here.replace(ANY_TURN.call, call)


@lru_cache(maxsize=KEPT)  # most of what a hotline says, it says to every caller
def _written_ahead(verbs: tuple[Verb, ...], hotline: str, urls: Urls) -> str:
    return _fitted(verbs, replace(ANY_TURN, hotline=hotline), urls)


def _is_secret(verb: Verb) -> bool:
    """What only this caller may hear is not kept."""
    match verb:
        case Say(secret=secret):
            return secret
        case Listen(prompts=prompts):
            return any(map(_is_secret, prompts))
        case _:
            return False


def _fitted(verbs: Sequence[Verb], turn: Turn, urls: Urls) -> str:
    document = ""
    for fit in FITS:
        document = _render(verbs, Page(turn, urls, fit))
        if len(document.encode()) <= MAX_DOCUMENT_BYTES:
            break
    return document


def _render(verbs: Sequence[Verb], page: Page) -> str:
    response = twiml.VoiceResponse()
    for n, verb in enumerate(verbs):
        # What begins and ends a recording takes little room, and left out it would record a secret.
        if n >= len(verbs) - page.fit.last or isinstance(verb, StartRecording | StopRecording):
            _write_one(response, verb, page)
    if not verbs or isinstance(verbs[-1], Say | Play | StartRecording | StopRecording):
        # The end of a document hangs up. No answer should end so; if one does, the call goes on.
        _write_one(response, Wait(), page)
    return str(response.to_xml())


def _write_one(parent: Any, verb: Verb, page: Page) -> None:
    match verb:
        case Say() | Play():
            _speak(parent, verb, page)
        case Listen():
            _listen(parent, verb, page)
        case Record():
            _record(parent, verb, page)
        case StartRecording():
            write_start(parent, verb, page.urls.call_recording(page.turn.hotline, page.turn.call, verb.part))
        case StopRecording():
            write_stop(parent, verb)
        case Dial():
            _dial(parent, verb, page)
        case Wait():
            if verb.seconds > 0:
                parent.pause(length=_whole(verb.seconds))
            _come_back(parent, page, "wait")
        case Join():
            dial = parent.dial(action=page.next("join", verb.agent), method="POST")
            conference(dial, verb.room, page.urls.alone(page.turn, verb.agent))
        case Hangup():
            parent.hangup()
        case _:
            assert_never(verb)


def conference(dial: Any, room: str, wait_url: str, *, ends: bool = True) -> None:
    """A room of two: who leaves ends it for the other. No beep, and what is heard alone is ours to say."""
    dial.conference(
        clean(room),
        start_conference_on_enter=True,
        end_conference_on_exit=ends,
        beep="false",
        wait_url=wait_url,
        wait_method="POST",
    )


def say_text(parent: Any, say: Say, max_bytes: int) -> None:
    """The text, in as many `Say` as it takes."""
    spoken = tongue(say.language)
    for piece in pieces(shortened(say.text, max_bytes)):
        if say.rate == 1.0:
            parent.say(piece, voice=spoken.voice, language=spoken.say)
        else:
            parent.say(voice=spoken.voice, language=spoken.say).prosody(piece, rate=f"{_percent(say.rate)}%")


def _percent(rate: float) -> int:
    """Within what the voices can do."""
    return min(max(round(rate * 100), 20), 200)


def _speak(parent: Any, verb: Say | Play, page: Page) -> None:
    if verb.audio:
        parent.play(page.urls.audio(page.turn.hotline, verb.audio))
    elif isinstance(verb, Say):
        say_text(parent, verb, page.fit.words_bytes)


def _listen(parent: Any, verb: Listen, page: Page) -> None:
    speech = verb.speech and not verb.secret
    gather = parent.gather(
        input="dtmf speech" if speech else "dtmf",
        action=page.next("listen"),
        method="POST",
        timeout=_whole(verb.patience_s),
        num_digits=verb.max_digits,
        finish_on_key=verb.finish_on,
        action_on_empty_result=True,
        **_recogniser(verb, page.fit) if speech else {},
    )
    for prompt in verb.prompts[-page.fit.last :]:
        _speak(gather, prompt, page)
    # With actionOnEmptyResult silence asks for the action; should it ever fall through, the same is asked here.
    _come_back(parent, page, "listen")


def _recogniser(verb: Listen, fit: Fit) -> dict[str, Any]:
    """What only the recogniser reads. No speechModel: with one, `auto` is refused, and not every language has it."""
    return {
        "language": tongue(verb.language).hear,
        "speech_timeout": BREATH_S if verb.expect in BREATHS else "auto",
        "hints": ",".join(_hints(verb.hints)[: fit.hints]) or None,
        "profanity_filter": False,  # stars in place of letters would hide an upset caller from the flow
    }


@lru_cache(maxsize=256)  # a hotline has few questions, each asked at every call
def _hints(hints: tuple[str, ...]) -> tuple[str, ...]:
    """Commas part hints and `$` begins a class of Twilio's, so neither may stand in one."""
    fit = (" ".join(clean(hint).replace(",", " ").replace("$", " ").split()) for hint in hints)
    return tuple(dict.fromkeys(hint for hint in fit if 0 < len(hint) <= MAX_HINT_LETTERS))


def _record(parent: Any, verb: Record, page: Page) -> None:
    parent.record(
        action=page.next("record"),
        method="POST",
        timeout=_whole(verb.silence_s),
        finish_on_key=verb.finish_on,
        max_length=min(max(verb.max_s, 2), 14_400),
        play_beep=verb.beep,
        recording_status_callback=page.urls.recording(page.turn.hotline, page.turn.call),
        recording_status_callback_event="completed absent",
    )
    # Reached where nothing was said and Twilio has no recording to tell of.
    _come_back(parent, page, "record")


def _dial(parent: Any, verb: Dial, page: Page) -> None:
    dial = parent.dial(
        action=page.urls.transferred() if verb.action == "fallback" else page.next("dial"),
        method="POST",
        timeout=min(max(verb.ring_s, 5), 600),
        caller_id=verb.caller_id and clean(verb.caller_id),
    )
    dial.number(clean(verb.number))


def _come_back(parent: Any, page: Page, after: After) -> None:
    parent.redirect(page.next(after), method="POST")


def _whole(seconds: float) -> int:
    """Twilio counts in whole seconds and knows no 0."""
    return max(1, math.ceil(seconds))
