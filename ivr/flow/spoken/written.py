"""Values in writing, for text messages: as Babel knows that people of a language write."""

from __future__ import annotations

import datetime
from decimal import Decimal

from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_precision
from babel.units import format_unit

from ivr.flow.spoken import read
from ivr.flow.spoken.phone import read_phone
from ivr.flow.spoken.place import Place, known_currency
from ivr.flow.spoken.span import parts, span

DECIMALS = 3
STYLES = ("", "year", "short")
ENGLISH_LISTS = "en_001"
"""`a, b and c`; the American form has a comma more."""
SUFFIXES = {"one": "st", "two": "nd", "few": "rd", "other": "th"}


class Written:
    """One method for each filter."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.locale = place.locale

    def money(self, value: object, currency: str = "") -> str:
        code = known_currency(currency or self.place.currency)
        return plain(self.sum_of(read.amount("money", value, get_currency_precision(code)), code))

    def sum_of(self, amount: Decimal, code: str) -> str:
        return str(format_currency(amount, code, locale=self.locale))

    def number(self, value: object, decimals: int = DECIMALS) -> str:
        if not isinstance(decimals, int) or not 0 <= decimals <= 9:
            raise ValueError("number('…') takes how many decimals are said at most, 0 to 9")
        return plain(self.decimal(read.amount("number", value, decimals)))

    def decimal(self, amount: Decimal) -> str:
        return str(format_decimal(amount, format="#,##0.#########", locale=self.locale))

    def count(self, value: object, one: str = "", other: str = "") -> str:
        """`one` and `other` are the thing counted; languages with a measure word give it as `one` alone."""
        number = read.size("count", value)
        thing = one if not other or self.locale.plural_form(number) == "one" else other
        return self.counted(number, thing)

    def counted(self, number: int, thing: str) -> str:
        return joined(self.decimal(Decimal(number)), thing, self.locale.language)

    def date(self, value: object, style: str = "") -> str:
        if style not in STYLES:
            raise ValueError("date('…') takes 'year' or 'short'")
        return plain(self.day(read.day("date", value, self.place.zone), style))

    def day(self, day: datetime.date, style: str) -> str:
        return (
            format_skeleton("MMMd", day, locale=self.locale)
            if style == "short"
            else format_date(day, "medium", self.locale)
        )

    def time(self, value: object) -> str:
        return plain(self.clock(read.clock("time", value, self.place.zone)))

    def clock(self, clock: datetime.time) -> str:
        return format_time(clock, "short", locale=self.locale)

    def digits(self, value: object) -> str:
        read.code("digits", value)
        return str(value).strip()

    def phone(self, value: object) -> str:
        return read_phone("phone", value, self.place.region).written

    def duration(self, value: object) -> str:
        told = [self.unit(number, name, "short") for number, name in parts("duration", value)]
        return plain(format_list(told, "unit-narrow", self.locale))

    def between(self, value: object) -> str:
        """A range of time; one that begins at nothing is told by its end."""
        least, most = span("between", value)
        if least == 0:
            return self.at_most(most)
        return self.from_to(least, most)

    def at_most(self, most: int) -> str:
        """`most` minutes, and perhaps less."""
        return f"< {self.unit(most, 'minute', 'short')}"

    def from_to(self, least: int, most: int) -> str:
        """So many minutes."""
        return f"{least}-{self.unit(most, 'minute', 'short')}"

    def unit(self, number: int, name: str, length: str) -> str:
        said = format_unit(number, f"duration-{name}", length=length, locale=self.locale)  # type: ignore[arg-type]
        if length != "short" and "duration-" in said:  # Babel has no long form for some languages
            return self.unit(number, name, "short")
        return said

    def series(self, value: object, word: str = "and") -> str:
        if word not in ("and", "or"):
            raise ValueError("list('…') takes 'and' or 'or'")
        where = ENGLISH_LISTS if self.locale.language == "en" else self.locale
        return format_list(read.items("list", value), "or" if word == "or" else "standard", where)

    def ordinal(self, value: object) -> str:
        return self.place_in_line(read.whole("ordinal", value, least=1))

    def place_in_line(self, number: int) -> str:
        match self.locale.language:
            case "en":
                return f"{number}{SUFFIXES[self.locale.ordinal_form(number)]}"
            case "zh":
                return f"第{number}"
            case "ko":
                return f"{number}번째"
            case _:
                return str(number)


def plain(text: str) -> str:
    """Blanks that do not break turn a text message into one that costs double."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


def joined(number: str, thing: str, language: str) -> str:
    """`2 bills`, `2张`, `2장`."""
    return number + ("" if language in ("zh", "ko") or not thing else " ") + thing
