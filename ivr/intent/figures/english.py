"""English numbers as they are said on the phone: text2num, and what it does not know: "oh", "double five"."""

from __future__ import annotations

import re

from ivr.intent.figures.european import convert

_UNITS = "zero one two three four five six seven eight nine"
_TENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_MORE = "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million"
_NUMBER = frozenset(f"{_UNITS} {_TENS} {_MORE} double triple treble oh o nought naught".split())
_NOUGHTS = frozenset({"oh", "o", "nought", "naught", "nil"})
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_SOUNDS_LIKE = {"to": "two", "too": "two", "for": "four", "fore": "four", "ate": "eight", "won": "one"}
_WORD = re.compile(r"[a-z']+|\d+(?:[-.,:/]\d+)*(?:st|nd|rd|th)?|[^\sa-z\d]")
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b")


def in_figures(text: str) -> str:
    """Number words as figures; "oh" counts as a zero beside a number only."""
    return convert(" ".join(_spelled(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text))), "en")


def digits(text: str) -> str:
    """Digit by digit, in pairs or as one number: "four twenty one" is 421, "forty two hundred" is 4200."""
    words = _spelled(re.sub(r"[^\w\s']", " ", text))
    heard = [_misheard(words, at) for at in range(len(words))]
    figures = _ORDINAL.sub(" ", convert(" ".join(heard), "en"))
    return "".join(re.findall(r"[0-9]", figures))


def _spelled(text: str) -> list[str]:
    words = _WORD.findall(text)
    spelled: list[str] = []
    for at, word in enumerate(words):
        beside = [*words[max(0, at - 1) : at], *words[at + 1 : at + 2]]
        if word in _NOUGHTS and (len(words) == 1 or any(map(_is_number, beside))):
            word = "zero"
        before = words[at - 1] if at else ""
        spelled += [word] * _TIMES.get(before, 1) if _is_number(word) else [word]
    return [word for at, word in enumerate(spelled) if not _repeats(spelled, at)]


def _repeats(words: list[str], at: int) -> bool:
    """Whether this is a "double" that has done its work on the word after it."""
    return words[at] in _TIMES and at + 1 < len(words) and _is_number(words[at + 1])


def _misheard(words: list[str], at: int) -> str:
    """ "for" between numbers is "four"; a number must stand before it, and another one, or nothing, after it."""
    between = at > 0 and _is_number(words[at - 1]) and (at + 1 == len(words) or _is_number(words[at + 1]))
    return _SOUNDS_LIKE.get(words[at], words[at]) if between else words[at]


def _is_number(word: str) -> bool:
    return word in _NUMBER or word.isdecimal()
