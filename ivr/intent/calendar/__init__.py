"""Dates as callers say and press them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ivr.intent.calendar import chinese, english, korean
from ivr.intent.calendar.order import Order
from ivr.intent.calendar.written import written_date
from ivr.intent.figures import in_figures

Found = tuple[date, float]
"""A date, and how sure we are that it is the one meant."""

_SPOKEN: Mapping[str, Callable[[str, date], Found | None]] = {
    "en": english.find,
    "zh": chinese.find,
    "ko": korean.find,
}


def spoken_date(said: str, tongue: str, order: Order, today: date) -> Found | None:
    """The date in a `plain` text. A language without words of its own still has 3/4/2027."""
    figures = in_figures(said, tongue)
    written = written_date(figures, order, today)
    if written:
        return written, 1.0
    find = _SPOKEN.get(tongue)
    return find(figures, today) if find else None
