"""What an unquoted word means: the core of YAML 1.2, with numbers as JSON writes them.

Everything else is text, and so are the things a telephone person writes: `on`, `yes`, `no`, `off`, `12:30`,
`+861012345678`, `007`, `1_000`, `0x1F`. A number of more than 15 digits is a card or an account, not an amount.
"""

from __future__ import annotations

import math
import re

Plain = str | int | float | bool | None
"""What one written word can become."""

WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
INT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def plain_value(word: str) -> Plain:
    """The value of a word written without quotes."""
    if word in WORDS:
        return WORDS[word]
    if word[0] not in "-0123456789":
        return word
    if INT.fullmatch(word):
        return int(word)
    if FLOAT.fullmatch(word):
        number = float(word)
        return number if math.isfinite(number) else word
    return word
