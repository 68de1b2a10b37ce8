"""The kinds of phrases that a yes or a no is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Vote = Literal["yes", "soft", "short", "bare", "no", "not", "asks", "unsure", "idle"]


@dataclass(frozen=True, slots=True)
class Assent:
    """The phrases of one language; a longer phrase wins over the shorter one in it."""

    yes: tuple[str, ...] = ()
    """A yes wherever it stands; with a no beside it, it is unclear what was meant."""
    soft: tuple[str, ...] = ()
    """A yes, or just a sound before the answer: "okay, no thanks" is a no."""
    short: tuple[str, ...] = ()
    """A yes only where little else is said."""
    bare: tuple[str, ...] = ()
    """A yes only where next to nothing else is said: what a wish is told with, too."""
    no: tuple[str, ...] = ()
    nots: tuple[str, ...] = ()
    """Makes a no of the yes after it; alone it is a no."""
    asks: tuple[str, ...] = ()
    """Words of a question, which is no yes, whatever else is said; a no with it stays one."""
    unsure: tuple[str, ...] = ()
    """Neither, whatever else is said."""
    idle: tuple[str, ...] = ()
    """Holds a yes or a no in it and is none."""

    def votes(self) -> Iterable[tuple[Vote, tuple[str, ...]]]:
        return (
            ("yes", self.yes),
            ("soft", self.soft),
            ("short", self.short),
            ("bare", self.bare),
            ("no", self.no),
            ("not", self.nots),
            ("asks", self.asks),
            ("unsure", self.unsure),
            ("idle", self.idle),
        )


def phrases(text: str) -> tuple[str, ...]:
    """Phrases parted by commas and line ends."""
    return tuple(phrase.strip() for phrase in text.replace("\n", ",").split(",") if phrase.strip())
