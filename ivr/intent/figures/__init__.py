"""Spoken numbers as figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ivr.intent.figures import chinese, english, european, korean

_FIGURES: Mapping[str, Callable[[str], str]] = {
    "en": english.in_figures,
    "zh": chinese.in_figures,
    "ko": korean.in_figures,
    **{tongue: european.teller(tongue) for tongue in european.TONGUES},
}
_DIGITS: Mapping[str, Callable[[str], str]] = {
    "en": english.digits,
    "zh": chinese.digits,
    "ko": korean.digits,
}


def in_figures(text: str, tongue: str) -> str:
    """A `plain` text with its number words as figures: "the third of march" is "the 3rd of march"."""
    tell = _FIGURES.get(tongue)
    return tell(text) if tell else text


def digits(text: str, tongue: str) -> str:
    """The digits a caller read out in a `plain` text, in order, joined; empty for none."""
    tell = _DIGITS.get(tongue)
    return tell(text) if tell else "".join(re.findall(r"[0-9]", in_figures(text, tongue)))
