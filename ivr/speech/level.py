"""Brings a caller's voice to the loudness that recognisers hear best, piece by piece."""

from __future__ import annotations

import numpy as np

from ivr.speech.codec import FRAME_MS, LINE_HZ, Samples

USUAL = 3_000.0
"""The loudest moment of an utterance, as the root mean square of a frame: what the models were measured at."""
LEFT_ALONE = 0.75, 1.5
"""A voice that would be changed by less than this is loud enough."""
MOST = 8.0
"""A voice fainter than this can mend is fainter than the line's own noise."""
KNOWN_AFTER = LINE_HZ * 600 // 1000
"""Samples that are kept back at first, the silence before the voice among them: its first syllables, whole."""
FRAME = LINE_HZ * FRAME_MS // 1000


class Leveller:
    """One utterance's. What it gives back is as much as it was given, the beginning of it later."""

    def __init__(self) -> None:
        self._kept: list[Samples] = []
        self._waiting = KNOWN_AFTER
        self._loudest = 1.0

    def level(self, samples: Samples) -> Samples:
        """This piece as loud as it should be; nothing at first, and then all that was kept back."""
        self._loudest = max(self._loudest, _loudest(samples))
        self._waiting -= len(samples)
        if self._waiting > 0:
            self._kept.append(samples)
            return samples[:0]
        return self._raised([*self._kept, samples])

    def rest(self) -> Samples:
        """What is still kept back of an utterance that was short."""
        return self._raised(self._kept)

    def _raised(self, pieces: list[Samples]) -> Samples:
        if not pieces:
            return np.zeros(0, np.int16)
        whole = np.concatenate(pieces)
        self._kept = []
        by = USUAL / self._loudest
        if LEFT_ALONE[0] < by < LEFT_ALONE[1]:
            return whole
        raised: Samples = np.clip(whole * min(MOST, by), -32_768, 32_767).astype(np.int16)
        return raised


def _loudest(samples: Samples) -> float:
    wave = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME).astype(np.float32)
    if not len(wave):
        return 0.0
    wave -= wave.mean(axis=1, keepdims=True)  # a direct current is no sound
    return float(np.sqrt((wave**2).mean(axis=1)).max())
