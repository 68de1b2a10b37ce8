"""Chinese dates, numbers already in figures: 3月3号, 下周5, 3天后."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ivr.intent.calendar.reckon import add_months, day, full_year, of_month, weekday_of_week, without_year

_NEAR = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_YEARS = {"去年": -1, "今年": 0, "明年": 1, "后年": 2, "前年": -2}
_WEEK = "周|星期|礼拜"
_MOON = re.compile("农历|阴历|旧历|正月|腊月|除夕|初[0-9]")
"""Days by the moon are not reckoned: the caller is asked again rather than told a wrong day."""

Found = tuple[date, float]


def find(said: str, today: date) -> Found | None:
    """The first rule that fits decides."""
    said = re.sub(r"\s", "", said)
    if _MOON.search(said):
        return None
    for pattern, meant in _RULES:
        match = pattern.search(said)
        if match:
            found = meant(match, today)
            return (found, 1.0) if found else None
    return None


def _calendar_day(match: re.Match[str], today: date) -> date | None:
    month, number = int(match["month"]), int(match["day"])
    if match["named"]:
        return day(today.year + _YEARS[match["named"]], month, number)
    if match["year"]:
        return day(full_year(int(match["year"]), today), month, number)
    return without_year(month, number, today)


def _of_month(match: re.Match[str], today: date) -> date | None:
    which = match["which"] or ""
    if not which:
        return of_month(int(match["day"]), today)
    first = add_months(today.replace(day=1), _steps(which))
    return day(first.year, first.month, int(match["day"]))


def _steps(which: str) -> int:
    """下 is one on, 下下 two, 上 one back, 这 and 本 none."""
    return which.count("下") - which.count("上")


def _weekday(match: re.Match[str], today: date) -> date | None:
    name = match["weekday"]
    weekday = 6 if name in "日天" else int(name) - 1
    others = set(re.findall(rf"(?:{_WEEK})([1-6日天])", match.string))
    if len({6 if one in "日天" else int(one) - 1 for one in others}) > 1:
        return None
    if match["which"]:
        return weekday_of_week(weekday, _steps(match["which"]), today)
    this_week = weekday_of_week(weekday, 0, today)
    return this_week if this_week >= today else this_week + timedelta(days=7)


def _moved(match: re.Match[str], today: date) -> date:
    count = min(int(match["count"]), 1000) * (-1 if match["back"] else 1)
    unit = match["unit"]
    if unit in ("月", "年"):
        return add_months(today, count * (12 if unit == "年" else 1))
    return today + timedelta(days=count * (1 if unit in "天日" else 7))


_UNIT = "(?P<unit>天|日|周|星期|礼拜|月|年)"
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (
            r"(?:(?P<year>\d{4}|\d\d)年|(?P<named>去年|今年|明年|后年|前年)的?)?(?P<month>\d{1,2})月份?的?(?P<day>\d{1,2})[号日]?",
            _calendar_day,
        ),
        (rf"(?P<count>\d+)个?{_UNIT}(?:之|以)?(?:后|(?P<back>前))", _moved),
        (rf"(?:再过|过)(?P<count>\d+)个?{_UNIT}(?P<back>(?!))?", _moved),
        (
            r"(?P<near>大前天|大后天|前天|昨[天日]|今[天日]|明[天日]|后天)",
            lambda m, today: today + timedelta(days=_NEAR[m["near"]]),
        ),
        (rf"(?P<which>下+|上+|这|本)?个?(?:{_WEEK})(?P<weekday>[1-6日天])", _weekday),
        (r"(?P<which>下+|上+|这|本)个?月的?(?P<day>\d{1,2})[号日]?", _of_month),
        (r"(?P<which>(?!))?(?<!\d)(?P<day>\d{1,2})[号日]", _of_month),
    )
)
