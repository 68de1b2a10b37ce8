"""Audio of any rate to another one, whole, for voices and recordings; live audio goes through `codec.Doubler`."""

from __future__ import annotations

from functools import lru_cache
from math import gcd

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from ivr.speech.codec import Samples

HALF_WIDTH = 24
"""Zero crossings on each side of the filter: 60 dB of what does not fit under the new rate is gone."""
EDGE = 1.0
"""Where the filter is half down, of the highest frequency that fits. Recognisers miss what a lower one would take."""


def twice(samples: Samples) -> Samples:
    """Exactly twice the rate, whole, for recognisers that want nothing above the line's 4 kHz; 0.3 ms a second."""
    if not len(samples):
        return samples
    away = np.arange(-HALF_WIDTH + 0.5, HALF_WIDTH)
    taps = np.sinc(away) * np.cos(away / HALF_WIDTH * np.pi / 2) ** 2
    out = np.empty(2 * len(samples), np.float64)
    out[0::2] = samples
    out[1::2] = np.convolve(np.pad(samples.astype(np.float64), (HALF_WIDTH - 1, HALF_WIDTH)), taps, "valid")
    return np.clip(np.rint(out), -32_768, 32_767).astype(np.int16)


def resample(samples: Samples, rate_hz: int, to_hz: int) -> Samples:
    """Band-limited (a windowed sinc); as loud as before, clipped where it must be. Half a millisecond a second."""
    if rate_hz == to_hz or not len(samples):
        return samples
    up, down = to_hz // gcd(rate_hz, to_hz), rate_hz // gcd(rate_hz, to_hz)
    taps = _taps(up, down)
    width = taps.shape[1]
    pieces = sliding_window_view(np.pad(samples.astype(np.float64), (width // 2, width // 2 + 1)), width)
    out = np.empty(len(samples) * to_hz // rate_hz)
    for phase in range(min(up, len(out))):
        there = out[phase::up]
        there[:] = pieces[phase * down // up + 1 :: down][: len(there)] @ taps[phase]
    return np.clip(np.rint(out), -32_768, 32_767).astype(np.int16)


@lru_cache(maxsize=8)
def _taps(up: int, down: int) -> NDArray[np.float64]:
    """The filter, as seen from each of the `up` places that a new sample can have between two old ones."""
    cut = EDGE * min(1.0, up / down)
    reach = int(np.ceil(HALF_WIDTH / cut))
    away = np.arange(-reach + 1, reach + 1)[None, :] - (np.arange(up) * down % up / up)[:, None]
    window = np.cos(np.clip(away / reach, -1, 1) * np.pi / 2) ** 2
    taps: NDArray[np.float64] = cut * np.sinc(cut * away) * window
    return taps
