"""English dates, numbers already in figures: "the 3rd of march", "next friday", "in 2 weeks"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ivr.intent.calendar.reckon import (
    add_months,
    day,
    full_year,
    of_month,
    weekday_after,
    weekday_before,
    weekday_of_week,
    without_year,
)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = "mondays?|tues(?:days?)?|wed(?:nesdays?)?|thur?s?(?:days?)?|fri(?:days?)?|saturdays?|sundays?"
_YEAR = r"(?P<year>(?:19|20) ?\d\d|'?\d\d(?! ?\d))"
_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
_COUNT = r"(?P<count>\d+|an?|a couple of|a few)"
_AMBIGUOUS = 0.7
"""Of "next Friday" some mean the one that comes first, some the one of next week."""

Found = tuple[date, float]
Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], "date | Found | None"]]


def find(said: str, today: date) -> Found | None:
    """The first rule that fits decides; a day that does not exist, or two weekdays, are no date."""
    for pattern, meant in _RULES:
        match = pattern.search(said)
        if match:
            found = meant(match, today)
            return (found, 1.0) if isinstance(found, date) else found
    return None


def _calendar_day(match: re.Match[str], today: date) -> date | None:
    month = _MONTHS.index(match["month"][:3]) + 1
    if match["year"] is None:
        return without_year(month, int(match["day"]), today)
    return day(full_year(int(re.sub(r"\D", "", match["year"])), today), month, int(match["day"]))


def _weekday(name: str) -> int:
    return _DAYS.index(name[:3])


def _near(match: re.Match[str], today: date) -> date:
    names = {"day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "day after tomorrow": 2}
    return today + timedelta(days=names.get(match["near"], 0))


def _count(match: re.Match[str]) -> int:
    word = match["count"]
    if word.isdecimal():
        return min(int(word), 1000)
    return {"a couple of": 2, "a few": 3}.get(word, 1)


def _moved(start: date, match: re.Match[str], sign: int) -> date:
    count = _count(match) * sign
    if match["unit"] in ("month", "year"):
        return add_months(start, count * (12 if match["unit"] == "year" else 1))
    return start + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[match["unit"]])


def _from(match: re.Match[str], today: date) -> date:
    """ "3 days from tomorrow", "a week on monday"."""
    start = match["start"]
    if start in ("today", "now"):
        return _moved(today, match, 1)
    if start == "tomorrow":
        return _moved(today + timedelta(days=1), match, 1)
    return _moved(weekday_after(_weekday(start), today), match, 1)


def _some_weekday(match: re.Match[str], today: date) -> date | Found | None:
    weekday = _weekday(match["weekday"])
    if any(_weekday(other) != weekday for other in re.findall(rf"\b(?:{_WEEKDAY})\b", match.string)):
        return None
    coming = weekday_after(weekday, today)
    if match["after"]:
        return coming + timedelta(days=7)
    if match["which"] == "last":
        return weekday_before(weekday, today)
    if match["which"] == "next":
        of_next_week = weekday_of_week(weekday, 1, today)
        return of_next_week, 1.0 if of_next_week == coming else _AMBIGUOUS
    return coming


def _number_of_month(match: re.Match[str], today: date) -> date | None:
    if match["which"] is None:
        return of_month(int(match["day"]), today)
    month = add_months(today.replace(day=1), {"this": 0, "the": 0, "next": 1, "last": -1}[match["which"]])
    return day(month.year, month.month, int(match["day"]))


_RULES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (rf"\b{_NUMBER}(?: of)?,? (?P<month>{_MONTH})\b\.?(?:,? (?:of )?(?:in )?{_YEAR})?", _calendar_day),
        (rf"\b(?P<month>{_MONTH})\b\.? (?:the )?{_NUMBER}(?:,? (?:of )?(?:in )?{_YEAR})?", _calendar_day),
        (rf"\b{_COUNT} {_UNIT} (?:from|after|on) (?P<start>today|now|tomorrow|{_WEEKDAY})\b", _from),
        (rf"\bin {_COUNT} {_UNIT}(?:' time)?\b", lambda match, today: _moved(today, match, 1)),
        (rf"\b{_COUNT} {_UNIT} (?:from now|later|hence)\b", lambda match, today: _moved(today, match, 1)),
        (rf"\b{_COUNT} {_UNIT} (?:ago|back)\b", lambda match, today: _moved(today, match, -1)),
        (rf"\b(?P<count>a|1) ?(?P<unit>week) (?P<start>today|tomorrow|{_WEEKDAY})\b", _from),
        (r"\b(?P<near>day before yesterday|day after tomorrow|yesterday|tomorrow|today|tonight)\b", _near),
        (
            rf"\b(?:(?P<which>next|this|last|coming) )?(?P<weekday>{_WEEKDAY})\b(?P<after> week\b| after next\b)?",
            _some_weekday,
        ),
        (
            r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)(?: (?:of|day of))? (?P<which>this|next|last|the) month\b",
            _number_of_month,
        ),
        (r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?P<which>(?!))?", _number_of_month),
        (r"\b(?P<near>now|right now|immediately)\b", _near),
    )
)
