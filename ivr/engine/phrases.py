"""Whether somebody said a phrase, as recognisers write down what they hear."""

from __future__ import annotations

import re

FIRST_OF_CJK = "\u2e80"
LONGEST = 2000
"""Letters that are looked at."""


def plain(text: str) -> str:
    """Words without case and punctuation."""
    return " ".join(re.findall(r"\w+", text[:LONGEST].casefold()))


def same(wanted: str, heard: str) -> bool:
    """Both plain. Recognisers of Chinese and Korean put spaces where they like."""
    if is_cjk(wanted):
        return wanted.replace(" ", "") == heard.replace(" ", "")
    return wanted == heard


def within(wanted: str, heard: str) -> bool:
    """Both plain. As whole words; Chinese has no spaces, so there anywhere."""
    if is_cjk(wanted):
        return wanted.replace(" ", "") in heard.replace(" ", "")
    return f" {wanted} " in f" {heard} "


def is_cjk(words: str) -> bool:
    return any(letter >= FIRST_OF_CJK for letter in words)
