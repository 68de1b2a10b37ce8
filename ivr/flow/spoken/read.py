"""What a filter is given, read strictly. Every reader raises ValueError that names the filter and hides the value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from zoneinfo import ZoneInfo

import jinja2

from ivr.call.shape import came, decimal

MOST_ITEMS = 1000
LONGEST_CODE = 64
CODE = re.compile(r"[0-9A-Za-z]+(?:[ ./-]+[0-9A-Za-z]+)*")
CLOCK = re.compile(r"\d\d?:\d\d(:\d\d)?")


def wrong(name: str, needs: str, value: object) -> ValueError:
    """The sentence for a value that cannot be said."""
    if isinstance(value, jinja2.Undefined):
        str(value)  # raises: a name that is not there tells so itself
    return ValueError(f"{name} needs {needs}, but {came(value)} came")


def amount(name: str, value: object, places: int) -> Decimal:
    """A number rounded half up, as people round."""
    try:
        rounded = decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except ValueError:
        raise wrong(name, "a number", value) from None
    return rounded if rounded else abs(rounded)  # no minus zero


def whole(name: str, value: object, least: int = 0) -> int:
    try:
        read = decimal(value)
    except ValueError:
        raise wrong(name, "a whole number", value) from None
    if read != read.to_integral_value() or read < least:
        raise wrong(name, f"a whole number, {least} or more", value)
    return int(read)


def day(name: str, value: object, zone: ZoneInfo) -> date:
    """`2026-11-22`, or the day of a moment in our time zone."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and len(value.strip()) == len("2026-11-22"):
            return date.fromisoformat(value.strip())
        return _moment(value, zone).date()
    except ValueError:
        raise wrong(name, "a date like 2026-11-22", value) from None


def clock(name: str, value: object, zone: ZoneInfo) -> time:
    """`15:30`, or the time of a moment in our time zone."""
    try:
        if isinstance(value, str) and CLOCK.fullmatch(value.strip()):
            return time.fromisoformat(value.strip().zfill(5))
        return _moment(value, zone).time()
    except ValueError:
        raise wrong(name, "a time like 2026-11-22T15:30:00", value) from None


def _moment(value: object, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(value.strip()) if isinstance(value, str) and ":" in value else value
    if not isinstance(moment, datetime):
        raise ValueError("no moment")
    return moment if moment.tzinfo is None else moment.astimezone(zone)


def code(name: str, value: object) -> list[str]:
    """The groups of a code, in capitals: `t-1042` is T and 1042."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or len(text) > LONGEST_CODE or not CODE.fullmatch(text.strip()):
        raise wrong(name, "digits or letters", value)
    return re.findall(r"[0-9A-Z]+", text.upper())


def items(name: str, value: object) -> list[str]:
    """The items of a list as texts, one at least."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise wrong(name, "a list", value)
    found = list(islice(value, MOST_ITEMS))
    if not found:
        raise ValueError(f"{name} needs something to say, but an empty list came")
    for item in found:
        if isinstance(item, bool) or not isinstance(item, str | int | float | Decimal):
            raise wrong(name, "texts or numbers in its list", item)
    return [str(item) for item in found]


def size(name: str, value: object) -> int:
    """A whole number, or how many things a list holds."""
    return len(value) if isinstance(value, list | tuple) else whole(name, value)
