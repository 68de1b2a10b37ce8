"""What an answer to a question can come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ivr.call.events import Event, MeaningFound, ValueRead
from ivr.call.state import CallState
from ivr.call.verbs import Listen
from ivr.proof.law import Law

MANY_DIGITS = 6
SCORES = "15"
"""Of a rating: one of the bad and one of the good."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One that can be said."""

    name: str
    meaning: Event
    value: str | None = None
    """What is kept, where that is not the name."""
    can_be_doubted: bool = True
    """Who says it and is not heard well is asked back."""

    @staticmethod
    def of(name: str) -> Answer:
        return Answer(name, ValueRead(name))

    @staticmethod
    def none() -> Answer:
        """Words that mean nothing here."""
        return Answer("nothing", MeaningFound(None, 0.0, "out_of_scope"))


def answers_of(law: Law, step: Any, listen: Listen, *, asked_back: bool = False) -> Iterator[Answer]:
    """What words can come to at this prompt; `asked_back`: at the question itself, while the prompt is "did you mean
    …?"."""
    expect = _expected(step) if asked_back else listen.expect
    match expect:
        case "intent":
            for name in law.answers_of(step):
                if name in law.hotline.intents:
                    yield Answer(name, MeaningFound(name, 1.0, "keyword"))
        case "choice":
            yield from map(Answer.of, law.answers_of(step))
        case "yes_no":
            yield Answer("yes", ValueRead(True), can_be_doubted=False)
            yield Answer("no", ValueRead(False), can_be_doubted=False)
        case _ if step.kind == "rate":
            yield from map(Answer.of, SCORES)
        case _:
            read = readable(step, expect)
            yield Answer("value", read, str(read.value), can_be_doubted=not listen.secret)


def _expected(step: Any) -> str:
    return str(getattr(step, "expect", "digits" if step.kind == "rate" else "yes_no"))


def keyed(step: Any) -> Iterator[str]:
    """Answers that a key stands for: pressed or said, the engine is told the same."""
    yield from getattr(step, "keys", {}).values()
    if getattr(step, "expect", "yes_no") == "yes_no" and not getattr(step, "keys", {}):
        yield from SCORES if step.kind == "rate" else ("yes", "no")


def phrase_of(law: Law, state: CallState, name: str) -> str:
    """What a caller says in his language for one of what always works; empty where nothing is."""
    words = law.hotline.words[state.language].get("always")
    return next(iter(words.choices.get(name, ())), "") if words else ""


def readable(step: Any, expect: str) -> ValueRead:
    """A value that fits."""
    match expect:
        case "amount":
            return ValueRead("12.50")
        case "date":
            return ValueRead("2026-11-25")
        case "phone":
            return ValueRead("+12025550111")
        case _:
            return ValueRead(digits(step, expect))


def unreadable() -> ValueRead:
    return ValueRead(None)


def digits(step: Any, expect: str) -> str:
    """Keys that make an answer of that sort."""
    match expect:
        case "amount":
            return "12*50"
        case "date":
            return "1111"
        case "phone":
            return "2025550111"
    least, most = getattr(step, "min_length", 1), getattr(step, "max_length", None)
    return "4" * min(max(least, 2 if least == 1 else least), 1 if step.kind == "rate" else most or MANY_DIGITS)
