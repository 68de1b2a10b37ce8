"""Values aloud in any language: written out by Babel, codes and numbers sign by sign."""

from __future__ import annotations

import datetime
from decimal import Decimal

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency

from ivr.flow.spoken import read
from ivr.flow.spoken.breath import in_breaths
from ivr.flow.spoken.phone import read_phone
from ivr.flow.spoken.span import parts
from ivr.flow.spoken.written import Written, plain


class Voice(Written):
    """Parent of the languages that we speak better."""

    def sum_of(self, amount: Decimal, code: str) -> str:
        whole = amount == amount.to_integral_value()  # 5 Euro, for 5,00 Euro is read out to the last nought
        shown = amount.to_integral_value() if whole else amount
        return format_currency(shown, code, locale=self.locale, format_type="name", currency_digits=not whole)

    def day(self, day: datetime.date, style: str) -> str:
        return (
            format_skeleton("MMMMd", day, locale=self.locale)
            if style == "short"
            else format_date(day, "full", self.locale)
        )

    def digits(self, value: object) -> str:
        return self.groups(in_breaths(read.code("digits", value)))

    def phone(self, value: object) -> str:
        number = read_phone("phone", value, self.place.region)
        said = self.groups(in_breaths(number.groups))
        return self.abroad(said) if number.abroad else said

    def groups(self, groups: list[str]) -> str:
        """Sign by sign, with a pause after each group."""
        return ", ".join(" ".join(group) for group in groups)

    def abroad(self, number: str) -> str:
        return f"+{number}"

    def at_most(self, most: int) -> str:
        return f"≤ {self.unit(most, 'minute', 'long')}"

    def from_to(self, least: int, most: int) -> str:
        return f"{least} – {self.unit(most, 'minute', 'long')}"

    def duration(self, value: object) -> str:
        told = [self.unit(number, name, "long") for number, name in parts("duration", value)]
        return plain(format_list(told, "standard", self.locale))
