"""Values aloud in Mandarin, in the characters of the place."""

from __future__ import annotations

import datetime
from decimal import Decimal
from types import MappingProxyType

from babel.dates import format_date, format_time
from babel.numbers import get_currency_name

from ivr.flow.spoken.chinese_numbers import cardinal, counted, one_by_one
from ivr.flow.spoken.span import parts
from ivr.flow.spoken.voice import Voice

YUAN = MappingProxyType({"CNY": "人民币", "TWD": "新台币"})
"""Currencies told in 元, 角 and 分, and what they are called elsewhere."""
UNITS = MappingProxyType({"day": "天", "hour": "小时", "minute": "分钟", "second": "秒"})
TRADITIONAL = str.maketrans("两点负万亿时钟币", "兩點負萬億時鐘幣")


class ChineseVoice(Voice):
    def sum_of(self, amount: Decimal, code: str) -> str:
        if code not in YUAN:
            return self.decimal_counted(amount) + get_currency_name(code, None, self.locale)
        whole, rest = divmod(int(abs(amount) * 100), 100)
        jiao, fen = divmod(rest, 10)
        said = f"{counted(whole)}元" if whole or not rest else ""
        if jiao:  # 两 stands at the beginning only: 两角, but 两元二角
            said += f"{cardinal(jiao) if said else counted(jiao)}角"
        if fen:
            said += f"{'零' if whole and not jiao else ''}{cardinal(fen) if said else counted(fen)}分"
        home = "" if self.place.at_home(code) else YUAN[code]
        return self.sign(home + ("负" if amount < 0 else "") + said)

    def decimal(self, amount: Decimal) -> str:
        whole, _, fraction = f"{abs(amount):f}".partition(".")
        fraction = fraction.rstrip("0")
        said = cardinal(int(whole)) + (f"点{one_by_one(fraction)}" if fraction else "")
        return self.sign(("负" if amount < 0 else "") + said)

    def decimal_counted(self, amount: Decimal) -> str:
        """As `decimal`, before a measure word: 两美元."""
        return self.sign("两") if amount == 2 else self.decimal(amount)

    def counted(self, number: int, thing: str) -> str:
        return self.sign(counted(number)) + thing

    def day(self, day: datetime.date, style: str) -> str:
        said = f"{cardinal(day.month)}月{cardinal(day.day)}日"
        if style == "year":
            said = f"{one_by_one(str(day.year))}年{said}"
        return said if style == "short" else said + format_date(day, "EEEE", self.locale)

    def clock(self, clock: datetime.time) -> str:
        part = format_time(clock, "B", locale=self.locale)
        midnight = clock.hour == 0 and clock.minute == 0
        hour = (
            "十二"
            if midnight
            else "零"
            if clock.hour == 0
            else counted(clock.hour if clock.hour <= 12 else clock.hour - 12)
        )
        match clock.minute:
            case 0:
                minutes = ""
            case 30:
                minutes = "半"
            case late:
                minutes = f"{'零' if late < 10 else ''}{cardinal(late)}分"
        return part + self.sign(f"{hour}点{minutes}")

    def groups(self, groups: list[str]) -> str:
        return "，".join(one_by_one(group) for group in groups)

    def phone(self, value: object) -> str:
        said = super().phone(value)
        # on the mainland a 1 in a phone number is yāo, as yī sounds like qī (7)
        return said.replace("一", "幺") if self.place.region == "CN" else said

    def abroad(self, number: str) -> str:
        return f"加{number}"

    def duration(self, value: object) -> str:
        return self.sign("".join(counted(number) + UNITS[name] for number, name in parts("duration", value)))

    def at_most(self, most: int) -> str:
        return self.sign("不到一分钟" if most == 1 else f"最多{counted(most)}分钟")

    def from_to(self, least: int, most: int) -> str:
        return self.sign(f"{counted(least)}到{counted(most)}分钟")

    def place_in_line(self, number: int) -> str:
        return f"第{self.sign(cardinal(number))}"

    def sign(self, said: str) -> str:
        """Our words are written in simplified characters."""
        return said.translate(TRADITIONAL) if self.locale.script == "Hant" else said
