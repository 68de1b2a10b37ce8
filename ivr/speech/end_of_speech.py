"""When a caller begins to speak and when he has ended: told per frame of 20 ms, with time counted in frames.

webrtcvad says whether a frame sounds like a voice; that alone takes tones, music and hiss for speech. So a frame must
also stand out from the quietest moment of the last second and a half: between syllables a voice falls by much more
than `STANDS_OUT_DB`, and a steady sound by nothing.
"""

from __future__ import annotations

from collections import deque
from enum import Enum

import numpy as np
import webrtcvad

from ivr.speech.codec import FRAME_MS, LINE_HZ, Samples
from ivr.speech.hearing import Expectation

STRICTNESS = 2
"""Of webrtcvad, 0-3. The strictest passes only 60 % of a faint voice; what this one lets through besides is steady."""
FAINTEST_DB = -55.0
"""Below full scale. What is fainter than this is not meant for us."""
STANDS_OUT_DB = 6.0
FLOOR_FRAMES = 1500 // FRAME_MS
STARTS_WITH = 5
"""Of the last `STARTS_WITHIN` frames so many must be speech: 100 of 160 ms. A click or a cough of one frame is none."""
STARTS_WITHIN = 8

SHORT_S = 0.3
"""Silence that ends an answer which is one of a few."""
LONG_S = 0.7
"""Silence that ends digits and whole sentences, in which people stop to think."""
SHORT_KINDS = frozenset({"yes_no", "choice"})
UNHURRIED = 1.5
LONGEST_S = 20.0
"""Speech is cut here, so that 30 minutes of talk, or of music, are one turn like another."""


class Moment(Enum):
    """What a frame brought."""

    STARTED = "started"
    PAUSED = "paused"
    """Silent for as long as ends a short answer, where longer ones are waited for."""
    ENDED = "ended"
    CUT = "cut"
    """Ended because it took too long."""


def patience_s(expectation: Expectation) -> float:
    """Silence after speech that ends the turn."""
    seconds = SHORT_S if expectation.kind in SHORT_KINDS else LONG_S
    return seconds * UNHURRIED if expectation.unhurried else seconds


class EndOfSpeech:
    """One caller's. `turn` begins a turn and keeps what is known of the line's noise."""

    def __init__(self, patience_s: float = LONG_S, *, longest_s: float = LONGEST_S) -> None:
        self._vad = webrtcvad.Vad(STRICTNESS)
        self._levels: deque[float] = deque(maxlen=FLOOR_FRAMES)
        self._longest = round(longest_s * 1000 / FRAME_MS)
        self.turn(patience_s)

    def turn(self, patience_s: float) -> None:
        """Listen for a new utterance, ended by `patience_s` of silence."""
        self._patience = round(patience_s * 1000 / FRAME_MS)
        self._pause = round(SHORT_S * 1000 / FRAME_MS)
        self._recent: deque[bool] = deque(maxlen=STARTS_WITHIN)
        self.speaking = False
        self._spoken = self._quiet = 0

    def rest(self) -> None:
        """The utterance under way is over."""
        self._recent.clear()
        self.speaking = False

    def hear(self, samples: Samples) -> Moment | None:
        """One frame of the line, 160 samples. After ENDED or CUT it listens for the next utterance."""
        speech = self._is_speech(samples)
        before = bool(self._recent) and self._recent[-1]
        self._recent.append(speech)
        if not self.speaking:
            if sum(self._recent) < STARTS_WITH:
                return None
            self.speaking, self._spoken, self._quiet = True, 0, 0
            return Moment.STARTED
        self._spoken += 1
        # A lone frame is a click on the line; it does not keep the caller's turn open.
        self._quiet = 0 if speech and before else self._quiet + 1
        if self._quiet < self._patience and self._spoken < self._longest:
            return Moment.PAUSED if self._quiet == self._pause else None
        self.speaking = False
        self._recent.clear()
        return Moment.ENDED if self._quiet >= self._patience else Moment.CUT

    def _is_speech(self, samples: Samples) -> bool:
        wave = samples.astype(np.float32)
        wave -= wave.mean()  # a direct current is no sound
        power = float(np.dot(wave, wave)) / len(wave) / 32_768**2
        level = 10 * np.log10(power + 1e-12)
        self._levels.append(level)
        if level < FAINTEST_DB or level < min(self._levels) + STANDS_OUT_DB:
            return False
        return bool(self._vad.is_speech(wave.clip(-32_768, 32_767).astype(np.int16).tobytes(), LINE_HZ))
