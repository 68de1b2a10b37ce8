"""Business hours as people write them, read into `hours.Hours`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import holidays
from holidays.registry import COUNTRIES

from ivr.errors import BadHours
from ivr.routing.hours import Hours, Span

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read_hours(
    open: Mapping[str, str | Sequence[str]],
    *,
    timezone: str = "UTC",
    public_holidays: str | Mapping[str, str] | Iterable[str] | None = None,
    closed: Iterable[str] = (),
) -> Hours:
    """Read hours as written in a hotline.

    `open`: `mon-fri`, `sat`, `mon,wed` or `daily` -> one span or several, `08:00-12:00`. `public_holidays`: `US`,
    `US-NY`, {country, subdivision}, or dates; `closed`: dates. Raises BadHours with a sentence on what is wrong, and
    where in the hours.
    """
    country, subdivision, dates = _holidays(public_holidays)
    return Hours(
        timezone=_timezone(timezone),
        week=_week(open),
        closed=frozenset((*_dates(closed, "closed"), *_dates(dates, "holidays"))),
        country=country,
        subdivision=subdivision,
    )


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; a path; a folder of zones
        alike = _like(name, available_timezones(), "for example Europe/Berlin")
        raise BadHours(f"there is no time zone {name!r}; {alike}", "timezone") from None
    return name


def _week(written: Mapping[str, str | Sequence[str]]) -> tuple[tuple[Span, ...], ...]:
    week: dict[int, tuple[Span, ...]] = {}
    for days, spans in written.items():
        try:
            read = _day_spans(spans)
            for day in _days(days):
                if day in week:
                    raise ValueError(f"{DAYS[day]} is given twice; write its spans as a list")
                week[day] = read
        except ValueError as error:
            raise BadHours(str(error), "open", days) from None
    return tuple(week.get(day, ()) for day in range(7))


def _days(written: str) -> Iterator[int]:
    if written.strip().lower() == "daily":
        yield from range(7)
        return
    for part in written.lower().split(","):
        ends = [one.strip() for one in part.split("-")]
        if len(ends) > 2 or not set(ends) <= set(DAYS):
            raise ValueError(f"{written!r} names no days; write mon-fri, sat, mon,wed or daily")
        first, last = DAYS.index(ends[0]), DAYS.index(ends[-1])
        for step in range((last - first) % 7 + 1):  # fri-mon runs over the end of the week
            yield (first + step) % 7


def _day_spans(written: str | Sequence[str]) -> tuple[Span, ...]:
    parts = written.split(",") if isinstance(written, str) else written
    spans = sorted((_span(part) for part in parts if part.strip() != "closed"), key=lambda span: span.start)
    for one, two in pairwise(spans):
        if two.start < one.end:
            raise ValueError(f"the spans {_shown(one)} and {_shown(two)} of one day overlap")
    return tuple(spans)


def _span(written: str) -> Span:
    found = re.fullmatch(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)", written.strip())
    if not found:
        raise ValueError(f"{written!r} is not a span of hours; write it as 08:00-18:00")
    start, end = _minutes(written, *found.group(1, 2)), _minutes(written, *found.group(3, 4))
    if start == end or start == 1440:
        raise ValueError(f"{written!r} has no length; the whole day is 00:00-24:00")
    return Span(start, end if end > start else end + 1440)


def _minutes(written: str, hour: str, minute: str) -> int:
    total = int(hour) * 60 + int(minute)
    if int(minute) > 59 or total > 1440:
        raise ValueError(f"{written!r} holds a time that no clock shows; a day runs from 00:00 to 24:00")
    return total


def _shown(span: Span) -> str:
    end = span.end if span.end <= 1440 else span.end - 1440
    return f"{span.start // 60:02}:{span.start % 60:02}-{end // 60:02}:{end % 60:02}"


def _holidays(written: str | Mapping[str, str] | Iterable[str] | None) -> tuple[str, str, tuple[str, ...]]:
    if written is None:
        return "", "", ()
    if isinstance(written, str):
        country, _, subdivision = written.partition("-")
        return *_country(country, subdivision), ()
    if isinstance(written, Mapping):
        if unknown := set(written) - {"country", "subdivision"}:
            raise BadHours(f"holidays knows country and subdivision, not {sorted(unknown)[0]!r}", "holidays")
        return *_country(written.get("country", ""), written.get("subdivision", "")), ()
    return "", "", tuple(written)


def _country(country: str, subdivision: str) -> tuple[str, str]:
    known = holidays.list_supported_countries()
    if country not in known:
        raise BadHours(f"no public holidays are known for {country!r}; {_code(country, known)}", "holidays")
    parts = known[country]
    if subdivision and subdivision not in parts:
        hint = _like(subdivision.upper(), parts, f"for example {parts[0]}") if parts else f"write {country} alone"
        raise BadHours(f"{country} has no part {subdivision!r} with holidays of its own; {hint}", "holidays")
    return country, subdivision


def _code(written: str, known: Iterable[str]) -> str:
    """What to write for a country, by its code in small letters or its English name."""
    if (code := written.upper()) in known:
        return f"did you mean {code!r}?"
    names = {name.lower(): codes[1] for module, codes in COUNTRIES.items() for name in (module, codes[0], *codes[3:])}
    name = written.lower().replace(" ", "_")
    close = difflib.get_close_matches(name, [one for one in names if len(one) > 3], n=1, cutoff=0.8)
    return f"did you mean {names[close[0]]!r}?" if close else "write the two letters of the country, for example US"


def _dates(written: Iterable[str], part: str) -> Iterator[date]:
    for n, day in enumerate(written):
        try:
            yield date.fromisoformat(day)
        except ValueError:
            raise BadHours(f"{day!r} is not a day; write it as 2026-12-24", part, n) from None


def _like(name: str, known: Iterable[str], otherwise: str) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"did you mean {close[0]!r}?" if close else otherwise
