"""Words as they sound, as one string to measure distances on: letters of Hangul, pinyin, or plain letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
ENDINGS = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
TAILS = ("", *ENDINGS.split())
FIRST, LAST = 0xAC00, 0xD7A3
"""The composed syllables of Hangul, in the order of their letters."""
MUTE = LEADS.index("ㅇ")
"""At the beginning of a syllable this letter is not spoken."""


@lru_cache(maxsize=4096)
def sound(text: str) -> str:
    """How it sounds: no case, no spaces, no punctuation. Hangul in single letters: 연결이 is near 연겨리."""
    said = "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())
    if any(_is_han(one) for one in said):
        from pypinyin import lazy_pinyin  # takes 0.3 s to import, and only Chinese needs it

        syllables: list[str] = lazy_pinyin(said)
        said = "".join(syllables)
    return "".join(_letters(one) for one in said)


def apart(one: str, other: str) -> float:
    """How unlike two texts sound: 0 alike, 1 wholly."""
    return Levenshtein.normalized_distance(sound(one), sound(other))


def _is_han(one: str) -> bool:
    return "\u4e00" <= one <= "\u9fff" or "\u3400" <= one <= "\u4dbf"


def _letters(one: str) -> str:
    place = ord(one) - FIRST
    if not 0 <= place <= LAST - FIRST:
        return one
    lead, rest = divmod(place, len(VOWELS) * len(TAILS))
    vowel, tail = divmod(rest, len(TAILS))
    spoken = "" if lead == MUTE else LEADS[lead]
    return f"{spoken}{VOWELS[vowel]}{TAILS[tail]}"
