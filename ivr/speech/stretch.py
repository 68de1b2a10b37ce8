"""Slower without being lower: pieces of the wave are laid over one another where they fit best (WSOLA)."""

from __future__ import annotations

import numpy as np

from ivr.speech.codec import Samples

WINDOW_MS = 30
"""Two or three periods of a low voice."""
SEARCH_MS = 10
"""How far a piece may move to fit: one period of a low voice."""


def stretched(samples: Samples, rate_hz: int, rate: float) -> Samples:
    """`rate` 0.8 makes 1 s last 1.25 s at the same pitch."""
    window = rate_hz * WINDOW_MS // 1000 // 2 * 2
    hop, search = window // 2, rate_hz * SEARCH_MS // 1000
    if rate == 1.0 or len(samples) < 2 * window:
        return samples
    source = np.pad(samples.astype(np.float64), (search, window + hop + search))
    shape = np.hanning(window + 1)[:-1]  # two of them, half a window apart, add up to one
    length = round(len(samples) / rate)
    out = np.zeros(length + 2 * window)
    out[:hop] = source[search : search + hop] * shape[hop:]  # what the first piece, which only rises, leaves out
    at = search
    for start in range(0, length, hop):
        out[start : start + window] += source[at : at + window] * shape
        follows = source[at + hop : at + hop + window]
        ideal = min(search + round((start + hop) * rate), len(source) - window - search)
        at = ideal - search + _best(source[ideal - search : ideal + search + window], follows)
    return np.clip(np.rint(out[:length]), -32_768, 32_767).astype(np.int16)


def _best(around: np.ndarray, follows: np.ndarray) -> int:
    """Where in `around` the wave goes on most like `follows`."""
    likeness = np.correlate(around, follows, "valid")
    energy = np.convolve(np.square(around), np.ones(len(follows)), "valid")
    return int(np.argmax(likeness / np.sqrt(np.maximum(energy, 1.0))))
