"""The voices of this machine that work; one that does not is told and left out, and the others speak."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

from ivr.errors import SpeechError
from ivr.speech.voices.installed import installed
from ivr.speech.voices.voice import Voice, base

log = logging.getLogger(__name__)


def found(folder: Path) -> tuple[Voice, ...]:
    """Those of `folder` and those that are installed, in order of preference. Nothing is loaded yet."""
    try:
        return installed(folder)
    except SpeechError as error:
        log.error("the voices in %s are left out: %s", folder, error)
        return installed()


def readied(voices: Sequence[Voice], languages: Iterable[str]) -> tuple[Voice, ...]:
    """The same without those that fail, whoever speaks one of the languages first being loaded: a second or two."""
    left = tuple(voice for voice in voices if _speaks_at_all(voice))
    for language in languages:
        for voice in left:
            if base(language) not in voice.languages:
                continue
            try:
                voice.ready()
                break
            except SpeechError as error:
                log.error("a voice is left out: %s", error)
                left = tuple(other for other in left if other is not voice)
    return left


def _speaks_at_all(voice: Voice) -> bool:
    try:
        return bool(voice.languages)
    except SpeechError as error:
        log.error("a voice is left out: %s", error)
        return False
