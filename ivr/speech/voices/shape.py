"""From what a voice makes to what the line carries: one level, one pause between clauses, no clicks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from ivr.speech.clauses import clauses
from ivr.speech.codec import LINE_HZ, QUIET, Samples, encode
from ivr.speech.loudness import leveled, trimmed
from ivr.speech.resample import resample
from ivr.speech.voices.voice import QUICKEST, SLOWEST

SHAPE = "1"
"""Part of every voice's version: raise it when anything here changes how a prompt sounds."""
KEEP_MS = 20
"""Silence left before the first and after the last sound of a clause; the rest is the voice's own habit."""

Make = Callable[[str], tuple[Samples, int]]
"""One clause to linear audio and its rate in samples a second."""


def shaped(text: str, rate: float, make: Make) -> Iterator[bytes]:
    """Say it clause by clause; each piece of µ-law is a whole clause and the pause after it."""
    for clause in clauses(plain(text)):
        samples, rate_hz = make(clause.text)
        ulaw = to_line(samples, rate_hz)
        if ulaw:
            yield ulaw + silence(clause.pause_ms / bounded(rate))


def to_line(samples: Samples, rate_hz: int) -> bytes:
    """Leveled before it is brought to the line's rate, so that nothing clips there."""
    return encode(resample(leveled(trimmed(samples, rate_hz, KEEP_MS), rate_hz), rate_hz, LINE_HZ))


def silence(length_ms: float) -> bytes:
    return QUIET * int(length_ms * LINE_HZ / 1000)


def bounded(rate: float) -> float:
    return min(max(rate, SLOWEST), QUICKEST)


def plain(text: str) -> str:
    """Without signs that some voice takes for an order: brackets hold phonemes, a control sign ends the text."""
    return "".join(" " if sign in "[]<>{}|\\" or unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text)
