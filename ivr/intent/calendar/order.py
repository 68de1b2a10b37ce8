"""In which order day, month and year are pressed and written where the caller is."""

from __future__ import annotations

from typing import Literal

Order = Literal["mdy", "dmy", "ymd"]

_MONTH_FIRST = frozenset({"US", "PH", "PR", "GU", "VI", "AS", "MP"})
_YEAR_FIRST = frozenset({"CN", "TW", "HK", "MO", "JP", "KR", "MN", "HU", "LT", "IR"})
_YEAR_FIRST_TONGUES = frozenset({"zh", "ja", "ko"})


def order(language: str, tongue: str, region: str) -> Order:
    """The language decides where all who speak it agree, then the country, then the country of the language's tag.

    `tongue` is the language without its country. English of nowhere is taken for American.
    """
    country = region or language.replace("_", "-").rpartition("-")[2].upper()
    if tongue in _YEAR_FIRST_TONGUES:
        return "ymd"
    if country in _YEAR_FIRST and tongue != "en":
        return "ymd"
    if country in _MONTH_FIRST or country in ("", "EN"):
        return "mdy"
    return "ymd" if country in _YEAR_FIRST else "dmy"
