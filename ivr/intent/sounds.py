"""Words as they sound, for languages in which what is heard right is often written wrong."""

from __future__ import annotations

from ivr.intent.text import is_han


def sounds(said: str, tongue: str) -> tuple[str, ...]:
    """The words of a `normal` text; of Chinese, the syllables in pinyin without tones: 讨餐 sounds like 套餐."""
    if tongue != "zh" or not any(is_han(one) for one in said):
        return tuple(said.split())
    from pypinyin import lazy_pinyin  # takes 0.3 s to import, and only Chinese callers need it

    syllables: list[str] = []
    for run in said.split():
        syllables += lazy_pinyin(run) if is_han(run) else (run,)
    return tuple(syllables)
