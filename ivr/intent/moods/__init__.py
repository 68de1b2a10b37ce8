"""Moods that the house knows by itself, per language."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.intent.moods import chinese, english, korean
from ivr.intent.moods.kinds import Mood

MOODS: Mapping[str, Mapping[str, Mood]] = {
    "upset": {"en": english.UPSET, "zh": chinese.UPSET, "ko": korean.UPSET},
}
"""Mood -> language -> sentences."""

__all__ = ["MOODS", "Mood"]
