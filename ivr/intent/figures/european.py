"""Number words of the languages that text2num knows."""

from __future__ import annotations

from collections.abc import Callable

from text_to_num import alpha2digit

TONGUES = ("da", "de", "es", "fr", "it", "nl", "pt")
SMALL_TOO = 0.0
"""text2num leaves small lone numbers alone unless told not to: they are mostly articles in prose, not on the phone."""


def convert(text: str, tongue: str) -> str:
    """Number words as figures; two numbers stay two: "forty two fifty" is "42 50"."""
    figures: str = alpha2digit(text, tongue, SMALL_TOO)
    return figures


def teller(tongue: str) -> Callable[[str], str]:
    """`convert` for one language."""

    def tell(text: str) -> str:
        return convert(text, tongue)

    return tell
