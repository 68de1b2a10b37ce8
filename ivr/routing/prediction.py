"""What a caller is likely to want, from what they wanted before (R37)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date

SLACK_DAYS = 1
"""A contact the day before or after counts as the same day of the month."""


def expected_intent(contacts: Iterable[tuple[str, str]], today: date, months: Mapping[str, int]) -> str | None:
    """The intent wanted on this day of the month in each of the last `months[intent]` months, or None.

    `contacts` are (ISO date or time, intent). Where several fit, the longest habit wins.
    """
    days: dict[str, set[date]] = {}
    for at, intent in contacts:
        if intent in months:
            days.setdefault(intent, set()).add(date.fromisoformat(str(at)[:10]))
    fitting = [
        (needed, intent)
        for intent, needed in months.items()
        if all(_called(days.get(intent, set()), _months_ago(today, n)) for n in range(1, needed + 1))
    ]
    return max(fitting)[1] if fitting else None


def _called(days: set[date], around: date) -> bool:
    return any(abs((day - around).days) <= SLACK_DAYS for day in days)


def _months_ago(today: date, n: int) -> date:
    """The same day `n` months before; the 31st becomes the last day of a shorter month."""
    months = today.year * 12 + today.month - 1 - n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
