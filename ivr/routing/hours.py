"""Business hours: is a queue open at a moment, and when does it open next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

LOOK_AHEAD_DAYS = 3 * 366
"""A line that does not open within three years never opens: even leap days and long closures are passed by then."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From a time of day to another, in minutes after midnight; `end` beyond 1440 runs into the next day."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers. Times are wall clock in `timezone`.

    A span belongs to the day it begins on: Friday's `22:00-06:00` runs on Saturday morning, and a closed
    Saturday does not cut it. An hour the clock leaps over is not there; an hour it repeats counts both times.
    """

    timezone: str = "UTC"
    week: tuple[tuple[Span, ...], ...] = ((),) * 7
    """The spans of each day, Monday first."""
    closed: frozenset[date] = frozenset()
    country: str = ""
    subdivision: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def is_open(self, at: datetime) -> bool:
        """Raises ValueError when `at` has no time zone."""
        moment, today = self._moment(at)
        return any(start <= moment < end for start, end in _spans_until(self, today))

    def opens_next(self, at: datetime) -> datetime | None:
        """The first moment from `at` on that is open, in local time: `at` itself while open, None if there is none."""
        moment, today = self._moment(at)
        for days in range(-1, LOOK_AHEAD_DAYS):
            for start, end in self.spans(today + days * DAY):
                if moment < end:
                    return max(start, moment).astimezone(self.zone)
        return None

    def is_closed_day(self, day: date) -> bool:
        """A public holiday or a day of our own: nothing opens on it."""
        return day in self.closed or (bool(self.country) and day in _public(self.country, self.subdivision, day.year))

    def _moment(self, at: datetime) -> tuple[datetime, date]:
        if at.tzinfo is None:
            raise ValueError(f"{at.isoformat()} has no time zone, so nobody can tell whether it is open then")
        return at.astimezone(UTC), at.astimezone(self.zone).date()

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """What opens on `day`, in UTC and in order."""
        if self.is_closed_day(day):
            return
        for span in self.week[day.weekday()]:
            start, end = self._instant(day, span.start, fold=0), self._instant(day, span.end, fold=1)
            if start < end:
                yield start, end

    def _instant(self, day: date, minutes: int, *, fold: int) -> datetime:
        """A wall clock time as an instant. `fold` picks the first (0) or second (1) of a time that comes twice."""
        whole_days, minutes = divmod(minutes, 1440)
        wall = datetime.combine(day + whole_days * DAY, time(minutes // 60, minutes % 60), self.zone)
        early, late = (wall.replace(fold=one).astimezone(UTC) for one in (0, 1))
        if early <= late:  # there, once or twice
            return late if fold else early
        return self._leap(late, early)

    def _leap(self, before: datetime, after: datetime) -> datetime:
        """The instant between two at which the clock leaps forward, to the second."""
        old = before.astimezone(self.zone).utcoffset()
        while after - before > timedelta(seconds=1):
            middle = before + (after - before) // 2
            if middle.astimezone(self.zone).utcoffset() == old:
                before = middle
            else:
                after = middle
        return after.replace(microsecond=0)


@lru_cache(maxsize=4096)
def _spans_until(hours: Hours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """Of a day and the one before. Every decision asks of every queue whether it is open: each day is worked out
    once."""
    return (*hours.spans(day - DAY), *hours.spans(day))


@lru_cache(maxsize=512)
def _public(country: str, subdivision: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
