"""One form for words that were heard and words that were written, so that they can be compared."""

from __future__ import annotations

import re
import unicodedata

MAX_CHARACTERS = 1000
"""A minute of speech, the longest a carrier takes, is about 900 characters; what follows is cut off."""

HAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Characters written without spaces between words: Chinese, and kana. For use inside [ ]."""
HANGUL = "\u1100-\u11ff\uac00-\ud7af"
"""Korean syllables: words stand apart but carry their endings. For use inside [ ]."""

_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'"})
_TABLE_LACKS = str.maketrans("馀週", "余周")
"""Its table makes 餘額 into 馀额, where everybody writes 余额, and leaves 週 alone."""
_SOME_HAN = re.compile(f"[{HAN}]")
_TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:'[^\W_{HAN}]+)*")
_CHINESE = {"zh", "cmn", "yue", "wuu", "nan", "hak"}


def primary(language: str) -> str:
    """The language without its country: `en-US` is en; every kind of Chinese is zh."""
    first = language.replace("_", "-").split("-", 1)[0].lower()
    return "zh" if first in _CHINESE else first


def plain(text: str) -> str:
    """Cut, lower case, full-width and traditional characters folded; punctuation stays."""
    folded = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold()[:MAX_CHARACTERS].translate(_APOSTROPHES)
    return _simplified(folded) if _SOME_HAN.search(folded) else folded


def normal(text: str) -> str:
    """`plain`, without punctuation: one space between words, none between Chinese characters.

    Recognisers put spaces into Chinese where they like, so none is kept.
    """
    joined = ""
    for token in _TOKEN.findall(plain(text)):
        both_han = bool(joined) and _SOME_HAN.match(joined[-1]) and _SOME_HAN.match(token[0])
        joined += token if both_han or not joined else " " + token
    return joined


def is_han(word: str) -> bool:
    """Whether this word of a `normal` text is a run of Chinese characters."""
    return _SOME_HAN.match(word) is not None


def _simplified(text: str) -> str:
    from proces import preprocess  # here, because only Chinese callers need its tables

    folded: str = preprocess(text, pipelines=["traditional_to_simplified"])
    return folded.translate(_TABLE_LACKS)
