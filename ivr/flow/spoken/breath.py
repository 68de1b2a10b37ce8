"""Long rows of signs in the pieces that people can follow and write down (R55)."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_WHOLE = 5
"""A postcode is told in one breath."""
LONGEST_PIECE = 4


def in_breaths(groups: Iterable[str]) -> list[str]:
    """Every group of up to five signs as it is; longer ones in pieces of three and four, the longer ones last."""
    return [piece for group in groups for piece in _pieces(group)]


def _pieces(group: str) -> list[str]:
    if len(group) <= LONGEST_WHOLE:
        return [group]
    count = -(-len(group) // LONGEST_PIECE)
    short, longer = divmod(len(group), count)
    sizes = [short] * (count - longer) + [short + 1] * longer
    ends = [sum(sizes[: n + 1]) for n in range(count)]
    return [group[end - size : end] for size, end in zip(sizes, ends, strict=True)]
