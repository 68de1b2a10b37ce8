"""Moods that the house knows by itself, per language: telltale phrases, and sentences in the text files beside.

`upset.en.txt` holds a sentence a line of callers who are in that mood, `calm.en.txt` of callers who share words or
matters with them and are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources

from ivr.intent.moods import chinese, english, korean

PHRASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "upset": {"en": english.UPSET, "zh": chinese.UPSET, "ko": korean.UPSET},
}
"""Mood -> primary language -> phrases that settle it, unless they are denied."""

CALM = "calm"


def sentences(mood: str, tongue: str) -> tuple[str, ...]:
    """Those of a file here; none where there is no such mood or language."""
    if mood != CALM and tongue not in PHRASES.get(mood, {}):
        return ()
    file = resources.files(__name__) / f"{mood}.{tongue}.txt"
    return tuple(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else ()
