"""Which voices this machine has."""

from __future__ import annotations

from pathlib import Path

from ivr.speech.voices.espeak import find_espeak
from ivr.speech.voices.piper import find_pipers
from ivr.speech.voices.voice import Voice


def installed(folder: Path | None = None) -> tuple[Voice, ...]:
    """In order of preference: Piper voices of `folder`, the packaged Piper voice, espeak-ng."""
    espeak = find_espeak()
    return (*find_pipers(folder), *((espeak,) if espeak else ()))
