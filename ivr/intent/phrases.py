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
    return re.compile("|".join(_bordered(p) for p in longest_first))


def _bordered(phrase: str) -> str:
    before = "" if is_han(phrase[0]) else rf"(?<![^\W{HAN}])"
    open_end = re.match(f"[{HAN}{HANGUL}]", phrase[-1]) is not None
    after = "" if open_end else rf"(?![^\W{HAN}]|')"
    return f"{before}{re.escape(phrase)}{after}"
