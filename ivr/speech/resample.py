"""Audio of any rate to another one, whole, for voices and recordings; live audio goes through `codec.Doubler`."""

from __future__ import annotations

import numpy as np

from ivr.speech.codec import Samples

HALF_WIDTH = 24
"""Zero crossings on each side of the filter: 60 dB of what does not fit under the new rate is gone."""
AT_ONCE = 8_192
"""Samples worked out in one go, which bounds the memory."""
EDGE = 0.92
"""Where the filter begins to fall, as a part of the highest frequency that fits."""


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
