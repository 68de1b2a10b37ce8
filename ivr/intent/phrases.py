"""Finding given phrases in what was said, whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.intent.text import HAN, HANGUL, is_han


def finder(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds the longest of these `normal` phrases at each place of a `normal` text; None for no phrases.

    Latin words must be whole. Korean words must begin where the phrase begins but may carry an ending.
    Chinese has no word borders, so a phrase is found wherever its characters stand.
    """
    longest_first = sorted({p for p in phrases if p}, key=lambda p: (-len(p), p))
    if not longest_first:
        return None
    within_han = [_ended(p) for p in longest_first if is_han(p[0])]
    from_a_border = [_ended(p) for p in longest_first if not is_han(p[0])]
    patterns = ["|".join(within_han)] if within_han else []
    if from_a_border:
        patterns.append(rf"(?<![^\W{HAN}])(?:{'|'.join(from_a_border)})")
    return re.compile("|".join(patterns))


def _ended(phrase: str) -> str:
    open_end = re.match(f"[{HAN}{HANGUL}]", phrase[-1]) is not None
    return re.escape(phrase) + ("" if open_end else rf"(?![^\W{HAN}]|')")
