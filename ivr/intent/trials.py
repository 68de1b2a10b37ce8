"""Trial answers from a hotline's own examples, to learn from how sure its answers are.

Each example is judged by a model that has not seen it. In the same rounds some intents are left out whole, and their
examples then stand for callers who want something the hotline does not know: nobody need write such sentences down.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ivr.intent.confidence import Confidence
from ivr.intent.rows import Rows
from ivr.intent.separator import Separator
from ivr.intent.signs import SIGNS, signs

ROUNDS = 5
STRANGE_SHARE = 0.2
"""One turn in five is taken to be about something else; so it is in the public set that counts it."""
MOST_ROWS = 1500
"""More examples than this are not judged: the curve has two numbers to learn."""


def confidence(rows: Rows) -> Confidence:
    """The curve that the trial answers show. Without any example to try, a usual one."""
    tried = [_round(rows, number) for number in range(ROUNDS)]
    return Confidence.learnt(
        np.concatenate([signs for signs, _, _ in tried]),
        np.concatenate([right for _, right, _ in tried]),
        np.concatenate([strange for _, _, strange in tried]),
        STRANGE_SHARE,
    )


def _round(rows: Rows, number: int) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Signs of the first intent for each sentence tried; whether it was right; whether the sentence was strange."""
    turn = rows.turn
    intents = len(rows.intents)
    left_out = (rows.intent % ROUNDS == number) & (intents > 2)
    seen = (turn % ROUNDS != number) | (turn < 0)
    train = np.flatnonzero(seen & ~left_out)
    judged = np.isin(rows.intent, rows.intent[train])
    held_back = ~seen & ~left_out & judged
    tried = np.flatnonzero((turn >= 0) & (held_back | left_out))[:: 1 + len(turn) // MOST_ROWS]
    if not len(tried) or not len(train):
        nothing = np.zeros(0, dtype=np.bool_)
        return np.zeros((0, len(SIGNS))), nothing, nothing
    table = rows.table()
    strange = left_out[tried]
    sides = Separator.between(table[train], rows.intent[train], intents).table_sides(table[tried])
    first = sides.argmax(axis=1)
    near, known = _nearness(rows, table, tried, left_out)
    found = signs(sides, near, known)[np.arange(len(tried)), first]
    return found, (first == rows.intent[tried]) & ~strange, strange


def _nearness(
    rows: Rows, table: Any, tried: NDArray[np.int64], left_out: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How near each intent is to each sentence tried, and how much of the sentence is known.

    A sentence is compared with all others, a strange one with all of the intents that were not left out: nearly
    what a caller's sentence will be compared with. With fewer the usual nearness would be taken for too small.
    """
    strange = left_out[tried]
    shared = (table[tried] @ table.T).toarray()
    shared[np.arange(len(tried)), tried] = 0
    shared[np.ix_(strange, left_out)] = 0
    near = np.zeros((len(tried), len(rows.intents)))
    np.maximum.at(near.T, rows.intent, shared.T)
    squares = table[tried].multiply(table[tried])
    axes = table.shape[1]
    elsewhere = squares @ (np.bincount(table.indices, minlength=axes) > 1)
    without = squares @ (np.bincount(table[~left_out].indices, minlength=axes) > 0)
    return near, np.where(strange, without, elsewhere)
