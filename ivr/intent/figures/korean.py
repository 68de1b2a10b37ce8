"""Korean numbers as they are said on the phone: 사 이 공 공, 오만 삼천, 열두."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIGURE = dict(zip("공영일이삼사오육륙칠팔구", "001234566789", strict=True))
_UNITS = {"십": 10, "백": 100, "천": 1000}
_MYRIADS = {"만": 10**4, "억": 10**8, "조": 10**12}
_ONES = dict(zip(("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"), range(1, 10), strict=True))
_BEFORE_A_THING = {"한": 1, "두": 2, "세": 3, "네": 4}
"""Numbers only behind a ten (열두): alone they are other words besides, 네 is "yes"."""
_TENS = {
    **dict(zip(("열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"), range(10, 100, 10), strict=True)),
    "스무": 20,
}
_NATIVE = {
    **_ONES,
    **_TENS,
    **{ten + one: tens + ones for ten, tens in _TENS.items() for one, ones in (_ONES | _BEFORE_A_THING).items()},
}
_DAYS = {
    **{"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5},
    **{"엿새": 6, "이레": 7, "여드레": 8, "아흐레": 9, "열흘": 10, "보름": 15},
}
_MONTHS = {"유월": "6월", "시월": "10월"}
_NUMERALS = "".join(_FIGURE) + "".join(_UNITS) + "".join(_MYRIADS)
_COUNTER = "(?:[월년원번주달개]|일(?![일십백천만억조]))"
"""What may follow a number within its word. 일 is a day as well as a one: 삼일 is a third, or 3 1."""
_ENDINGS = "입니다|이에요|예요|이요|요|이고|에|의|로|으로"
_WORD = re.compile(rf"([{_NUMERALS}\d]+?)((?:{_COUNTER}.*)?|(?:{_ENDINGS})?)")
_NUMBER_WORD = re.compile(rf"(?:{'|'.join(sorted(_NATIVE, key=len, reverse=True))})(?=번|$|{_ENDINGS})")
_ROUND = re.compile(rf"[{_NUMERALS}\d]*[{''.join(_UNITS)}{''.join(_MYRIADS)}]")
"""A word of a number that more may follow: 오만, 삼천."""
_RUN_TOGETHER = re.compile(rf"(?<=[{_NUMERALS}\d])([년월])(?=[{_NUMERALS}\d])")
"""A date in one word: 이월이십일일."""
_NO_DAY = re.compile(r"(\d*0)일(?= ?(?:원|달러))|(\d+0)일")
"""이십일 is the twentieth and 21; of money it is 21, and beyond a hundred nobody counts days."""
_MOST_DAYS = 100


def in_figures(text: str) -> str:
    """Numbers as figures: 삼월 삼일 is 3월 3일, 오만 삼천 원 is 53000 원, 이틀 is 2일."""
    words: list[str] = []
    for word in _joined(_RUN_TOGETHER.sub(r"\1 ", text).split()):
        word = _MONTHS.get(word[:2], word[:2]) + word[2:]
        day = next((day for day in _DAYS if word.startswith(day)), None)
        match = _WORD.fullmatch(word)
        if day:
            words.append(f"{_DAYS[day]}일{word[len(day) :]}")
        elif match and word != "이번":  # "this", not the number 2
            words.append(_value(match[1]) + match[2])
        else:
            words.append(_NUMBER_WORD.sub(lambda found: str(_NATIVE[found[0]]), word))
    return _NO_DAY.sub(_and_one, " ".join(words))


def _and_one(found: re.Match[str]) -> str:
    number = int(found[1] or found[2])
    return str(number + 1) if found[1] or number > _MOST_DAYS else found[0]


def digits(text: str) -> str:
    """Digit by digit, or as one number."""
    found = ""
    for word in _joined(re.sub(r"[^\w\s]", " ", text).split()):
        bare = re.sub(f"(?:{_ENDINGS}|번)$", "", word) or word
        whole = word if set(word) <= set(_NUMERALS + "0123456789") else bare
        if set(whole) <= set(_NUMERALS + "0123456789"):
            found += _value(whole)
        else:
            found += str(_NATIVE[bare]) if bare in _NATIVE else "".join(re.findall(r"[0-9]", word))
    return found


def _joined(words: list[str]) -> Iterator[str]:
    """A number that was said in several words as one: 오만 삼천 원 is 오만삼천 원. What follows must be smaller."""
    held = ""
    for word in words:
        match = _WORD.fullmatch(word)
        if held and match and word[0] not in "0123456789" and _follows(held, match[1]):
            held += word
        else:
            if held:
                yield held
            held = word
        if not _ROUND.fullmatch(held):
            yield held
            held = ""
    if held:
        yield held


def _follows(number: str, more: str) -> bool:
    """Whether what comes is below the last unit of the number."""
    unit = (_UNITS | _MYRIADS)[number[-1]]
    return 0 < int(_value(more)) < unit and (len(more) == 1 or any(one in _UNITS for one in more))


def _value(number: str) -> str:
    """Without units each numeral is a digit; with them the whole is one number."""
    if not any(unit in number for unit in (*_UNITS, *_MYRIADS)):
        return "".join(_FIGURE.get(one, one) for one in number)
    total = section = 0
    held = ""
    for one in number:
        if one in _MYRIADS:
            total += (section + int(held or 0) or 1) * _MYRIADS[one]
            section, held = 0, ""
        elif one in _UNITS:
            section += int(held or 1) * _UNITS[one]
            held = ""
        else:
            held += _FIGURE.get(one, one)
    return str(total + section + int(held or 0))
