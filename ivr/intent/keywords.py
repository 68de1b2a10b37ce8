"""Exact rules: a phrase that is said decides the intent."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ivr.intent.phrases import finder
from ivr.intent.text import normal

_UNWANTED = re.compile(
    r"(?:\b(?:don't|dont|do not|didn't|did not|never) (?:want|need|ask for|like)(?: to)?(?: (?:talk|speak|be put|get))?"
    r"(?: (?:to|with|through to|for))?(?: (?:a|an|any|the|my))? "
    r"|(?:不要|不想|不用|不需要|不必|别)(?:再|给我|帮我|去)?)$"
)
"""What directly before a phrase turns it into its opposite: "I don't want to talk to a …", 不要…"""


@dataclass(frozen=True, slots=True)
class Heard:
    """Intents whose phrases were said."""

    wanted: tuple[str, ...] = ()
    """In the order they were said."""
    refused: frozenset[str] = frozenset()
    """Said only to say that they are not wanted."""


@dataclass(frozen=True, slots=True)
class Keywords:
    """The phrases of one language."""

    owners: Mapping[str, tuple[str, ...]]
    """Phrase, normalised -> the intents that claim it."""
    pattern: re.Pattern[str] | None

    @classmethod
    def of(cls, phrases: Mapping[str, Sequence[str]]) -> Keywords:
        owners: dict[str, tuple[str, ...]] = {}
        for intent, written in phrases.items():
            for phrase in dict.fromkeys(normal(p) for p in written):
                if phrase:
                    owners[phrase] = (*owners.get(phrase, ()), intent)
        return cls(owners, finder(owners))

    def heard(self, said: str, among: Collection[str] = ()) -> Heard:
        """Whose phrases stand in this `normal` text. A phrase inside a longer one that was found does not count.

        Only intents of `among` are wanted, unless it is empty.
        """
        wanted: dict[str, None] = {}
        refused: set[str] = set()
        for match in self.pattern.finditer(said) if self.pattern else ():
            owners = self.owners[match.group()]
            if _UNWANTED.search(said, 0, match.start()):
                refused.update(owners)
            else:
                wanted.update((intent, None) for intent in owners if not among or intent in among)
        return Heard(tuple(wanted), frozenset(refused - wanted.keys()))
