"""Korean dates, numbers already in figures: 3월 3일, 다음 주 금요일, 3일 후."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ivr.intent.calendar.reckon import add_months, day, full_year, of_month, weekday_of_week, without_year

_NEAR = {"그저께": -2, "그제": -2, "어제": -1, "오늘": 0, "내일모레": 2, "내일": 1, "모레": 2, "글피": 3}
_NEAR_DAY = re.compile("|".join(sorted(_NEAR, key=len, reverse=True)))
_CALENDAR_DAY = re.compile(r"(?:(\d{4}|\d\d)년 ?)?(\d{1,2})월 ?(\d{1,2})일")
_WEEKDAY = re.compile(r"(다다음|다음|이번|지난)? ?주? ?([월화수목금토일])요일")
_AWAY = re.compile(r"(\d+) ?(일|주일?|개월|달|년) ?(후|뒤|전)")
_NUMBER = re.compile(r"(다음 ?달|이번 ?달|지난 ?달)? ?(?<!\d)(\d{1,2})일")
_WEEKS = {"다다음": 2, "다음": 1, "이번": 0, "지난": -1}

Found = tuple[date, float]


def find(said: str, today: date) -> Found | None:
    """The first form that fits decides."""
    found = _find(said, today)
    return (found, 1.0) if found else None


def _find(said: str, today: date) -> date | None:
    if match := _CALENDAR_DAY.search(said):
        year, month, number = match.groups()
        if year is None:
            return without_year(int(month), int(number), today)
        return day(full_year(int(year), today), int(month), int(number))
    if match := _AWAY.search(said):
        count = min(int(match[1]), 1000) * (-1 if match[3] == "전" else 1)
        if match[2] in ("개월", "달", "년"):
            return add_months(today, count * (12 if match[2] == "년" else 1))
        return today + timedelta(days=count * (1 if match[2] == "일" else 7))
    if match := _NEAR_DAY.search(said):
        return today + timedelta(days=_NEAR[match[0]])
    if match := _WEEKDAY.search(said):
        weekday = "월화수목금토일".index(match[2])
        if match[1]:
            return weekday_of_week(weekday, _WEEKS[match[1]], today)
        this_week = weekday_of_week(weekday, 0, today)
        return this_week if this_week >= today else this_week + timedelta(days=7)
    if match := _NUMBER.search(said):
        if match[1] is None:
            return of_month(int(match[2]), today)
        first = add_months(today.replace(day=1), _WEEKS[match[1][:2]])
        return day(first.year, first.month, int(match[2]))
    return None
