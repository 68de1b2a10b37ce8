"""Words and meaning judged together: the sides of the one and the log-likelihoods of the other, added with a weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WEIGHTS = (0.1, 0.14, 0.2, 0.28, 0.4)
"""Words keep a say whatever few examples show: they stand firm where a recogniser misheard."""
USUAL_WEIGHT, FIRMNESS = 0.24, 2.0
"""Where the choice starts from, and how much its own rows must show to move it."""
SHARPNESS = (1.5, 2.5, 4.0, 6.5, 10.0)
"""What makes probabilities of mixed sides; tried, since a weight is only good at the right one."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Sentences by intents: the higher, the more it belongs there; minus infinity where an intent was not learnt."""

    words: NDArray[np.float64]
    likely: NDArray[np.float64] | None = None
    """None where there are only words."""

    def only(self, chosen: NDArray[np.bool_]) -> Sides:
        return Sides(self.words[chosen], None if self.likely is None else self.likely[chosen])

    def mixed(self, meaning: float) -> NDArray[np.float64]:
        return self.words if self.likely is None else self.words + meaning * self.likely


def weight(sides: Sides, intent: NDArray[np.int64]) -> float:
    """The weight of meaning under which the right intents of trial answers are likeliest; 0 where there is none."""
    if sides.likely is None:
        return 0.0

    def unlikely(tried: float) -> float:
        mixed = sides.mixed(tried)
        rows = np.arange(len(intent))
        surprises = [float(-_logarithms(mixed * sharp)[rows, intent].sum()) for sharp in SHARPNESS]
        return min(surprises) + FIRMNESS * float(np.log(tried / USUAL_WEIGHT)) ** 2

    return min(WEIGHTS, key=unlikely)


def _logarithms(sides: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of the probabilities."""
    from_best = sides - sides.max(axis=1, keepdims=True)
    found: NDArray[np.float64] = from_best - np.log(np.exp(from_best).sum(axis=1, keepdims=True))
    return found
