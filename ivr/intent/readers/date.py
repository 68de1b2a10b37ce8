"""`expect: date`: a day, by voice or by keys."""

from __future__ import annotations

import datetime

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent.calendar import spoken_date
from ivr.intent.calendar.order import order
from ivr.intent.calendar.written import pressed_date
from ivr.intent.readers.registry import NOTHING, reader
from ivr.intent.text import plain, primary


@reader("date")
def read_date(task: Understand, today: datetime.date, region: str) -> ValueRead:
    """As ISO 8601.

    Keys: DDMM or DDMMYYYY; in America MMDD or MMDDYYYY; for callers in Chinese, Korean or Japanese MMDD or YYYYMMDD.
    """
    tongue = primary(task.language)
    here = order(task.language, tongue, region)
    if task.by == "keys":
        pressed = pressed_date(task.text, here, today)
        return ValueRead(pressed.isoformat()) if pressed else NOTHING
    found = spoken_date(plain(task.text), tongue, here, today)
    return ValueRead(found[0].isoformat(), found[1]) if found else NOTHING
