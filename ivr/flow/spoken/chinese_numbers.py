"""Whole numbers in Chinese characters, with 零 and 两 where speakers put them."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
MYRIAD, HUNDRED_MILLION = 10**4, 10**8


def cardinal(number: int) -> str:
    """0 to 10**16: 二, 十二, 一百零二, 两千, 两万, 一亿零一千."""
    said = _any(number) or DIGITS[0]
    if said.startswith("一十"):
        return said[1:]
    if said[0] == "二" and said[1:2] in ("百", "千", "万", "亿"):
        return "两" + said[1:]
    return said


def counted(number: int) -> str:
    """Before a measure word: 两个, but 十二个."""
    return "两" if number == 2 else cardinal(number)


def one_by_one(signs: str) -> str:
    """Digits as characters and letters with blanks around them: 一零四二, A B 一二."""
    return " ".join("".join(DIGITS[int(sign)] if sign.isdigit() else f" {sign} " for sign in signs).split())


def _any(number: int) -> str:
    high, low = divmod(number, HUNDRED_MILLION)
    return _two(_below_hundred_million(high), "亿", _below_hundred_million(low), low < 10**7)


def _below_hundred_million(number: int) -> str:
    high, low = divmod(number, MYRIAD)
    return _two(_below_myriad(high), "万", _below_myriad(low), low < 1000)


def _two(high: str, unit: str, low: str, gap: bool) -> str:
    """Join two parts; a gap between them is one 零."""
    if not high:
        return low
    return high + unit + ("零" if low and gap else "") + low


def _below_myriad(number: int) -> str:
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            said += ("零" if gap and said else "") + ("两" if digit == 2 and unit == 1000 else DIGITS[digit]) + name
        gap = not digit
    return said
