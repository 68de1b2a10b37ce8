"""Reckoning with days: from what was said to the one day that was meant."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

JUST_PAST_DAYS = 60
"""A day said without its year is the next one, unless it was less than this ago: bills and faults lie behind."""
CENTURY_AHEAD = 10
"""A year of two digits lies at most this many years ahead: 84 is 1984, 31 is 2031 (in 2026)."""


def day(year: int, month: int, number: int) -> date | None:
    """None where there is no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def full_year(year: int, today: date) -> int:
    """Two digits made four."""
    if year >= 100:
        return year
    near = today.year // 100 * 100 + year
    return near - 100 if near > today.year + CENTURY_AHEAD else near


def without_year(month: int, number: int, today: date) -> date | None:
    """The next such day, or the last one where that is only just past. 29 February waits for its year."""
    near = (day(year, month, number) for year in range(today.year - 1, today.year + 9))
    days = [one for one in near if one and one >= today - timedelta(days=JUST_PAST_DAYS)]
    return min(days, default=None)


def of_month(number: int, today: date) -> date | None:
    """The next day of this number, today included; months that have none are passed over."""
    months = (add_months(today.replace(day=1), ahead) for ahead in range(3))
    days = [one for month in months if (one := day(month.year, month.month, number)) and one >= today]
    return min(days, default=None)


def weekday_after(weekday: int, today: date) -> date:
    """The next such weekday, 0 for Monday; a week on when it is that day today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def weekday_before(weekday: int, today: date) -> date:
    """The last such weekday before today."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def weekday_of_week(weekday: int, weeks: int, today: date) -> date:
    """That weekday of the week so many weeks on; weeks begin on Monday."""
    return today + timedelta(days=weekday - today.weekday() + 7 * weeks)


def add_months(start: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
