"""A Vosk model: its folder looked through, loaded once and shared by all threads."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from ivr.errors import SpeechError
from ivr.speech.recognisers.dither import undithered

# One decode is one thread; OpenBLAS would start a thread per core for each of them. It reads this when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import vosk

vosk.SetLogLevel(-1)

NEEDED = {
    "am/final.mdl": "final.mdl",
    "conf/mfcc.conf": "mfcc.conf",
    "graph/HCLr.fst": "HCLr.fst",
    "graph/Gr.fst": "Gr.fst",
}
"""Where each part stands, and where it stood in old models."""
WHOLE_GRAPH = ("graph/HCLG.fst", "HCLG.fst")
"""A model with this one listens for anything, and takes no grammar."""
USUAL = {
    "en": ("yes", "no", "the", "please"),
    "zh": ("是", "我", "不", "有"),
    "ko": ("네", "다시", "시간", "확인"),
    "de": ("ja", "nein", "und"),
    "fr": ("oui", "non", "le"),
    "es": ("sí", "gracias", "el"),
}
"""Words that every model of a language knows."""
PROBE = (
    "import sys, vosk; vosk.SetLogLevel(-1); r = vosk.KaldiRecognizer(vosk.Model(sys.argv[1]), 16000);"
    " r.AcceptWaveform(bytes(32000)); r.FinalResult(); print('hears')"
)
PROBE_S = 120


class VoskModel:
    """Made by `load`. Its recognisers add no noise of their own: it is laid under what they are given (`Dither`)."""

    def __init__(self, handle: Any, folder: Path, *, takes_grammar: bool) -> None:
        self.handle = handle
        self.folder = folder
        self.takes_grammar = takes_grammar
        self.knows = lru_cache(maxsize=16_384)(self._knows)

    def _knows(self, word: str) -> bool:
        """Whether the vocabulary has a word, as it is spelled."""
        return bool(self.handle.vosk_model_find_word(word) >= 0)


def load(folder: Path, language: str, *, probe: bool = True) -> VoskModel:
    """Read a model from its folder (a second, and half a gigabyte for a small one); SpeechError with a sentence.

    `probe` tries it in a process of its own first: Vosk loads some broken models and then takes its process down.
    """
    takes_grammar = _look_through(folder)
    if probe:
        _try(folder)
    try:
        with undithered(folder) as again:
            handle = vosk.Model(str(again))
    except SpeechError:
        raise
    except Exception as error:  # Vosk raises nothing more particular
        raise SpeechError(f"{folder}: Vosk cannot read this model: {error}. Get it anew: ivr models get") from error
    model = VoskModel(handle, folder, takes_grammar=takes_grammar)
    usual = USUAL.get(language, ())
    if usual and not any(model.knows(word) for word in usual):
        raise SpeechError(f"{folder}: this model does not hear {language!r}: it knows none of {', '.join(usual)}")
    return model


def _look_through(folder: Path) -> bool:
    """Whether it takes a grammar. SpeechError where a part is missing or empty."""
    if not folder.is_dir():
        raise SpeechError(f"{folder}: there is no such folder; ivr models list tells what is installed")
    whole = any((folder / name).is_file() for name in WHOLE_GRAPH)
    for place, old_place in NEEDED.items():
        if (whole and "Gr.fst" in place + old_place) or (whole and "HCLr" in place):
            continue
        there = [path for path in (folder / place, folder / old_place) if path.is_file()]
        if not there:
            raise SpeechError(f"{folder}: this is no Vosk model, or not all of it: {place} is missing")
        if not there[0].stat().st_size:
            raise SpeechError(f"{folder}: {there[0].relative_to(folder)} is empty; get the model anew")
    return not whole


def _try(folder: Path) -> None:
    try:
        done = subprocess.run(
            [sys.executable, "-c", PROBE, str(folder)], capture_output=True, text=True, timeout=PROBE_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise SpeechError(f"{folder}: Vosk took more than {PROBE_S} s to read this model") from None
    if "hears" in done.stdout and not done.returncode and "ERROR" not in done.stderr:
        return
    said = next((line for line in done.stderr.splitlines() if line.startswith("ERROR")), "").strip()
    raise SpeechError(f"{folder}: this model is broken; get it anew. {said or 'Vosk ended while reading it.'}")
