"""Key 0 that is said and not pressed: "zero", 零, 영. All other keys said are numbers of a list, and read elsewhere.

"Oh" is a sigh far more often than a key, and a yes to what came of it would be no consent.
"""

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


def is_said(listening: Listen, text: str) -> bool:
    """Whether these words are the key and nothing else, where no number is expected that could have it."""
    if listening.expect not in BRANCHING:
        return False
    heard = plain(text)
    spoken = heard.replace(" ", "") if is_cjk(heard) else heard
    return spoken in SAID.get(listening.language.split("-")[0], ())
