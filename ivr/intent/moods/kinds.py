"""What teaches a mood: sentences of callers who are in it, and of callers who are not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mood:
    """Of one language."""

    phrases: tuple[str, ...] = ()
    """Settle it wherever they stand in a sentence, unless they are denied; `normal`."""
    so: tuple[str, ...] = ()
    not_so: tuple[str, ...] = ()
    """Sentences that share words or matters with the others and are said calmly."""


def phrases(text: str) -> tuple[str, ...]:
    """Parted by commas and line ends."""
    return tuple(phrase.strip() for phrase in text.replace("\n", ",").split(",") if phrase.strip())


def sentences(text: str) -> tuple[str, ...]:
    """One a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
