"""Whole numbers in Hangul: Sino-Korean for sums, dates and minutes, the native words for hours and things counted."""

from __future__ import annotations

DIGITS = "공일이삼사오육칠팔구"
"""One by one, as in phone numbers: a nought is 공."""
MYRIADS = ("", "만", "억", "조")
TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
BEFORE_A_THING = {"하나": "한", "둘": "두", "셋": "세", "넷": "네", "스물": "스무"}
MOST_NATIVE = 99
"""Above this nobody counts in native words."""


def cardinal(number: int) -> str:
    """0 to 10**16: 영, 십이, 백이, 만, 사만 이천오백, 일억."""
    groups: list[str] = []
    for unit in MYRIADS:
        number, group = divmod(number, 10_000)
        if group:
            # ten thousand is 만, but a hundred million is 일억
            said = "" if group == 1 and unit == "만" and not number else _below_myriad(group)
            groups.insert(0, said + unit)
    return " ".join(groups) or "영"


def native(number: int) -> str:
    """1 to 99 before the thing counted: 한, 두, 열두, 스무, 스물한; beyond, and for nothing, as `cardinal`."""
    if not 1 <= number <= MOST_NATIVE:
        return cardinal(number)
    ten, one = divmod(number, 10)
    last = ONES[one] or TENS[ten]
    return (TENS[ten] if one else "") + BEFORE_A_THING.get(last, last)


def one_by_one(signs: str) -> str:
    """Digits and letters with blanks between them, so that no voice runs them together: 일 공 A."""
    return " ".join(DIGITS[int(sign)] if sign.isdigit() else sign for sign in signs)


def _below_myriad(number: int) -> str:
    said = ""
    for size, unit in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            said += ("" if digit == 1 and unit else DIGITS[digit]) + unit
    return said
