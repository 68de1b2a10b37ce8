"""When somebody may be called back."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import phonenumbers
from phonenumbers import timezone as zones

from ivr.flow.hotline import CALLBACK_HOURS, Hotline, HotlineFile
from ivr.flow.queues import Hours

ROUNDS = 50
"""Two places whose hours never meet: after so many looks the hotline's own hours alone count."""


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
    the hotline's clock and, where the number tells one time zone, by the clock there."""
    hours = hotline.hours.get(CALLBACK_HOURS)
    if hours is None:
        return at
    there = _zone_of(number)
    places = [hours, *([dataclasses.replace(hours, timezone=there)] if there else [])]
    start = moment = datetime.fromtimestamp(at, UTC)
    for _ in range(ROUNDS):
        before = moment
        for place in places:
            opens = place.opens_next(moment)
            if opens is None:
                return at
            moment = opens.astimezone(UTC)
        if moment == before:
            return at if moment == start else moment.timestamp()
    opens = hours.opens_next(start)
    return float(opens.timestamp()) if opens else at


def _zone_of(number: str) -> str | None:
    """Where that number is at home, if it is at home in one time zone."""
    try:
        found = zones.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return None
    return found[0] if len(found) == 1 and found[0] != "Etc/Unknown" else None
