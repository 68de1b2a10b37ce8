"""Vosk behind the port: a grammar made for each answer, or a warmed recogniser for open questions."""

from __future__ import annotations

import json
import weakref
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from ivr.errors import SpeechError
from ivr.speech.codec import EAR_HZ, FRAME_MS, LINE_HZ, Doubler, Samples
from ivr.speech.end_of_speech import patience_s
from ivr.speech.gate import PRE_ROLL_MS
from ivr.speech.grammar import Deaf, Grammar, deaf_to, grammar
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.level import Leveller
from ivr.speech.matching import Wording, is_whole, match
from ivr.speech.recognisers.dither import Dither
from ivr.speech.recognisers.vosk_model import VoskModel, load

N_BEST = 10
"""Wordings asked of a grammar: a whole phrase is often second to a jumble that is hardly likelier."""
KEPT_WARM = 8
"""Recognisers for open questions, of 32 MB each; a fresh one burns more than a second of CPU in its first audio."""
WARM_UP_S = 1.0
STEP = LINE_HZ * 3 * FRAME_MS // 1000
"""Samples of the line that Vosk is given at a time, however they came: what it hears hangs on that a little. So few
that it knows in a pause what was said before; no dearer than more."""


class VoskRecogniser:
    """One language's ears."""

    def __init__(self, model: VoskModel, *, kept_warm: int = KEPT_WARM) -> None:
        self._model = model
        self._warm: deque[Any] = deque(maxlen=kept_warm)
        # When the process ends too: later Vosk's own module may be gone, which a recogniser wants for its end.
        weakref.finalize(self, self._warm.clear)

    @classmethod
    def at(cls, folder: Path, language: str, *, probe: bool = True) -> VoskRecogniser:
        """From a model's folder; SpeechError where it is broken or of another language."""
        return cls(load(folder, language, probe=probe))

    @property
    def name(self) -> str:
        folder = self._model.folder
        return folder.parent.name.replace("_", "-") if folder.name == "model" else folder.name

    def warm(self, count: int) -> None:
        """Make recognisers for open questions ready, a second or two of CPU each."""
        hiss = np.random.default_rng(1).integers(-200, 200, round(EAR_HZ * WARM_UP_S)).astype(np.int16).tobytes()
        for _ in range(count):
            fresh = self._made(None)
            fresh.AcceptWaveform(hiss)
            fresh.FinalResult()
            self._warm.append(fresh)

    def open(self, expected: Expectation) -> VoskStream:
        listened_for = grammar(expected, self._model.knows) if self._model.takes_grammar else None
        if listened_for is not None:
            return VoskStream(self._made(listened_for), listened_for, None, patience_s(expected))
        try:
            open_ear = self._warm.pop()
        except IndexError:
            open_ear = self._made(None)
        phrases = expected.phrases if expected.kind == "choice" else ()
        return VoskStream(open_ear, Grammar((), phrases), self._warm, patience_s(expected))

    def deaf_to(self, phrases: Iterable[str]) -> tuple[Deaf, ...]:
        return tuple(deaf for phrase in phrases for deaf in deaf_to(phrase, self._model.knows))

    def _made(self, listened_for: Grammar | None) -> Any:
        import vosk

        try:
            if listened_for is None:
                return vosk.KaldiRecognizer(self._model.handle, EAR_HZ)
            phrases = [*listened_for.spelled, *listened_for.others, *(["[unk]"] if self._model.knows("[unk]") else [])]
            made = vosk.KaldiRecognizer(self._model.handle, EAR_HZ, json.dumps(phrases, ensure_ascii=False))
            made.SetMaxAlternatives(N_BEST if listened_for.phrases else 0)
            return made
        except Exception as error:  # Vosk raises nothing more particular
            raise SpeechError(f"{self.name} cannot listen: {error}") from error


class VoskStream:
    """One answer."""

    def __init__(self, ear: Any, listened_for: Grammar, back: deque[Any] | None, patience_s: float) -> None:
        self._ear = ear
        self._phrases, self._around = listened_for.phrases, listened_for.around
        self._back = back
        """Where a recogniser for open questions goes when the answer is over."""
        self._leveller, self._doubler, self._dither = Leveller(), Doubler(), Dither()
        self._tail = np.zeros(0, np.int16)
        """Less than a step."""
        self._spoken_s = -patience_s - PRE_ROLL_MS / 1000
        """How long was spoken: what is fed, without the silence before and after it."""
        self._parts: list[list[Wording]] = []
        """What was heard between pauses that Vosk itself took for an end."""

    def feed(self, samples: Samples) -> None:
        self._spoken_s += len(samples) / LINE_HZ
        whole = np.concatenate([self._tail, samples])
        steps = len(whole) // STEP * STEP
        for at in range(0, steps, STEP):
            self._accept(self._leveller.level(whole[at : at + STEP]))
        self._tail = whole[steps:]

    def _accept(self, samples: Samples) -> None:
        if not len(samples):
            return
        try:
            if self._ear.AcceptWaveform(self._dither.under(self._doubler.double(samples)).tobytes()):
                self._parts.append(_wordings(self._ear.Result()))
        except Exception as error:  # Vosk raises nothing more particular
            raise SpeechError(f"Vosk failed in the middle of an answer: {error}") from error

    def settled(self) -> bool:
        if not self._phrases:
            return False
        before = [part[0].text for part in self._parts if part]
        said = str(json.loads(self._ear.PartialResult())["partial"]).replace("[unk]", " ")
        return is_whole(" ".join([*before, said]), self._phrases)

    def finish(self) -> Heard | Nothing:
        self._accept(self._leveller.level(self._tail))
        self._accept(self._leveller.rest())
        self._parts.append(_wordings(self._ear.FinalResult()))
        open_question = self._back is not None
        self._hand_back()
        heard = _joined([part for part in self._parts if part])
        if not heard:
            return Nothing("silence")
        if self._phrases:
            return match(heard, self._phrases, spoken_s=self._spoken_s, around=self._around)
        # What Vosk says of its own confidence separates right from wrong in nothing, so it is left out.
        # A grammar of single words makes digits of whatever is said: they are read back to the caller.
        return Heard(heard[0].text, None, sure=open_question)

    def drop(self) -> None:
        if self._ear is not None:
            self._ear.FinalResult()  # after `Reset` the next caller would be heard with this one's voice in mind
            self._hand_back()

    def _hand_back(self) -> None:
        if self._back is not None:
            self._back.append(self._ear)
        self._ear = self._back = None


def _wordings(result: str) -> list[Wording]:
    """Of one result as Vosk writes it, the likeliest first; `[unk]` is a word of no sense and goes."""
    read: dict[str, Any] = json.loads(result)
    said = read.get("alternatives") or [{"text": read.get("text", ""), "confidence": 0.0}]
    best = max(one["confidence"] for one in said)
    texts = [(one["text"].replace("[unk]", " ").split(), best - one["confidence"]) for one in said]
    if not texts[0][0]:
        return []  # its best guess is that nothing was said
    return [Wording(" ".join(words), worse) for words, worse in texts if words]


def _joined(parts: list[list[Wording]]) -> list[Wording]:
    """Of an answer in parts: the best of each, and one after the other its second best in their place."""
    if not parts:
        return []
    best = [part[0].text for part in parts]
    joined = [Wording(" ".join(best))]
    for place, part in enumerate(parts):
        joined += [Wording(" ".join([*best[:place], one.text, *best[place + 1 :]]), one.worse_by) for one in part[1:]]
    return joined
