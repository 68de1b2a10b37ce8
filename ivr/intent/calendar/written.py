"""Dates in figures only: pressed on a keypad, or written by a recogniser."""

from __future__ import annotations

import re
from datetime import date

from ivr.intent.calendar.order import Order
from ivr.intent.calendar.reckon import day, full_year, without_year

_PARTS = re.compile(r"(?<!\d)(\d{1,4})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{4}|\d{2}))?(?!\d)")
_PRESSED = {
    "mdy": r"(?P<m>\d\d)(?P<d>\d\d)(?P<y>\d{4}|\d\d)?",
    "dmy": r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d{4}|\d\d)?",
    "ymd": r"(?P<y>\d{4}|\d\d)?(?P<m>\d\d)(?P<d>\d\d)",
}


def pressed_date(keys: str, order: Order, today: date) -> date | None:
    """Four digits for day and month, six or eight with the year; stars may part them.

    Eight digits that make no date in this order are tried in the others.
    """
    if re.fullmatch(r"[0-9]+(?:\*[0-9]+){1,2}", keys):
        return written_date(keys.replace("*", "-"), order, today)
    for form in (order, *_PRESSED) if len(keys) == 8 else (order,):
        match = re.fullmatch(_PRESSED[form], keys, re.ASCII)
        if match and (found := _made(match["y"], match["m"], match["d"], today)):
            return found
    return None


def written_date(text: str, order: Order, today: date) -> date | None:
    """3/4/2027 in the order of the place, 2027-03-04 anywhere; what is no date so is tried crosswise."""
    match = _PARTS.search(text)
    if not match:
        return None
    one, two, three = match.groups()
    if len(one) > 2 or (order == "ymd" and three):
        return _made(one, two, three, today) if three and len(one) in (2, 4) else None
    month_first, day_first = _made(three, one, two, today), _made(three, two, one, today)
    return day_first or month_first if order == "dmy" else month_first or day_first


def _made(year: str | None, month: str, number: str, today: date) -> date | None:
    if year is None:
        return without_year(int(month), int(number), today)
    return day(full_year(int(year), today), int(month), int(number))
