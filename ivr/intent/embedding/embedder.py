"""The port: whoever makes points of sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Sentences by width; each has length 1, so that a product is the cosine."""


class Embedder(Protocol):
    """Makes points of sentences; the same sentence is always the same point. Safe for many threads."""

    @property
    def name(self) -> str:
        """Of the model and of its content: another one gives other points."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row for each `normal` text. HostError where the model's files are not as they were."""
        ...
