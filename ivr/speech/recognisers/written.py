"""An answer that is written down whole when it is over, and what is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from ivr.speech.codec import Samples
from ivr.speech.grammar import PHRASED, WORDED, wanted
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.matching import ACCEPT, Wording, match, nearest

SURE, HEARD = 0.6, 0.35
"""Likelihood from which a sentence is taken for said, and from which it is worth a question. Measured: of sentences
written down rightly none lay below 0.6 by a clear voice and none below 0.35 by a robotic one; of foreign speech, two
voices at once and babble most did. It says nothing about digits and amounts, which can be written in several ways."""
TWICE = re.compile(r"(\S+ .*?[.?!])(?: \1)+")
"""A sentence that was said once and written down again and again."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a recogniser wrote of one answer."""

    wordings: tuple[Wording, ...]
    """The likeliest first; none where nothing was said."""
    likely: float
    """0-1: how likely it finds the first of them itself."""


NOT_WRITTEN = Written((), 0.0)
Writer = Callable[[Samples, Iterable[str]], Written]
"""Audio of the line and what may be said in it -> what was said."""


class WrittenStream:
    """One answer, kept whole until it is over."""

    def __init__(self, write_down: Writer, expected: Expectation) -> None:
        self._write_down = write_down
        self._expected = expected
        self._audio: list[Samples] = []

    def feed(self, samples: Samples) -> None:
        self._audio.append(samples)

    def finish(self) -> Heard | Nothing:
        audio = np.concatenate(self._audio) if self._audio else np.zeros(0, np.int16)
        self.drop()
        return as_expected(self._write_down(audio, self._hints()) if len(audio) else NOT_WRITTEN, self._expected)

    def drop(self) -> None:
        self._audio.clear()

    def _hints(self) -> tuple[str, ...]:
        return self._expected.phrases if self._expected.kind in ("choice", "intent") else ()


def as_expected(written: Written, expected: Expectation) -> Heard | Nothing:
    """One of the phrases where it is near; else what was written, which may hold an answer in other words."""
    if not written.wordings:
        return Nothing("silence")
    if written.likely < HEARD:
        return Nothing("unclear")
    heard = written.wordings if expected.kind in WORDED else _said_once(written.wordings)
    phrases = wanted(expected) if expected.kind in PHRASED else ()
    away = nearest(heard, phrases)
    if away and away[0][0] <= ACCEPT:
        found = match(heard, phrases)
        if isinstance(found, Heard):
            return found
    sure = written.likely >= SURE or expected.kind in WORDED
    others = tuple(one for one in dict.fromkeys(one.text for one in heard[1:]) if one != heard[0].text)
    return Heard(heard[0].text, round(written.likely, 3), sure, others)


def _said_once(wordings: tuple[Wording, ...]) -> tuple[Wording, ...]:
    return tuple(Wording(TWICE.sub(r"\1", one.text), one.worse_by) for one in wordings)
