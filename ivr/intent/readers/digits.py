"""`expect: digits`: an account number, a PIN, a postcode."""

from __future__ import annotations

from datetime import date

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent.figures import digits
from ivr.intent.readers.registry import NOTHING, reader
from ivr.intent.text import plain, primary


@reader("digits")
def read_digits(task: Understand, today: date, region: str) -> ValueRead:
    """ "one two double oh five", 四二零零 or keys. A star or a pound among the keys is a slip: ask again."""
    if task.by == "keys":
        return ValueRead(task.text) if task.text.isascii() and task.text.isdecimal() else NOTHING
    heard = digits(plain(task.text), primary(task.language))
    return ValueRead(heard) if heard else NOTHING
