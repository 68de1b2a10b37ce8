"""How loud a sound is, and making voices and recordings alike: level, silence, edges.

Levels are in dB below full scale (dBFS): 0 is the loudest a line carries. A voice's level is that of its speech, the
pauses left out, so that a slow speaker is no louder than a quick one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ivr.speech.codec import Samples

FULL = 32_768.0
VOICE_DBFS = -20.0
"""What all that is said is brought to; the hold music's level too."""
HIGHEST_DBFS = -3.0
"""No peak is higher afterwards: room for what the line's filters and µ-law add."""
SPEECH_BELOW_DB = 26.0
"""Quieter than the loudest part by more than this is a pause."""
SILENCE_DBFS = -55.0
"""What is quieter all through holds no voice at all."""
WINDOW_MS = 20
EDGE_MS = 4
"""Rise and fall of a piece: long enough not to click, too short to be heard."""


def dbfs(samples: Samples | NDArray[np.float64]) -> float:
    """The level of all of it, pauses included; -120 for nothing."""
    power = float(np.mean(np.square(samples, dtype=np.float64))) / FULL**2 if len(samples) else 0.0
    return 10 * float(np.log10(max(power, 1e-12)))


def peak_dbfs(samples: Samples) -> float:
    peak = int(np.abs(samples.astype(np.int32)).max()) if len(samples) else 0
    return 20 * float(np.log10(max(peak / FULL, 1e-6)))


def speech_dbfs(samples: Samples, rate_hz: int) -> float:
    """The level without the pauses; -120 for nothing."""
    powers = _powers(samples, rate_hz)
    if not len(powers):
        return dbfs(samples)
    loud = powers[powers >= powers.max() * 10 ** (-SPEECH_BELOW_DB / 10)]
    return 10 * float(np.log10(max(float(loud.mean()), 1e-12)))


def leveled(samples: Samples, rate_hz: int, to_dbfs: float = VOICE_DBFS) -> Samples:
    """Speech at that level, and no peak above the highest; silence stays as it is."""
    level = speech_dbfs(samples, rate_hz)
    if level < SILENCE_DBFS:
        return samples
    gain_db = min(to_dbfs - level, HIGHEST_DBFS - peak_dbfs(samples))
    louder: Samples = np.clip(np.rint(samples * 10 ** (gain_db / 20)), -32_768, 32_767).astype(np.int16)
    return louder


def heard(samples: Samples, rate_hz: int) -> tuple[int, int]:
    """The first and the last sample that can be heard, the last one not included; (0, 0) where all is silent."""
    powers = _powers(samples, rate_hz)
    if not len(powers) or 10 * np.log10(max(powers.max(), 1e-12)) < SILENCE_DBFS:
        return 0, 0
    # A consonant at the end is much softer than a vowel: 20 dB below what counts as speech in the middle.
    loud = np.flatnonzero(powers >= powers.max() * 10 ** (-(SPEECH_BELOW_DB + 20) / 10))
    window = _window(rate_hz)
    return int(loud[0]) * window, min((int(loud[-1]) + 1) * window, len(samples))


def trimmed(samples: Samples, rate_hz: int, keep_ms: int) -> Samples:
    """Without the silence at both ends but for `keep_ms` of it, and with soft edges; nothing where all is silent."""
    start, end = heard(samples, rate_hz)
    keep = rate_hz * keep_ms // 1000 if end else 0
    return soft_edges(samples[max(0, start - keep) : end + keep], rate_hz)


def soft_edges(samples: Samples, rate_hz: int) -> Samples:
    """Rising from nothing and falling to it, so that what stands before and after does not click."""
    size = min(rate_hz * EDGE_MS // 1000, len(samples) // 2)
    if not size:
        return samples
    rise = np.sin(np.linspace(0, np.pi / 2, size)) ** 2
    shaped = samples.astype(np.float64)
    shaped[:size] *= rise
    shaped[-size:] *= rise[::-1]
    return np.rint(shaped).astype(np.int16)


def longest_silence_s(samples: Samples, rate_hz: int) -> float:
    """The longest stretch in which nothing is heard."""
    quiet = _powers(samples, rate_hz) < 10 ** (SILENCE_DBFS / 10)
    return max(_runs(quiet), default=0) * WINDOW_MS / 1000


def clipped(samples: Samples) -> int:
    """Places where the wave was cut off: three samples or more in a row at one end of the scale."""
    limit = int(np.abs(samples.astype(np.int32)).max()) if len(samples) else 0
    if limit < 0.97 * FULL:
        return 0
    high, low = samples >= limit - 1, samples <= 1 - limit
    return sum(run >= 3 for flat in (high, low) for run in _runs(flat))


def _runs(flags: NDArray[np.bool_]) -> Iterator[int]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return (int(end - start) for start, end in zip(edges[::2], edges[1::2], strict=True))


def _window(rate_hz: int) -> int:
    return rate_hz * WINDOW_MS // 1000


def _powers(samples: Samples, rate_hz: int) -> NDArray[np.float64]:
    """The power of each window, full scale being 1; a tail shorter than a window is filled up with silence."""
    window = _window(rate_hz)
    whole = np.pad(samples.astype(np.float64), (0, -len(samples) % window))
    powers: NDArray[np.float64] = np.square(whole.reshape(-1, window)).mean(axis=1) / FULL**2
    return powers
