"""Values aloud in Korean. Numbers are written in Hangul, for which words they take depends on what is counted."""

from __future__ import annotations

import datetime
from decimal import Decimal
from types import MappingProxyType

from babel.dates import format_date
from babel.numbers import get_currency_name

from ivr.flow.spoken.korean_numbers import cardinal, native, one_by_one
from ivr.flow.spoken.span import parts
from ivr.flow.spoken.voice import Voice

MONTHS = MappingProxyType({6: "유", 10: "시"})
"""Months that are not said as their number is."""
UNITS = MappingProxyType({"day": "일", "hour": "시간", "minute": "분", "second": "초"})
NATIVE = frozenset("개명분장건번곳통대권살시달잔병") | {"가지", "시간", "사람", "자리", "번째", "마리"}
"""Counters that go with native numbers: 두 건. 분 is a person here; minutes are told by `duration`."""
CENTS = MappingProxyType({"USD": ("달러", "센트"), "EUR": ("유로", "센트")})
"""Money whose hundredth Koreans name; other money is said as a decimal."""


class KoreanVoice(Voice):
    def sum_of(self, amount: Decimal, code: str) -> str:
        minus = "마이너스 " if amount < 0 else ""
        if code not in CENTS:
            name = "원" if code == "KRW" else get_currency_name(code, None, self.locale)
            return f"{self.decimal(amount)} {name}"
        whole, hundredths = divmod(int(abs(amount) * 100), 100)
        unit, cent = CENTS[code]
        said = [f"{cardinal(whole)} {unit}"] if whole or not hundredths else []
        if hundredths:
            said.append(f"{cardinal(hundredths)} {cent}")
        return minus + " ".join(said)

    def decimal(self, amount: Decimal) -> str:
        whole, _, fraction = f"{abs(amount):f}".partition(".")
        fraction = fraction.rstrip("0")
        said = cardinal(int(whole)) + (f" 점 {one_by_one(fraction)}" if fraction else "")
        return ("마이너스 " if amount < 0 else "") + said

    def counted(self, number: int, thing: str) -> str:
        said = native(number) if thing in NATIVE else cardinal(number)
        return f"{said} {thing}".rstrip()

    def day(self, day: datetime.date, style: str) -> str:
        said = f"{MONTHS.get(day.month) or cardinal(day.month)}월 {cardinal(day.day)}일"
        if style == "year":
            said = f"{cardinal(day.year)}년 {said}"
        return said if style == "short" else f"{said} {format_date(day, 'EEEE', self.locale)}"

    def clock(self, clock: datetime.time) -> str:
        if clock.minute == 0 and clock.hour in (0, 12):
            return "정오" if clock.hour else "자정"
        half = "오전" if clock.hour < 12 else "오후"
        match clock.minute:
            case 0:
                minutes = ""
            case 30:
                minutes = " 반"
            case late:
                minutes = f" {cardinal(late)} 분"
        return f"{half} {native(clock.hour % 12 or 12)} 시{minutes}"

    def groups(self, groups: list[str]) -> str:
        return ", ".join(one_by_one(group) for group in groups)

    def abroad(self, number: str) -> str:
        return f"플러스 {number}"

    def duration(self, value: object) -> str:
        told = parts("duration", value)
        return " ".join(f"{(native if unit == 'hour' else cardinal)(number)} {UNITS[unit]}" for number, unit in told)

    def at_most(self, most: int) -> str:
        return f"{cardinal(most)} 분 이내"

    def from_to(self, least: int, most: int) -> str:
        return f"{cardinal(least)} 분에서 {cardinal(most)} 분"

    def place_in_line(self, number: int) -> str:
        return "첫 번째" if number == 1 else f"{native(number)} 번째"
