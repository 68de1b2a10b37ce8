"""How near a sentence is to the nearest example of each intent: 1 is the same words, 0 nothing in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr.intent.space import Point


@dataclass(frozen=True, slots=True)
class Nearest:
    """The table of examples by axis, so that a sentence touches only the examples it shares something with."""

    starts: list[int]
    """Where each axis begins in `rows` and `reach`."""
    rows: NDArray[np.int64]
    reach: NDArray[np.float64]
    first_rows: NDArray[np.int64]
    """The first row of each intent; the rows of an intent stand together."""
    count: int

    @classmethod
    def among(cls, table: Any, intent: NDArray[np.int64]) -> Nearest:
        """From a scipy CSR matrix whose rows are sorted by intent, each intent having one at least."""
        by_axis = table.tocsc()
        first_rows = np.flatnonzero(np.diff(intent, prepend=-1))
        return cls(by_axis.indptr.tolist(), by_axis.indices, by_axis.data, first_rows, table.shape[0])

    def to(self, point: Point) -> NDArray[np.float64]:
        """One number per intent."""
        if not len(point.axes):
            return np.zeros(len(self.first_rows))
        spans = [slice(self.starts[axis], self.starts[axis + 1]) for axis in point.axes.tolist()]
        lengths = [span.stop - span.start for span in spans]
        products = np.concatenate([self.reach[span] for span in spans]) * np.repeat(point.reach, lengths)
        shared = np.bincount(np.concatenate([self.rows[span] for span in spans]), products, self.count)
        nearest: NDArray[np.float64] = np.maximum.reduceat(shared, self.first_rows)
        return nearest
