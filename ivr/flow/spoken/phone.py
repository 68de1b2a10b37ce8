"""Phone numbers in the groups that people of their country know."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from ivr.flow.spoken.read import wrong

WRITTEN = re.compile(r"\+?[\d ()./-]{2,40}")


@dataclass(frozen=True, slots=True)
class Phone:
    written: str
    groups: tuple[str, ...]
    """Digits only, the country's code first where it is told."""
    abroad: bool = False
    """Told with a + and the country's code."""


def read_phone(name: str, value: object, region: str) -> Phone:
    """At home as people write it there, else with a +; short and unknown numbers as they came. Raises ValueError."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not WRITTEN.fullmatch(text.strip()):
        raise wrong(name, "a phone number", value)
    written, abroad = text.strip(), text.strip().startswith("+")
    try:
        number = phonenumbers.parse(written, region)
    except NumberParseException:
        number = None
    if number is not None and phonenumbers.is_possible_number(number):
        abroad = number.country_code != phonenumbers.country_code_for_region(region)
        form = PhoneNumberFormat.INTERNATIONAL if abroad else PhoneNumberFormat.NATIONAL
        written = phonenumbers.format_number(number, form)
    groups = tuple(re.findall(r"\d+", written))
    if sum(map(len, groups)) < 2:
        raise wrong(name, "a phone number", value)
    return Phone(written, groups, abroad)
