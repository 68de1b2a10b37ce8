"""The planes that part the intents from each other: a linear support vector machine, one intent against the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr.intent.planes import planes

SLACK = 2.0
TOLERANCE = 1e-2
"""Both tuned on validation rows: stricter ones cost time and change no answer in a hundred."""


@dataclass(frozen=True, slots=True)
class Separator:
    """How far a point lies on each intent's side: the higher, the more it belongs there."""

    normals: NDArray[np.float32]
    """Axes by intents."""
    offsets: NDArray[np.float32]

    @classmethod
    def between(cls, table: Any, intent: NDArray[np.int64], intents: int) -> Separator:
        """Fit to the rows of a scipy CSR matrix. An intent without rows lies infinitely far off."""

        def fit() -> Any:
            from sklearn.svm import LinearSVC  # a second and 100 MB, so only where there is something to learn

            return LinearSVC(C=SLACK, tol=TOLERANCE, random_state=0).fit(table, intent)

        return cls(*planes(fit, intent, table.shape[1], intents))

    def sides(self, axes: NDArray[np.int64], reach: NDArray[np.float64]) -> NDArray[np.float64]:
        """One number per intent."""
        found: NDArray[np.float64] = reach @ self.normals[axes] + self.offsets
        return found

    def table_sides(self, table: Any) -> NDArray[np.float64]:
        """One line per row, one number per intent."""
        found: NDArray[np.float64] = table @ self.normals + self.offsets
        return found
