"""Sentences as points: an axis for each word, pair and piece of the examples (TF-IDF). An example has length 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from ivr.intent.grams import grams

SHARES = (sqrt(0.3), sqrt(0.7))
"""How much words and pairs weigh against pieces; tuned on the validation rows of two public sets (bench/intent.py)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence in the space. What no example has makes it shorter, as it would have made an example longer."""

    axes: NDArray[np.int64]
    """Those it has something of."""
    reach: NDArray[np.float64]
    """How far it goes along each."""
    known: float
    """0-1: the share of the sentence, by weight, that lies in the space at all."""


@dataclass(frozen=True, slots=True)
class Space:
    """The axes, each with its weight: what few examples share tells more."""

    axis: tuple[dict[str, int], dict[str, int]]
    """Words and pairs -> axis, and pieces -> axis."""
    weight: NDArray[np.float64]
    stranger_weight: float
    """The weight of what no example has."""

    @classmethod
    def of(cls, sentences: Sequence[str]) -> Space:
        """`sentences` are `normal`."""
        axis: tuple[dict[str, int], dict[str, int]] = ({}, {})
        seen_in: list[int] = []
        for said in sentences:
            for names, found in zip(axis, grams(said), strict=True):
                for gram in found:
                    at = names.setdefault(gram, len(seen_in))
                    if at == len(seen_in):
                        seen_in.append(0)
                    seen_in[at] += 1
        total = 1 + len(sentences)
        weight = np.log(total / (1 + np.array(seen_in, dtype=np.float64))) + 1
        return cls(axis, weight, log(total / 2) + 1)

    def place(self, said: str) -> Point:
        """Where a `normal` sentence lies."""
        axes: list[int] = []
        reach: list[NDArray[np.float64]] = []
        known = 0.0
        total = 0.0
        for names, found, share in zip(self.axis, grams(said), SHARES, strict=True):
            at, times, strange = _split(names, found)
            part = times * self.weight[at]
            inside = float(part @ part)
            whole = inside + strange * self.stranger_weight**2
            known += share * share * inside
            total += share * share * whole
            axes += at
            reach.append(part * (share / (sqrt(whole) or 1.0)))
        return Point(np.array(axes, dtype=np.int64), np.concatenate(reach), known / (total or 1.0))


def _split(names: dict[str, int], found: Counter[str]) -> tuple[list[int], NDArray[np.float64], float]:
    """The axes of what is known, how often each was said (damped), and how much is strange (squared)."""
    at: list[int] = []
    times: list[float] = []
    strange = 0.0
    for gram, count in found.items():
        damped = 1.0 if count == 1 else 1.0 + log(count)
        place = names.get(gram)
        if place is None:
            strange += damped * damped
        else:
            at.append(place)
            times.append(damped)
    return at, np.array(times, dtype=np.float64), strange
