"""Whisper behind the port: the whole answer at once, when it is over. Hears anything; a grammar only helps after it."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from ivr.errors import SpeechError
from ivr.speech.codec import EAR_HZ, LINE_HZ, Samples
from ivr.speech.grammar import Deaf
from ivr.speech.hearing import Expectation
from ivr.speech.matching import Wording
from ivr.speech.recognisers.written import NOT_WRITTEN, Written, WrittenStream
from ivr.speech.resample import twice

BEAM = 5
OTHERS = 3
MOST_TOKENS = 96
"""Of an answer: about seventy words."""
SHORTEST_S, ROOM_S = 12.0, 6.0
"""The model was trained on 30 s and takes its time by what it is told. 12 s take a quarter of that; told of 3 or 6 s
it says short answers over and over, so it is told of so much at least, and of so much more than there is."""
MOST_LETTERS_A_SECOND = 25
"""Nobody speaks faster: more is an answer said over and over after all, and it is read again as 30 s."""
LONGEST_S = 30.0
NO_SPEECH, UNLIKELY = 0.3, -0.6
"""Less likely speech than the one and a less likely text than the other: nothing was said. Whisper makes sentences up
from noise; of noise, tones, music and a cough it gave 0.5-0.96 and less than this, of speech 0.1 at most."""
FEW_PIECES = 6
"""What an answer of fewer pieces of words loses is spread over so many: the first word of any answer is a surprise."""
OPENING = "Telephone hotline."
MOST_HINTS, WORDS_A_HINT = 40, 2
"""Short phrases told to the model as what went before: "invoice" is then no longer "and boys". Written as sentences;
after a list of many words it writes lists itself."""
NEEDED = ("model.bin", "config.json", "tokenizer.json")


class WhisperRecogniser:
    """One language's ears, made by `at`."""

    def __init__(self, model: Any, tokenizer: Any, name: str) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._name = name
        self._features = threading.Lock()
        """The maker of features keeps the length of the audio in itself."""

    @classmethod
    def at(cls, folder: Path, language: str, *, threads: int = 1, at_once: int = 2) -> WhisperRecogniser:
        """From a folder as CTranslate2 writes it; `at_once` answers may be worked on, each by `threads` threads."""
        for name in NEEDED:
            if not (folder / name).is_file() or not (folder / name).stat().st_size:
                raise SpeechError(f"{folder}: this is no Whisper model, or not all of it: {name} is missing or empty")
        if folder.name.endswith(".en") and language != "en":
            raise SpeechError(f"{folder}: this model hears only English, not {language!r}")
        try:
            from faster_whisper import WhisperModel
            from faster_whisper.tokenizer import Tokenizer
        except ImportError as error:
            raise SpeechError("Whisper wants the package faster-whisper: pip install 'ivr[ears]'") from error
        try:
            model = WhisperModel(
                str(folder), device="cpu", compute_type="int8", cpu_threads=threads, num_workers=at_once,
                local_files_only=True,
            )  # fmt: skip
            many = bool(model.model.is_multilingual)
            if not many and language != "en":
                raise SpeechError(f"{folder}: this model hears only English, not {language!r}")
            tokenizer = Tokenizer(model.hf_tokenizer, many, task="transcribe", language=language)
        except (RuntimeError, ValueError, OSError) as error:
            raise SpeechError(f"{folder}: Whisper cannot read this model: {error}") from error
        return cls(model, tokenizer, folder.parent.name.replace("_", "-") if folder.name == "model" else folder.name)

    @property
    def name(self) -> str:
        return self._name

    def warm(self, count: int) -> None:
        """One answer, whatever the count: the model is the same for all, and slow only the first time."""
        self.write_down(np.zeros(LINE_HZ, np.int16))

    def open(self, expected: Expectation) -> WrittenStream:
        return WrittenStream(self.write_down, expected)

    def deaf_to(self, phrases: Iterable[str]) -> tuple[Deaf, ...]:
        """It spells anything."""
        return ()

    def write_down(self, samples: Samples, hints: Iterable[str] = ()) -> Written:
        """What was said in this audio of the line; no wordings where it was no speech."""
        prompt = self._prompt(hints)
        spoken_s = len(samples) / LINE_HZ
        wave = twice(samples).astype(np.float32) / 32_768
        result = self._read(prompt, wave, min(LONGEST_S, max(SHORTEST_S, spoken_s + ROOM_S)))
        if len(self._tokenizer.decode(result.sequences_ids[0])) > MOST_LETTERS_A_SECOND * max(spoken_s, 1):
            result = self._read(prompt, wave, LONGEST_S)
        if result.no_speech_prob > NO_SPEECH and result.scores[0] < UNLIKELY:
            return NOT_WRITTEN
        texts = [self._tokenizer.decode(tokens).strip() for tokens in result.sequences_ids]
        wordings = tuple(
            Wording(text, float(result.scores[0] - score))
            for text, score in zip(texts, result.scores, strict=True)
            if any(one.isalnum() for one in text)
        )
        pieces = len(result.sequences_ids[0]) + 1  # the end is one too
        return Written(wordings, math.exp(result.scores[0] * pieces / max(pieces, FEW_PIECES)))

    def _prompt(self, hints: Iterable[str]) -> list[int]:
        tokenizer = self._tokenizer
        short = [hint for hint in dict.fromkeys(hints) if len(hint.split()) <= WORDS_A_HINT][:MOST_HINTS]
        told: list[int] = tokenizer.encode(f" {OPENING} {', '.join(short).capitalize()}.") if short else []
        before = [tokenizer.sot_prev, *told] if told else []
        return [*before, *tokenizer.sot_sequence, tokenizer.no_timestamps]

    def _read(self, prompt: list[int], wave: Any, seconds: float) -> Any:
        from faster_whisper.transcribe import get_ctranslate2_storage

        maker, model = self._model.feature_extractor, self._model.model
        try:
            with self._features:
                found = maker(wave, padding=0)
            frames = round(seconds * EAR_HZ / maker.hop_length)
            held = found[:, :frames]
            held = np.pad(held, ((0, 0), (0, frames - held.shape[1]))).astype(np.float32)
            [result] = model.generate(
                model.encode(get_ctranslate2_storage(held[None])),
                [prompt],
                beam_size=BEAM, num_hypotheses=OTHERS, max_length=len(prompt) + MOST_TOKENS,
                return_scores=True, return_no_speech_prob=True,
            )  # fmt: skip
        except (RuntimeError, ValueError) as error:
            raise SpeechError(f"{self._name} failed: {error}") from error
        return result
