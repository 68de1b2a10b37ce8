"""What is expected of a caller's answer, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ivr.call.verbs import Listen, Say


@dataclass(frozen=True, slots=True)
class Expectation:
    """One prompt's: it makes the grammar and the patience."""

    kind: str = "text"
    """intent, yes_no, choice, digits, amount, date, phone, text or line, as in `Listen`."""
    phrases: tuple[str, ...] = ()
    """What the caller is likely to say; for a choice, all of it."""
    language: str = "en"
    unhurried: bool = False
    """The caller asked for slower speech, so he is waited for longer too."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Words. `sure` is False where the caller should be asked whether that is what he said."""

    text: str
    confidence: float | None = None
    """0-1, or None where the recogniser gave none."""
    sure: bool = True
    others: tuple[str, ...] = ()
    """What else it may have been, best first; `text` is not among them."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No words: there was no speech, or none that was understood."""

    why: Literal["silence", "unclear"] = "silence"


def expectation(listen: Listen) -> Expectation:
    """What a prompt expects."""
    slow = any(isinstance(prompt, Say) and prompt.rate < 1 for prompt in listen.prompts)
    return Expectation(listen.expect, listen.hints, listen.language, slow)
