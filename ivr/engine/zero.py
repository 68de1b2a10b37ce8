"""Key 0 that is said and not pressed: "zero", 零, 영. All other keys said are numbers of a list, and read elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.call.verbs import Listen
from ivr.engine.phrases import is_cjk, plain
from ivr.engine.prompt import BRANCHING

ZERO = "0"
SAID: Mapping[str, tuple[str, ...]] = {
    "en": ("zero", "0", "press zero", "press 0", "number zero", "key zero", "zero please", "nought"),
    "zh": ("零", "0", "〇", "按零", "按0", "选零", "零键", "拨零"),
    "ko": ("영", "공", "0", "영번", "공번", "0번", "영번이요"),
}
PERHAPS: Mapping[str, tuple[str, ...]] = {"en": ("oh", "o")}
"""So the digit is read out; alone it may be a sigh."""


def is_said(listening: Listen, text: str) -> bool:
    """Whether these words are the key and nothing else, where no number is expected that could have it."""
    return _among(SAID, listening, text) or is_perhaps(listening, text)


def is_perhaps(listening: Listen, text: str) -> bool:
    """Whether the caller must be asked whether he meant it."""
    return _among(PERHAPS, listening, text)


def _among(known: Mapping[str, tuple[str, ...]], listening: Listen, text: str) -> bool:
    if listening.expect not in BRANCHING:
        return False
    heard = plain(text)
    spoken = heard.replace(" ", "") if is_cjk(heard) else heard
    return spoken in known.get(listening.language.split("-")[0], ())
