"""Trial answers from a hotline's own examples, to learn from how sure its answers are.

Each example is judged by a model that has not seen it. In the same rounds some intents are left out whole, and their
examples then stand for callers who want something the hotline does not know: nobody need write such sentences down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr.intent.confidence import BY_MEANING, BY_WORDS, Confidence
from ivr.intent.embedding.embedder import Vectors
from ivr.intent.meanings import Likelihood, alike, familiar, usual
from ivr.intent.mixing import Sides, weight
from ivr.intent.rows import Rows
from ivr.intent.separator import Separator
from ivr.intent.signs import signs

ROUNDS = 5
STRANGE_SHARE = 0.2
"""One turn in five is taken to be about something else; so it is in the public set that counts it."""
MOST_ROWS = 1500
"""More examples than this are not judged: the curve has two numbers to learn."""


@dataclass(frozen=True, slots=True)
class Trials:
    """Sentences tried; all arrays have a line for each."""

    sides: Sides
    near: NDArray[np.float64]
    others: tuple[NDArray[np.float64], ...]
    """The signs after `near`."""
    intent: NDArray[np.int64]
    strange: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Rows, vectors: Vectors | None = None) -> Trials:
        """`vectors`: a line for each row, where meanings are compared too."""
        rounds = [_round(rows, vectors, number) for number in range(ROUNDS)]
        likely = None if vectors is None else np.concatenate([one.sides.likely for one in rounds])
        return cls(
            Sides(np.concatenate([one.sides.words for one in rounds]), likely),
            np.concatenate([one.near for one in rounds]),
            tuple(np.concatenate(parts) for parts in zip(*(one.others for one in rounds), strict=True)),
            np.concatenate([one.intent for one in rounds]),
            np.concatenate([one.strange for one in rounds]),
        )

    def weight(self) -> float:
        """How much meaning counts against words; 0 where there are only words."""
        ours = ~self.strange
        return weight(self.sides.only(ours), self.intent[ours])

    def confidence(self, meaning: float) -> Confidence:
        """The curve that the trial answers show, meaning having that weight. Without any trial, a usual one."""
        sides = self.sides.mixed(meaning)
        first = sides.argmax(axis=1)
        found = signs(sides, self.near, *self.others)[np.arange(len(first)), first]
        right = (first == self.intent) & ~self.strange
        start = BY_WORDS if self.sides.likely is None else BY_MEANING
        return Confidence.learnt(found, right, self.strange, STRANGE_SHARE, start)


def _round(rows: Rows, vectors: Vectors | None, number: int) -> Trials:
    turn = rows.turn
    intents = len(rows.intents)
    left_out = (rows.intent % ROUNDS == number) & (intents > 2)
    seen = (turn % ROUNDS != number) | (turn < 0)
    train = np.flatnonzero(seen & ~left_out)
    judged = np.isin(rows.intent, rows.intent[train])
    held_back = ~seen & ~left_out & judged
    tried = np.flatnonzero((turn >= 0) & (held_back | left_out))[:: 1 + len(turn) // MOST_ROWS]
    if not len(train):
        tried = tried[:0]
    table = rows.table()
    strange = left_out[tried]
    near, known = _nearness(rows, table, tried, left_out)
    if not len(tried):
        words = likely = np.zeros((0, intents))
    else:
        words = Separator.between(table[train], rows.intent[train], intents).table_sides(table[tried])
    if vectors is None:
        return Trials(Sides(words), near, (known,), rows.intent[tried], strange)
    if len(tried):
        likely = Likelihood.learnt(vectors[train], rows.intent[train], intents).of(vectors[tried])
    others = _others_only(alike(vectors, vectors[tried], usual(vectors)), tried, left_out)
    meant = (_by_intent(others, rows), familiar(others))
    return Trials(Sides(words, likely), near, meant, rows.intent[tried], strange)


def _nearness(
    rows: Rows, table: Any, tried: NDArray[np.int64], left_out: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How near each intent is to each sentence tried, and how much of the sentence is known."""
    shared = _others_only((table[tried] @ table.T).toarray(), tried, left_out)
    squares = table[tried].multiply(table[tried])
    axes = table.shape[1]
    elsewhere = squares @ (np.bincount(table.indices, minlength=axes) > 1)
    without = squares @ (np.bincount(table[~left_out].indices, minlength=axes) > 0)
    return _by_intent(shared, rows), np.where(left_out[tried], without, elsewhere)


def _others_only(
    alike: NDArray[np.float64], tried: NDArray[np.int64], left_out: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Of sentences tried by rows, without what may not be compared.

    A sentence is compared with all others, a strange one with all of the intents that were not left out: nearly
    what a caller's sentence will be compared with. With fewer the usual nearness would be taken for too small.
    """
    alike[np.arange(len(tried)), tried] = 0
    alike[np.ix_(left_out[tried], left_out)] = 0
    return alike


def _by_intent(alike: NDArray[np.float64], rows: Rows) -> NDArray[np.float64]:
    near = np.zeros((len(alike), len(rows.intents)))
    np.maximum.at(near.T, rows.intent, alike.T)
    return near
