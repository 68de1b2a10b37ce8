"""An answer that is written down whole when it is over, and what is made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from ivr.speech.codec import LINE_HZ, Samples
from ivr.speech.grammar import PHRASED, WORDED, wanted
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.matching import ACCEPT, Wording, is_whole, match, nearest

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


REST_SAMPLES = LINE_HZ // 10
"""The last tenth of a second before a pause was noticed: how loud this caller's silence is."""
LOUDER = 3.0
"""How many times louder than that somebody speaks."""
NOT_WRITTEN = Written((), 0.0)
Writer = Callable[[Samples, Iterable[str]], Written]
"""Audio of the line and what may be said in it -> what was said."""


class WrittenStream:
    """One answer, kept whole until it is over."""

    def __init__(self, write_down: Writer, expected: Expectation) -> None:
        self._write_down = write_down
        self._expected = expected
        self._audio: list[Samples] = []
        self._early: Written | None = None
        """What was written in a pause, as long as only silence has come since."""
        self._rest = 0.0

    def feed(self, samples: Samples) -> None:
        self._audio.append(samples)
        if self._early is not None and _loudness(samples) > self._rest * LOUDER:
            self._early = None

    def settled(self) -> bool:
        """Writes down what there is: who has paused has mostly ended, and then half of the wait is over already."""
        self._early = self._written()
        self._rest = _loudness(self._audio[-1][-REST_SAMPLES:]) if self._audio else 0.0
        return bool(self._early.wordings) and is_whole(self._early.wordings[0].text, self._hints())

    def finish(self) -> Heard | Nothing:
        written = self._early or self._written()
        self.drop()
        return as_expected(written, self._expected)

    def drop(self) -> None:
        self._audio.clear()
        self._early = None

    def _written(self) -> Written:
        if not self._audio:
            return NOT_WRITTEN
        return self._write_down(np.concatenate(self._audio), self._hints())

    def _hints(self) -> tuple[str, ...]:
        return self._expected.phrases if self._expected.kind in ("choice", "intent") else ()


def _loudness(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples.astype(np.float32))))) + 1.0


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
