"""When somebody may be called back."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import phonenumbers
from phonenumbers import timezone as zones

from ivr.flow.hotline import CALLBACK_HOURS, Hotline, HotlineFile
from ivr.flow.queues import Hours

ROUNDS = 10
"""Looks, one for each opening, after which two places whose hours have not met are taken not to meet."""
SOON_S = 2 * 86_400.0
"""Hours that meet only later than so long after our own next ones have not met: nobody waits for the summer to end."""
LONGER_MIN = (0, 60, 120)
"""By how much the caller's day may be longer at either end, where ours and his do not meet."""

POLITE = {"daily": "09:00-20:00"}


def polite_hours(file: HotlineFile) -> Hours:
    """`callback_hours:` as they stand, or the usual ones; the hotline's holidays hold for both."""
    own, house = file.callback_hours or Hours(open=POLITE), file.hours or Hours()
    return dataclasses.replace(
        own,
        timezone=own.timezone or file.timezone,
        holidays=own.holidays or house.holidays,
        closed=(*own.closed, *house.closed),
    )


def polite_from(hotline: Hotline, number: str, at: float) -> float:
    """The first moment from `at` on when that number may be rung, in seconds since 1970: within `callback_hours`, by
    the hotline's clock and, where the number tells one time zone, by the clock there. Where the two never meet, the day
    there may begin sooner and end later by an hour, or two; and where that is not enough, our own clock decides."""
    hours = hotline.hours.get(CALLBACK_HOURS)
    if hours is None:
        return at
    ours, there = _meet((hours,), at), _zone_of(number)
    if ours is None:
        return at
    days = [_longer(hours, there, minutes) for minutes in LONGER_MIN] if there else []
    met = (_meet((hours, day), at) for day in days)
    return next((moment for moment in met if moment is not None and moment <= ours + SOON_S), ours)


def _meet(places: Sequence[Any], at: float) -> float | None:
    """The first moment from `at` on that is open in all of them."""
    start = moment = datetime.fromtimestamp(at, UTC)
    for _ in range(ROUNDS):
        before = moment
        for place in places:
            opens = place.opens_next(moment)
            if opens is None:
                return None
            moment = opens.astimezone(UTC)
        if moment == before:
            return at if moment == start else moment.timestamp()
    return None


def _longer(hours: Any, zone: str, minutes: int) -> Any:
    """The same hours by the clock of another place, each longer by so much at both ends."""

    def longer(span: Any) -> Any:
        return dataclasses.replace(span, start=max(0, span.start - minutes), end=span.end + minutes)

    return dataclasses.replace(hours, timezone=zone, week=tuple(tuple(map(longer, day)) for day in hours.week))


def _zone_of(number: str) -> str | None:
    """Where that number is at home, if it is at home in one time zone."""
    try:
        found = zones.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return None
    return found[0] if len(found) == 1 and found[0] != "Etc/Unknown" else None
