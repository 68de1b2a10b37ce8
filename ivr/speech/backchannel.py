"""Sounds by which a listener says "I am here", in the middle of somebody's sentence: no answer, and no interruption."""

from __future__ import annotations

from collections.abc import Mapping

BACKCHANNELS: Mapping[str, str] = {
    "en": "|uh huh|uhhuh|uh|um|hm|hmm|mm|mmm|mhm|mm hmm|mmhmm|aha|ah|oh|okay|ok|right|i see|yeah|yep|",
    "zh": "|嗯|嗯嗯|哦|噢|啊|呃|好|好的|对|是的|是|",
    "ko": "|음|응|어|아|네|예|네네|그렇군요|아하|",
}


def is_backchannel(text: str, language: str) -> bool:
    """Of a whole utterance. `yes` alone is none: who says it means it."""
    words = "".join(one if one.isalnum() else " " for one in text.casefold()).split()
    return bool(words) and f"|{' '.join(words)}|" in BACKCHANNELS.get(language.split("-")[0], "")
