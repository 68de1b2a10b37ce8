"""What one language of a hotline has learnt from its examples."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ivr.intent import trials
from ivr.intent.confidence import Confidence
from ivr.intent.nearest import Nearest
from ivr.intent.rows import Rows
from ivr.intent.separator import Separator
from ivr.intent.signs import signs
from ivr.intent.space import Space

FAVOUR = 0.2
"""How much an intent that is asked for is ahead of one that is not, in the separator's measure."""
SAID_SO = 0.97
"""An example, word for word."""


@dataclass(frozen=True, slots=True)
class Guess:
    intent: str
    confidence: float
    """0-1, calibrated."""


@dataclass(frozen=True, slots=True)
class Model:
    """Understands one language. Trained by `train`; never changes."""

    intents: tuple[str, ...]
    space: Space
    separator: Separator
    nearest: Nearest
    confidence: Confidence
    owners: Mapping[str, tuple[int, ...]]
    """Each example, `normal` -> its intents."""

    def guesses(self, said: str, among: Collection[str] = (), refused: Collection[str] = ()) -> tuple[Guess, ...]:
        """What a `normal` sentence may mean, best first; only intents of `among`, unless it is empty, none `refused`.

        The others still compete: who clearly wants something else is not taken for what was asked.
        """
        point = self.space.place(said)
        allowed = np.array([intent not in refused and (not among or intent in among) for intent in self.intents])
        sides = self.separator.sides(point.axes, point.reach) + FAVOUR * allowed
        found = signs(sides[None], self.nearest.to(point)[None], np.array([point.known]))[0]
        sure = self.confidence.of(found)
        owners = self.owners.get(said, ())
        if len(owners) == 1:
            sure[owners[0]] = max(sure[owners[0]], SAID_SO)
            sides[owners[0]] = np.inf
        elif owners:
            sure = np.minimum(sure, 1 / len(owners))
        best = int(np.where(allowed, sides, -np.inf).argmax())
        sure = np.minimum(sure, sure[best])  # the curve is learnt from first answers, so it may flatter the others
        sides[best] = np.inf
        best_first = np.lexsort((-sides, -sure))
        return tuple(Guess(self.intents[i], float(sure[i])) for i in best_first if allowed[i])


Sentences = tuple[tuple[str, tuple[str, ...]], ...]
"""Intents in order, each with its `normal` sentences: content that can be compared."""


def train(examples: Mapping[str, Sequence[str]], names: Mapping[str, Sequence[str]]) -> Model:
    """A model of these `normal` sentences. The same sentences are learnt once in a process."""
    return _train(_content(examples), _content(names))


def _content(sentences: Mapping[str, Sequence[str]]) -> Sentences:
    return tuple((intent, tuple(said)) for intent, said in sorted(sentences.items()))


@lru_cache(maxsize=16)  # the key is the whole content, so an old model can never answer for new examples
def _train(examples: Sentences, names: Sentences) -> Model:
    rows = Rows.of(dict(examples), dict(names))
    table = rows.table()
    owners: dict[str, tuple[int, ...]] = {}
    for said, number in zip(rows.sentences, rows.intent.tolist(), strict=True):
        owners[said] = (*owners.get(said, ()), number)
    return Model(
        intents=rows.intents,
        space=rows.space,
        separator=Separator.between(table, rows.intent, len(rows.intents)),
        nearest=Nearest.among(table, rows.intent),
        confidence=trials.confidence(rows),
        owners=owners,
    )
