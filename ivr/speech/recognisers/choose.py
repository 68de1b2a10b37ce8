"""Which recogniser hears a language, of those that are installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from ivr.speech.models.places import Installed, installed
from ivr.speech.recogniser import Recogniser

ORDER = ("vosk", "whisper")
"""Vosk first: it listens while the caller speaks, and only for what can be answered."""


def best(language: str, folders: Iterable[Path]) -> Installed | None:
    """The model to hear a language with; None where none is installed: then keys, or the carrier's ears."""
    return next(iter(able(language, folders)), None)


def able(language: str, folders: Iterable[Path]) -> list[Installed]:
    """All that hear it, the best first: one may turn out to be broken."""
    language = language.split("-")[0]
    found = [one for one in installed(folders) if one.language in (language, "*") and _runs(one)]
    return sorted(found, key=lambda one: ORDER.index(one.kind))


def load(model: Installed, language: str) -> Recogniser:
    """Read the model: a second or two. SpeechError where it is broken or hears another language."""
    language = language.split("-")[0]
    if model.kind == "whisper":
        from ivr.speech.recognisers.whisper import WhisperRecogniser

        return WhisperRecogniser.at(model.folder, language)
    from ivr.speech.recognisers.vosk import VoskRecogniser  # takes half a second to import

    return VoskRecogniser.at(model.folder, language, probe=model.packaged is None)


def _runs(model: Installed) -> bool:
    """Whisper's library is an extra."""
    return model.kind == "vosk" or find_spec("faster_whisper") is not None
