"""What a caller can do where a call stands, and what else can happen there.

Left out is what leads nowhere else: hearing the prompt again or slower; words that a key stands for; and asking back
about words that were not heard well, after which an answer counts as if it had been clear, or as none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from ivr.call.events import (
    AgentLeft,
    AgentTook,
    CallStarted,
    DialEnded,
    DigitsPressed,
    Event,
    MeaningFound,
    NothingHeard,
    Polled,
    Recorded,
    SpeechHeard,
    ValueRead,
)
from ivr.call.state import CallState
from ivr.call.verbs import Dial, Join, Listen, Record, Verb
from ivr.engine import travel
from ivr.engine.prompt import BRANCHING
from ivr.proof.law import Law

ALL_KEYS = "1234567890*#"
MANY_DIGITS = 6
PROMISED = 10.0
"""Seconds of a message that holds words."""

LEADING = ("person", "back")
"""What always works and leads elsewhere; once more and slower only say the prompt again."""

Sort = Literal["calls", "key", "wrong_key", "always_key", "said", "phrase", "silence", "unclear", "other"]
"""Who does it and how. `other`: not the caller, or no answer."""
MISSES = ("silence", "unclear", "wrong_key")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that happens to a call. With a `meaning`, that is what an `Understand` in this turn comes to."""

    sort: Sort
    event: Event
    meaning: Event | None = None
    name: str = ""
    """The key, the answer, or what else tells two deeds of a sort apart."""


START = Deed("calls", CallStarted(caller="+12025550100", called="", channel="proof"))
SILENCE = Deed("silence", NothingHeard())
UNCLEAR = Deed("unclear", SpeechHeard("", sure=False))


def deeds(law: Law, state: CallState, holding: Verb) -> Iterator[Deed]:
    """Everything, keys first, so that of two ways of the same length the one by keys is shown."""
    step = law.step_at(state)
    match holding:
        case Listen():
            yield from _keys(law, state, step, holding)
            yield SILENCE
            if holding.speech:
                yield from _speech(law, state, step, holding)
        case Record():
            yield Deed("other", Recorded("message", PROMISED, "#"), name="message")
            yield Deed("other", Recorded("", 0.0), name="no message")
        case Dial():
            for status in ("completed", "busy", "no-answer", "failed"):
                yield Deed("other", DialEnded(status), name=status)
        case Join():
            yield Deed("other", AgentLeft("agent", 60.0), name="agent leaves")
        case _:
            yield Deed("other", Polled(), name="time passes")
    if state.place is not None and state.agent is None and travel.is_in_line(law.hotline, state):
        yield Deed("other", AgentTook("agent", "room"), name="agent takes")


def _keys(law: Law, state: CallState, step: Any, listen: Listen) -> Iterator[Deed]:
    own = [key for key in ALL_KEYS if key in step.own_keys()]
    value = listen.expect not in (*BRANCHING, "line")
    meaning = _value_of(step, listen) if value else None
    for key in own:
        sort: Sort = "key" if not value or key in getattr(step, "keys", {}) else "wrong_key"
        yield Deed(sort, DigitsPressed(key), ValueRead(None) if sort == "wrong_key" else meaning, key)
    if value:
        digits = _digits(step, listen)
        yield Deed("key", DigitsPressed(digits), meaning, digits)
    elif unused := [key for key in ALL_KEYS if key not in own and not _means(law, key)]:
        yield Deed("wrong_key", DigitsPressed(unused[0]), ValueRead(None), unused[0])
    for always, one in law.hotline.file.always.items():
        if always in LEADING and one.key is not None and one.key not in own:
            yield Deed("always_key", DigitsPressed(one.key), ValueRead(None), always)


def _means(law: Law, key: str) -> bool:
    return any(one.key == key for one in law.hotline.file.always.values())


def _speech(law: Law, state: CallState, step: Any, listen: Listen) -> Iterator[Deed]:
    yield UNCLEAR
    own_keys = step.own_keys()
    for always, one in law.hotline.file.always.items():
        unkeyed = one.key is None or one.key in own_keys
        if always in LEADING and unkeyed and (phrase := phrase_of(law, state, always)):
            yield Deed("phrase", SpeechHeard(phrase), name=always)
    if listen.expect == "line":
        return  # a key stands for everything else that may be said there
    meanings = list(_meanings(law, step, listen))
    keyed = set(_keyed(step))
    for name, meaning in meanings:
        if name not in keyed:
            yield Deed("said", SpeechHeard("…"), meaning, name)
        for mood in law.hotline.handoff.mood:
            yield Deed("said", SpeechHeard("…", mood=mood), meaning, f"{name}, {mood}")


def _keyed(step: Any) -> Iterator[str]:
    """Answers that a key stands for: pressed or said, the engine is told the same."""
    yield from getattr(step, "keys", {}).values()
    if getattr(step, "expect", "yes_no") == "yes_no" and not getattr(step, "keys", {}):
        yield from ("1", "5") if step.kind == "rate" else ("yes", "no")


def phrase_of(law: Law, state: CallState, name: str) -> str:
    words = law.hotline.words[state.language].get("always")
    return next(iter(words.choices.get(name, ())), "") if words else ""


def _meanings(law: Law, step: Any, listen: Listen) -> Iterator[tuple[str, Event]]:
    """What words can come to at this prompt."""
    match listen.expect:
        case "intent":
            for name in law.answers_of(step):
                if name in law.hotline.intents:
                    yield name, MeaningFound(name, 1.0, "keyword")
        case "choice":
            for name in law.answers_of(step):
                yield name, ValueRead(name)
        case "yes_no":
            yield "yes", ValueRead(True)
            yield "no", ValueRead(False)
        case _:
            if step.kind == "rate":
                yield from ((score, ValueRead(score)) for score in "15")
            else:
                yield "value", _value_of(step, listen)


def _value_of(step: Any, listen: Listen) -> Event:
    match listen.expect:
        case "amount":
            return ValueRead("12.50")
        case "date":
            return ValueRead("2026-11-25")
        case "phone":
            return ValueRead("+12025550111")
        case _:
            return ValueRead(_digits(step, listen))


def _digits(step: Any, listen: Listen) -> str:
    """Keys that make an answer of that sort."""
    match listen.expect:
        case "amount":
            return "12*50"
        case "date":
            return "1111"
        case "phone":
            return "2025550111"
    least, most = getattr(step, "min_length", 1), getattr(step, "max_length", None) or listen.max_digits
    return "4" * min(max(least, 2 if least == 1 else least), most or MANY_DIGITS)
