"""Whether somebody said a phrase, as recognisers write down what they hear."""

from __future__ import annotations

import re
from functools import lru_cache

FIRST_OF_CJK = "\u2e80"
LONGEST = 2000
"""Letters that are looked at."""


def plain(text: str) -> str:
    """Words without case and punctuation."""
    return " ".join(re.findall(r"\w+", text[:LONGEST].casefold()))


def same(phrase: str, heard: str) -> bool:
    """A phrase of the hotline's files and plain words. Recognisers of Chinese and Korean put spaces where they like."""
    wanted = _wanted(phrase)
    if is_cjk(wanted):
        return wanted.replace(" ", "") == heard.replace(" ", "")
    return wanted == heard


def within(phrase: str, heard: str) -> bool:
    """The same. As whole words; Chinese has no spaces, so there anywhere."""
    wanted = _wanted(phrase)
    if is_cjk(wanted):
        return wanted.replace(" ", "") in heard.replace(" ", "")
    return f" {wanted} " in f" {heard} "


def is_cjk(words: str) -> bool:
    return max(words, default="") >= FIRST_OF_CJK


@lru_cache(maxsize=4096)
def _wanted(phrase: str) -> str:
    """All phrases of a hotline are looked for whenever somebody speaks."""
    return plain(phrase)
