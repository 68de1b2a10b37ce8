"""What the examples mean, where an embedder makes points of them: which side a sentence lies on, and how near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr.intent.embedding.embedder import Vectors
from ivr.intent.planes import planes

SLACK, TOLERANCE, STEPS = 30.0, 1e-5, 200
"""A looser rule ends before it began where there are many intents."""
FAMILIAR = 3
"""Examples that a sentence of ours has about it, of whatever intent."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely each intent is, as a logarithm, up to what is the same for all: a logistic regression."""

    normals: NDArray[np.float32]
    """Width by intents."""
    offsets: NDArray[np.float32]

    @classmethod
    def learnt(cls, vectors: Vectors, intent: NDArray[np.int64], intents: int) -> Likelihood:
        """An intent without rows is infinitely unlikely."""

        def fit() -> Any:
            from sklearn.linear_model import LogisticRegression
            from threadpoolctl import threadpool_limits

            with threadpool_limits(1):  # small products: more threads only wait for each other, a hundred times as long
                return LogisticRegression(C=SLACK, tol=TOLERANCE, max_iter=STEPS).fit(vectors, intent)

        return cls(*planes(fit, intent, vectors.shape[1], intents, of_two=0.5))

    def of(self, vectors: Vectors) -> NDArray[np.float64]:
        """Sentences by intents."""
        found: NDArray[np.float64] = (vectors @ self.normals + self.offsets).astype(np.float64)
        return found


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The points of all examples."""

    vectors: Vectors
    first_rows: NDArray[np.int64]
    """The first row of each intent; the rows of an intent stand together."""
    usual: float

    @classmethod
    def among(cls, vectors: Vectors, intent: NDArray[np.int64]) -> Neighbours:
        return cls(vectors, np.flatnonzero(np.diff(intent, prepend=-1)), usual(vectors))

    def to(self, point: Vectors) -> tuple[NDArray[np.float64], float]:
        """How alike one sentence and each intent's nearest example are, and how familiar it is."""
        found = alike(self.vectors, point[None], self.usual)[0]
        return np.maximum.reduceat(found, self.first_rows), float(familiar(found[None])[0])


def usual(vectors: Vectors) -> float:
    """The mean cosine of two different examples: 0.2 for one model, 0.8 for another."""
    count = len(vectors)
    together = vectors.sum(axis=0, dtype=np.float64)
    return float((together @ together - count) / max(count * (count - 1), 1))


def alike(vectors: Vectors, points: Vectors, usual: float) -> NDArray[np.float64]:
    """Points by vectors: 1 for the same, 0 for what is no nearer than examples usually are to each other."""
    cosines = (points @ vectors.T).astype(np.float64)
    return (cosines - usual) / max(1 - usual, 0.01)


def familiar(alike: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of sentences by examples, the mean of the highest few in each line."""
    few = min(FAMILIAR, alike.shape[1])
    nearest: NDArray[np.float64] = np.partition(alike, -few, axis=1)[:, -few:].mean(axis=1)
    return nearest
