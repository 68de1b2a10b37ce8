"""The examples of one language as rows of a table: what a model is trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr.intent.space import Point, Space


@dataclass(frozen=True, slots=True)
class Rows:
    """One row per sentence."""

    intents: tuple[str, ...]
    sentences: tuple[str, ...]
    """`normal`."""
    intent: NDArray[np.int64]
    """Which of `intents` each row means."""
    turn: NDArray[np.int64]
    """Which example of its intent a row is, from 0; -1 for names, labels and keywords, which are no trial."""
    space: Space
    points: tuple[Point, ...]

    @classmethod
    def of(cls, examples: Mapping[str, Sequence[str]], names: Mapping[str, Sequence[str]]) -> Rows:
        """From `normal` sentences per intent; a sentence twice in one intent counts once, their order is nothing."""
        intents = tuple(sorted({*examples, *names}))
        sentences: list[str] = []
        intent: list[int] = []
        turn: list[int] = []
        for number, name in enumerate(intents):
            said = tuple(dict.fromkeys(s for s in examples.get(name, ()) if s))
            called = tuple(dict.fromkeys(s for s in names.get(name, ()) if s and s not in said))
            sentences += [*said, *called]
            intent += [number] * (len(said) + len(called))
            turn += [*range(len(said)), *[-1] * len(called)]
        space = Space.of(sentences)
        points = tuple(space.place(said) for said in sentences)
        return cls(intents, tuple(sentences), np.array(intent), np.array(turn), space, points)

    def table(self) -> Any:
        """Rows by axes, as a scipy CSR matrix."""
        from scipy.sparse import csr_matrix

        starts = np.cumsum([0, *(len(point.axes) for point in self.points)])
        reach = np.concatenate([point.reach for point in self.points])
        axes = np.concatenate([point.axes for point in self.points])
        return csr_matrix((reach, axes, starts), shape=(len(self.points), len(self.space.weight)))
