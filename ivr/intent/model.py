"""What one language of a hotline has learnt from its examples."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ivr.intent.confidence import Confidence
from ivr.intent.embedding.embedder import Embedder
from ivr.intent.meanings import Likelihood, Neighbours
from ivr.intent.nearest import Nearest
from ivr.intent.rows import Rows
from ivr.intent.separator import Separator
from ivr.intent.signs import signs
from ivr.intent.space import Space
from ivr.intent.trials import Trials

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
class Meanings:
    """What a model knows beyond words."""

    embedder: Embedder
    likelihood: Likelihood
    neighbours: Neighbours
    weight: float
    """Against the sides of the words."""


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
    meanings: Meanings | None = None
    """None where only words are compared."""

    def guesses(self, said: str, among: Collection[str] = (), refused: Collection[str] = ()) -> tuple[Guess, ...]:
        """What a `normal` sentence may mean, best first; only intents of `among`, unless it is empty, none `refused`.

        The others still compete: who clearly wants something else is not taken for what was asked.
        """
        allowed = np.array([intent not in refused and (not among or intent in among) for intent in self.intents])
        sides, found = self._signs(said, FAVOUR * allowed)
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

    def _signs(self, said: str, favour: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The side of each intent, and its signs."""
        point = self.space.place(said)
        sides = self.separator.sides(point.axes, point.reach) + favour
        near = self.nearest.to(point)[None]
        meanings = self.meanings
        if meanings is None:
            return sides, signs(sides[None], near, np.array([point.known]))[0]
        vectors = meanings.embedder.embed([said])
        sides = sides + meanings.weight * meanings.likelihood.of(vectors)[0]
        meant, familiar = meanings.neighbours.to(vectors[0])
        return sides, signs(sides[None], near, meant[None], np.array([familiar]))[0]


@dataclass(frozen=True, slots=True)
class Embedders:
    """One model of meanings, for sentences that come once and for those that come again."""

    callers: Embedder
    examples: Embedder


Sentences = tuple[tuple[str, tuple[str, ...]], ...]
"""Intents in order, each with its `normal` sentences: content that can be compared."""


def train(
    examples: Mapping[str, Sequence[str]], names: Mapping[str, Sequence[str]], embedders: Embedders | None = None
) -> Model:
    """A model of these `normal` sentences. The same sentences are learnt once in a process."""
    return _train(_content(examples), _content(names), embedders)


def _content(sentences: Mapping[str, Sequence[str]]) -> Sentences:
    return tuple((intent, tuple(said)) for intent, said in sorted(sentences.items()))


@lru_cache(maxsize=16)  # the key is the whole content, so an old model can never answer for new examples
def _train(examples: Sentences, names: Sentences, embedders: Embedders | None) -> Model:
    rows = Rows.of(dict(examples), dict(names))
    table = rows.table()
    owners: dict[str, tuple[int, ...]] = {}
    for said, number in zip(rows.sentences, rows.intent.tolist(), strict=True):
        owners[said] = (*owners.get(said, ()), number)
    vectors = embedders.examples.embed(rows.sentences) if embedders else None
    trials = Trials.of(rows, vectors)
    weight = trials.weight()
    meanings = None
    if embedders and vectors is not None:
        likelihood = Likelihood.learnt(vectors, rows.intent, len(rows.intents))
        meanings = Meanings(embedders.callers, likelihood, Neighbours.among(vectors, rows.intent), weight)
    return Model(
        intents=rows.intents,
        space=rows.space,
        separator=Separator.between(table, rows.intent, len(rows.intents)),
        nearest=Nearest.among(table, rows.intent),
        confidence=trials.confidence(weight),
        owners=owners,
        meanings=meanings,
    )
