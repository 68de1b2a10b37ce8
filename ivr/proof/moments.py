"""The hours that a call can come at: one moment for each way in which queues can be open or closed together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ivr.flow.hotline import Hotline

FIRST_DAY = date(2026, 11, 23)
"""A Monday; scripted calls that say no day are made on it."""
TEN = time(10)
WEEKS_SHOWN = 14
A_YEAR = 371
"""Days looked through for public holidays and days of the hotline's own."""
INTO_IT = timedelta(minutes=5)
"""A call lasts some minutes: it begins a little after the hour that opens or closes something."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a call is made, and what is open then."""

    at: float
    """Seconds since 1970."""
    local: str
    """The same on the hotline's own clock, as scripts write it."""
    open: frozenset[str]
    """Queues that are served; the empty name is the hotline itself."""


def moments(hotline: Hotline) -> tuple[Moment, ...]:
    """Each set of open queues once, the one of a Monday morning first. Days when the clock is changed are not looked
    at on their own."""
    zone = ZoneInfo(hotline.file.timezone)
    found: dict[frozenset[str], Moment] = {}
    for at in _instants(hotline, zone):
        opened = _open(hotline, at)
        if opened not in found:
            later = at + INTO_IT
            at = later if _open(hotline, later) == opened else at
            local = at.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")
            found[opened] = Moment(at.timestamp(), local, opened)
    return tuple(found.values())


def _open(hotline: Hotline, at: datetime) -> frozenset[str]:
    """Alike for the queues whose hours are alike."""
    known: dict[Any, bool] = {}
    opened = set()
    for name in ("", *hotline.queues.queues):
        hours = hotline.hours.get(name) or hotline.hours.get("")
        if hours not in known:
            known[hours] = hours is None or hours.is_open(at)
        if known[hours]:
            opened.add(name)
    return frozenset(opened)


def _instants(hotline: Hotline, zone: ZoneInfo) -> Iterator[datetime]:
    yield datetime.combine(FIRST_DAY, TEN, zone).astimezone(UTC)
    all_hours = list(dict.fromkeys(hotline.hours.values()))
    for n in range(A_YEAR if all_hours else 0):
        day = FIRST_DAY + timedelta(days=n)
        around = (day - timedelta(days=1), day)
        if n < WEEKS_SHOWN or any(hours.is_closed_day(one) for hours in all_hours for one in around):
            for hours in all_hours:
                yield from _changes(hours, day)


def _changes(hours: Any, day: date) -> Iterator[datetime]:
    minutes = {0, *(minute % 1440 for spans in hours.week for span in spans for minute in (span.start, span.end))}
    for minute in sorted(minutes):
        yield datetime.combine(day, time(minute // 60, minute % 60), hours.zone).astimezone(UTC)


def shown(moment: Moment, names: Mapping[str, Any]) -> str:
    """`all open`, `all closed`, or what is open."""
    queues = [name for name in names if name in moment.open]
    return "all open" if len(queues) == len(names) else ", ".join(queues) + " open" if queues else "all closed"
