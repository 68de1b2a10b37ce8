"""Korean numbers as they are said on the phone: 사 이 공 공, 오만 삼천."""

from __future__ import annotations

import re

_FIGURE = dict(zip("공영일이삼사오육륙칠팔구", "001234566789", strict=True))
_UNITS = {"십": 10, "백": 100, "천": 1000}
_COUNTED = {
    **{"하나": "1", "둘": "2", "셋": "3", "넷": "4", "다섯": "5"},
    **{"여섯": "6", "일곱": "7", "여덟": "8", "아홉": "9", "열": "10"},
}
_NUMERALS = "".join(_FIGURE) + "".join(_UNITS) + "만"
_COUNTER = "월일년원번주달개"
"""What may follow a number within its word. 일 is a day as well as a one: 삼일 is a third, or 3 1."""
_WORD = re.compile(rf"([{_NUMERALS}\d]+?)((?:[{_COUNTER}].*)?|(?:입니다|이에요|예요|이요|요|이고|에|로|으로)?)")


def in_figures(text: str) -> str:
    """Numbers as figures: 삼월 삼일 is 3월 3일, 오만 삼천 원 is 53000 원."""
    words: list[str] = []
    for word in text.split():
        match = _WORD.fullmatch(word)
        if not match or word == "이번":  # "this", not the number 2
            words.append(_COUNTED.get(word, word))
            continue
        number, rest = match.groups()
        words.append(_value(number) + rest)
    return re.sub(r"(\d0000) (\d{1,4})(?!\d)", lambda m: str(int(m[1]) + int(m[2])), " ".join(words))


def digits(text: str) -> str:
    """Digit by digit, or as one number."""
    found = ""
    for word in re.sub(r"[^\w\s]", " ", text).split():
        bare = re.sub("(?:입니다|이에요|예요|이요|요|번|이고)$", "", word) or word
        whole = word if set(word) <= set(_NUMERALS + "0123456789") else bare
        if set(whole) <= set(_NUMERALS + "0123456789"):
            found += _value(whole)
        else:
            found += _COUNTED.get(bare, "".join(re.findall(r"[0-9]", word)))
    return found


def _value(number: str) -> str:
    """Without units each numeral is a digit; with them the whole is one number."""
    if not any(unit in number for unit in (*_UNITS, "만")):
        return "".join(_FIGURE.get(one, one) for one in number)
    total = section = 0
    held = ""
    for one in number:
        if one == "만":
            total += (section + int(held or 0) or 1) * 10_000
            section, held = 0, ""
        elif one in _UNITS:
            section += int(held or 1) * _UNITS[one]
            held = ""
        else:
            held += _FIGURE.get(one, one)
    return str(total + section + int(held or 0))
