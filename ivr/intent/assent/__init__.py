"""How callers say yes and no, per language."""

from __future__ import annotations

from ivr.intent.assent.judge import doubts, judge, puzzled
from ivr.intent.assent.votes import ASSENTS, votes

__all__ = ["ASSENTS", "doubts", "judge", "puzzled", "votes"]
