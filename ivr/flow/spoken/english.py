"""Values aloud in English. Whole numbers are digits with commas, which no voice reads as a year."""

from __future__ import annotations

import datetime
from decimal import Decimal
from types import MappingProxyType

from babel.dates import format_date
from babel.numbers import get_currency_name

from ivr.flow.spoken.voice import Voice

DOLLARS = ("dollar", "dollars", "cent", "cents")
UNITS = MappingProxyType(
    dict.fromkeys(("USD", "CAD", "AUD", "NZD", "SGD", "HKD"), DOLLARS)
    | {
        "EUR": ("euro", "euros", "cent", "cents"),
        "GBP": ("pound", "pounds", "penny", "pence"),
        "INR": ("rupee", "rupees", "paisa", "paise"),
    }
)
"""Currencies whose hundredth has a name that people use; the others are said as decimals."""


class EnglishVoice(Voice):
    def sum_of(self, amount: Decimal, code: str) -> str:
        if code not in UNITS:
            return f"{self.decimal(amount)} {get_currency_name(code, 1 if amount == 1 else 2, self.locale)}"
        one, many, cent, cents = UNITS[code]
        whole, hundredths = divmod(int(abs(amount) * 100), 100)
        name = (
            (one if whole == 1 else many) if self.place.at_home(code) else get_currency_name(code, whole, self.locale)
        )
        said = [f"{whole:,} {name}"] if whole or not hundredths else []
        if hundredths:
            said.append(f"{hundredths} {cent if hundredths == 1 else cents}")
        return ("minus " if amount < 0 else "") + " and ".join(said)

    def decimal(self, amount: Decimal) -> str:
        whole, _, fraction = f"{abs(amount):,f}".partition(".")
        fraction = fraction.rstrip("0")
        return ("minus " if amount < 0 else "") + whole + (f" point {' '.join(fraction)}" if fraction else "")

    def day(self, day: datetime.date, style: str) -> str:
        said = f"{format_date(day, 'MMMM', self.locale)} {self.place_in_line(day.day)}"
        if style != "short":
            said = f"{format_date(day, 'EEEE', self.locale)}, {said}"
        return f"{said}, {day.year}" if style == "year" else said

    def clock(self, clock: datetime.time) -> str:
        if clock.minute == 0 and clock.hour in (0, 12):
            return "noon" if clock.hour else "midnight"
        minutes = "" if clock.minute == 0 else f" oh {clock.minute}" if clock.minute < 10 else f" {clock.minute}"
        return f"{clock.hour % 12 or 12}{minutes} {'AM' if clock.hour < 12 else 'PM'}"

    def at_most(self, most: int) -> str:
        return "less than a minute" if most == 1 else f"up to {most} minutes"

    def from_to(self, least: int, most: int) -> str:
        return f"between {least} and {most} minutes"

    def abroad(self, number: str) -> str:
        return f"plus {number}"
