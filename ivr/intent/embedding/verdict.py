"""Yes or no about what a sentence means: a logistic regression on its point, and a bar that other sentences do not
reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ivr.intent.embedding.embedder import Embedder, Vectors
from ivr.intent.model import Embedders

SLACK, STEPS = 10.0, 500
ROUNDS = 5
FALSE_ALARMS = 0.01
"""The bar lies where, in trials, at most so many of the other sentences pass it."""
LOWEST_BAR = 0.7
"""In logarithms of odds: 2 to 1. Few sentences may show no false alarm under a bar that is too low for all others."""
FEWEST = 10
"""Sentences of each side; with fewer nothing is learnt."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Safe for many threads; never changes."""

    embedder: Embedder
    normal: NDArray[np.float32]
    offset: float
    bar: float

    def fits(self, said: str) -> bool:
        """Of a `normal` sentence."""
        return float(self.embedder.embed([said])[0] @ self.normal) + self.offset > self.bar


def learn(so: Sequence[str], not_so: Sequence[str], embedders: Embedders) -> Verdict | None:
    """From `normal` sentences; None where there are too few. The same sentences give the same verdict."""
    if min(len(so), len(not_so)) < FEWEST:
        return None
    points = embedders.examples.embed([*so, *not_so])
    fits = np.array([True] * len(so) + [False] * len(not_so))
    normal, offset = _fit(points, fits)
    return Verdict(embedders.callers, normal, offset, _bar(points, fits))


def _bar(points: Vectors, fits: NDArray[np.bool_]) -> float:
    """From trials: each sentence judged by a rule that has not seen it."""
    odds = np.zeros(len(points))
    turn = np.arange(len(points)) % ROUNDS
    for number in range(ROUNDS):
        tried = turn == number
        normal, offset = _fit(points[~tried], fits[~tried])
        odds[tried] = points[tried] @ normal + offset
    return max(LOWEST_BAR, float(np.quantile(odds[~fits], 1 - FALSE_ALARMS)))


def _fit(points: Vectors, fits: NDArray[np.bool_]) -> tuple[NDArray[np.float32], float]:
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        fitted = LogisticRegression(C=SLACK, max_iter=STEPS, class_weight="balanced").fit(points, fits)
    return fitted.coef_[0].astype(np.float32), float(fitted.intercept_[0])
