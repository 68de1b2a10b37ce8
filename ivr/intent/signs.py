"""What tells that an answer is right, and that a sentence is about something else altogether.

Signs that need no example of the something else: how far the intent is ahead of the best other one, how near its
nearest example is, and how familiar the sentence is at all. Their mean judges better than each alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIGNS = ("ahead", "near", "known")
MEANT_SIGNS = ("ahead", "near", "meant", "familiar")
"""Where meanings are compared too: the nearest example by words and by meaning, and the mean of the nearest few."""
FARTHEST = 3.0
"""Bounds how far an intent can be ahead: of intents without rows all others are infinitely far ahead."""


def signs(sides: NDArray[np.float64], near: NDArray[np.float64], *others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sentences by intents by signs. `sides` and `near` are sentences by intents, as `others` may be; or they are one
    number per sentence."""
    wide = [np.broadcast_to(one if one.ndim == 2 else one[:, None], sides.shape) for one in others]
    return np.stack([_ahead(sides), near, *wide], axis=2)


def _ahead(sides: NDArray[np.float64]) -> NDArray[np.float64]:
    """Before the best of the others: positive for each sentence's first intent, else negative; 0 for a lone intent."""
    if sides.shape[1] < 2:
        return np.zeros_like(sides)
    bounded = np.maximum(sides, sides.max(axis=1, keepdims=True) - FARTHEST)
    best_two = np.partition(bounded, -2, axis=1)[:, -2:]
    second, best = best_two[:, :1], best_two[:, 1:]
    ahead: NDArray[np.float64] = np.where(bounded == best, bounded - second, bounded - best)
    return ahead
