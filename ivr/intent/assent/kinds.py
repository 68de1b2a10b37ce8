"""The kinds of phrases that a yes or a no is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Literal

Vote = Literal[
    "yes",
    "firm",
    "short",
    "whole",
    "no",
    "nay",
    "nots",
    "undoes",
    "asks",
    "limits",
    "told",
    "mends",
    "unsure",
    "idle",
    "whom",
]

Said = Vote | Literal["word"]
"""A phrase of a kind, or a word that is of none; in Chinese, a character."""


@dataclass(frozen=True, slots=True)
class Assent:
    """The phrases of one language; a longer phrase wins over the shorter one in it. `~` before one: words that end so.

    The edges of an answer are its beginning and its end, and those of the parts that `limits` and `mends` cut it
    into; idle words count for nothing there.
    """

    yes: tuple[str, ...] = ()
    """A yes at an edge; in the middle of a sentence it is a part of that. With a no beside it, it is unclear."""
    firm: tuple[str, ...] = ()
    """The same, and only where next to nothing else is said: "of course my bill is too high"."""
    short: tuple[str, ...] = ()
    """The same, and just a sound beside a no: "okay, no thanks"."""
    whole: tuple[str, ...] = ()
    """A yes only where nothing else is said: "please" is one, "balance please" is none."""
    no: tuple[str, ...] = ()
    """A no wherever it stands."""
    nay: tuple[str, ...] = ()
    """A no at the beginning of a part; after other words it tells something else: "I have no internet"."""
    nots: tuple[str, ...] = ()
    """Makes a no of the yes soon after it; alone it is a no."""
    undoes: tuple[str, ...] = ()
    """Makes a no of the yes before it."""
    asks: tuple[str, ...] = ()
    """Words of a question, which is no yes, whatever else is said; who begins with a no has said no."""
    limits: tuple[str, ...] = ()
    """A yes with one of these is none yet: "but", "if". A no stays one."""
    told: tuple[str, ...] = ()
    """What follows or goes before is what somebody said some time, and no answer."""
    mends: tuple[str, ...] = ()
    """What was answered before is taken back: "yes, I mean no". A no holds then, a yes is asked for again."""
    unsure: tuple[str, ...] = ()
    """Neither, whatever else is said."""
    idle: tuple[str, ...] = ()
    """Holds a yes or a no in it and is none, or is said beside an answer and changes nothing."""
    whom: tuple[str, ...] = ()
    """Whom to be connected to: counts for nothing beside an answer either, but makes a wish of `whole`."""

    def votes(self) -> Iterable[tuple[Vote, tuple[str, ...]]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self)]  # type: ignore[misc]


def phrases(text: str) -> tuple[str, ...]:
    """Phrases parted by commas and line ends."""
    return tuple(phrase.strip() for phrase in text.replace("\n", ",").split(",") if phrase.strip())
