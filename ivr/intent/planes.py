"""The planes of a linear model, one for each intent, also where there are examples of only some."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Planes = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Normals, width by intents; offsets, one for each intent, of which those without examples are infinitely far off."""


def planes(
    fit: Callable[[], Any], intent: NDArray[np.int64], width: int, intents: int, *, of_two: float = 1.0
) -> Planes:
    """`fit` learns a model of scikit-learn from the rows of which `intent` tells what each is; it is asked only where
    there is something to learn. Of two intents a model keeps one plane, with the second on the upper side: each is
    given `of_two` of it."""
    present = np.unique(intent)
    normals = np.zeros((width, intents), dtype=np.float32)
    offsets = np.full(intents, -np.inf, dtype=np.float32)
    offsets[present] = 0.0
    if len(present) > 1:
        fitted = fit()
        slopes, heights = fitted.coef_, fitted.intercept_
        if len(present) == 2:
            slopes, heights = np.vstack([-slopes, slopes]) * of_two, np.hstack([-heights, heights]) * of_two
        normals[:, present], offsets[present] = slopes.T, heights
    return normals, offsets
