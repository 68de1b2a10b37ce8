"""How callers say yes and no, per language."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.intent.assent.chinese import CHINESE
from ivr.intent.assent.english import ENGLISH
from ivr.intent.assent.judge import doubts, judge
from ivr.intent.assent.kinds import Assent, Said, Vote
from ivr.intent.assent.korean import KOREAN

ASSENTS: Mapping[str, Assent] = {"en": ENGLISH, "zh": CHINESE, "ko": KOREAN}

__all__ = ["ASSENTS", "Assent", "Said", "Vote", "doubts", "judge"]
