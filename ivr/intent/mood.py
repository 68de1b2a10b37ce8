"""How a caller feels, from the words: telltale phrases first, then what sentences like it mean.

Phrases alone miss most of it: six in ten upset sentences have none. With a model of meanings a rule learnt from the
house's sentences, and from the hotline's own examples as calm ones, finds most of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ivr.intent.moods import CALM, PHRASES, sentences
from ivr.intent.phrases import finder
from ivr.intent.text import normal, primary

if TYPE_CHECKING:
    from ivr.intent.embedding.verdict import Verdict
    from ivr.intent.model import Embedders

_DENIED_BEFORE = re.compile(r"(?:(?:\b(?:not|never|no|hardly)|n't)(?: \w+){0,2} |[不没别]|没有|不是|并非)$")
_DENIED_BEHIND = re.compile(r" ?\S*(?:지는?|건|것은|게) ?(?:않|안|아니|아닙)")
"""Korean denies behind the word."""

Examples = Mapping[str, Mapping[str, Sequence[str]]]
"""Mood -> language -> sentences of callers who are in it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells one mood in one language."""

    mood: str
    phrases: re.Pattern[str] | None
    verdict: Verdict | None
    """None where only words are compared."""

    def fits(self, said: str) -> bool:
        """Of a `normal` sentence."""
        for match in self.phrases.finditer(said) if self.phrases else ():
            if not _DENIED_BEFORE.search(said, 0, match.start()) and not _DENIED_BEHIND.match(said, match.end()):
                return True
        return self.verdict is not None and self.verdict.fits(said)


@dataclass(frozen=True, slots=True)
class Moods:
    """Tells the moods that a hotline has rules for. Same sentences, same answers."""

    tellings: Mapping[str, tuple[Telling, ...]]
    """Primary language -> one for each mood, in the order of the hotline's rules."""

    @classmethod
    def train(
        cls,
        examples: Examples,
        calm: Mapping[str, Sequence[str]],
        embedders: Callable[[str], Embedders | None] = lambda tongue: None,
    ) -> Moods:
        """`examples` name the moods wanted, with sentences beside those the house has; `calm`: what callers of this
        hotline say in no mood, per language."""
        return cls(
            {
                primary(language): tuple(
                    _telling(mood, primary(language), said.get(language, ()), neutral, embedders)
                    for mood, said in examples.items()
                )
                for language, neutral in calm.items()
                if examples
            }
        )

    def of(self, text: str, language: str) -> str | None:
        """The first mood that is told; None for none."""
        said = normal(text)
        return next((one.mood for one in self.tellings.get(primary(language), ()) if said and one.fits(said)), None)


def _telling(
    mood: str,
    tongue: str,
    own: Sequence[str],
    calm: Sequence[str],
    embedders: Callable[[str], Embedders | None],
) -> Telling:
    so = _normal((*sentences(mood, tongue), *own))
    compared = embedders(tongue) if so else None
    verdict = _learn(so, _normal((*sentences(CALM, tongue), *calm)), compared) if compared else None
    return Telling(mood, finder(PHRASES.get(mood, {}).get(tongue, ())), verdict)


def _normal(sentences: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said for said in map(normal, sentences) if said))


@lru_cache(maxsize=16)  # the key is the whole content
def _learn(so: tuple[str, ...], not_so: tuple[str, ...], embedders: Embedders) -> Verdict | None:
    from ivr.intent.embedding.verdict import learn  # numpy is for those who have models

    return learn(so, tuple(said for said in not_so if said not in so), embedders)
