"""How sure an answer is: 0.9 shall mean that nine in ten such answers are right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEEPNESS, OFFSET = 1.8, 0.8
START_ROWS = 4
"""How many examples' worth of say that start has."""


@dataclass(frozen=True, slots=True)
class Start:
    """What was found for hotlines of 20 intents: where a new hotline starts from, and what its few examples move."""

    usual: tuple[float, ...]
    spread: tuple[float, ...]


BY_WORDS = Start((0.7, 0.45, 0.85), (0.5, 0.2, 0.12))
"""Of SIGNS."""
BY_MEANING = Start((1.9, 0.48, 0.6, 0.55), (0.75, 0.18, 0.17, 0.16))
"""Of MEANT_SIGNS."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """The mean of the signs, each measured in its own spread, through one logistic curve."""

    usual: NDArray[np.float64]
    spread: NDArray[np.float64]
    steepness: float
    offset: float

    @classmethod
    def learnt(
        cls,
        signs: NDArray[np.float64],
        right: NDArray[np.bool_],
        strange: NDArray[np.bool_],
        share: float,
        start: Start = BY_WORDS,
    ) -> Confidence:
        """From trial answers: their signs, which were right, and which sentences were strange to the whole hotline.

        `share` is how many of ten-tenths of the turns are taken to be strange, whatever number of them was tried.
        """
        ours = signs[~strange]
        rows = len(ours) + START_ROWS
        usual = (ours.sum(axis=0) + START_ROWS * np.array(start.usual)) / rows
        spread = np.sqrt((((ours - usual) ** 2).sum(axis=0) + START_ROWS * np.array(start.spread) ** 2) / rows)
        weight = np.ones(len(signs))
        if strange.any():
            weight[strange] = share / (1 - share) * len(ours) / strange.sum()
        steepness, offset = _logistic(((signs - usual) / spread).mean(axis=1), right, weight)
        return cls(usual, spread, steepness, offset)

    def of(self, signs: NDArray[np.float64]) -> NDArray[np.float64]:
        """0-1; the last axis of `signs` is the signs."""
        mean = ((signs - self.usual) / self.spread).mean(axis=-1)
        sure: NDArray[np.float64] = 1 / (1 + np.exp(-(self.steepness * mean + self.offset)))
        return sure


def _logistic(mean: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64]) -> tuple[float, float]:
    """The likeliest curve, held near the start by START_ROWS; Newton's method, a few steps."""
    start = np.array([STEEPNESS, OFFSET])
    ones = np.column_stack([mean, np.ones_like(mean)])
    curve = start.copy()
    for _ in range(25):
        sure = 1 / (1 + np.exp(-ones @ curve))
        slope = ones.T @ (weight * (sure - right)) + START_ROWS * (curve - start)
        bend = (ones * (weight * sure * (1 - sure))[:, None]).T @ ones + START_ROWS * np.eye(2)
        move = np.linalg.solve(bend, slope)
        curve -= move
        if np.abs(move).max() < 1e-6:
            break
    return max(float(curve[0]), 0.5), float(curve[1])  # more signs never make an answer less sure
