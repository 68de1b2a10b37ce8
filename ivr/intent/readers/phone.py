"""`expect: phone`: a number to call back."""

from __future__ import annotations

import re
from datetime import date

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent.figures import digits
from ivr.intent.readers.registry import NOTHING, reader
from ivr.intent.text import plain, primary

_PLUS = re.compile(r"^\W*(?:(?:it's|it is|my number is|号码是|电话是|是)\s*)?(?:\+|plus|加号?|플러스)")
ODD = 0.5
"""How sure we are of a number that has the right length but lies in no range the numbering plan has given out."""


@reader("phone")
def read_phone(task: Understand, today: date, region: str) -> ValueRead:
    """In E.164. A number without its country code is one of the region's; a number too long or too short is none."""
    said = plain(task.text)
    if task.by == "keys":
        number = said if said.isascii() and said.isdecimal() else ""
    else:
        number = digits(said, primary(task.language))
        number = f"+{number}" if number and _PLUS.match(said) else number
    try:
        parsed = phonenumbers.parse(number, region or None)
    except NumberParseException:
        return NOTHING
    if not phonenumbers.is_possible_number(parsed):
        return NOTHING
    sure = 1.0 if phonenumbers.is_valid_number(parsed) else ODD
    return ValueRead(phonenumbers.format_number(parsed, PhoneNumberFormat.E164), sure)
