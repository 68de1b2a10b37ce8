"""Telephone audio: G.711 µ-law, 8,000 samples a second, in frames of 20 ms; and twice that rate for recognisers.

The formulas are those of ITU-T G.711 in its 14-bit form; a 16-bit sample is four of its steps. Both ways go by lookup
table: some microseconds a frame, and nothing to get wrong at run time.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]
"""Linear audio, one channel."""

LINE_HZ = 8_000
EAR_HZ = 16_000
"""What recognisers are fed: they were trained on it, and hear worse when told of 8,000."""
FRAME_MS = 20
FRAME_BYTES = LINE_HZ * FRAME_MS // 1000
"""One µ-law frame: 160 bytes, one a sample."""
QUIET = b"\xff"
"""The µ-law byte of silence."""

BIAS = 33
"""Added to a magnitude before its segment is looked up, so that segments begin at powers of two."""
LARGEST = 8158
"""The largest magnitude that is told apart, in 14 bits; louder samples are clipped to it."""


def _decoded() -> Samples:
    code = ~np.arange(256, dtype=np.uint8)  # the line carries every bit turned over
    segment, step = (code >> 4 & 7).astype(np.int32), (code & 15).astype(np.int32)
    magnitude = ((2 * step + BIAS) << segment) - BIAS
    return (4 * np.where(code & 0x80, -magnitude, magnitude)).astype(np.int16)


def _encoded() -> NDArray[np.uint8]:
    sample = np.arange(65_536, dtype=np.uint16).view(np.int16).astype(np.int32)
    magnitude = np.minimum(np.abs(sample) // 4, LARGEST) + BIAS
    segment = np.log2(magnitude).astype(np.int32) - 5
    step = magnitude >> (segment + 1) & 15
    code: NDArray[np.uint8] = (np.where(sample < 0, 0x80, 0) | segment << 4 | step).astype(np.uint8)
    return np.invert(code)


_DECODE = _decoded()
_ENCODE = _encoded()


def decode(ulaw: bytes) -> Samples:
    """µ-law bytes to linear samples, one for each."""
    return _DECODE[np.frombuffer(ulaw, np.uint8)]


def encode(samples: Samples) -> bytes:
    """Linear samples to µ-law bytes, one for each."""
    return _ENCODE[samples.view(np.uint16)].tobytes()


def frames(ulaw: bytes) -> Iterator[bytes]:
    """Whole frames of 20 ms; a short tail is filled up with silence."""
    for start in range(0, len(ulaw), FRAME_BYTES):
        yield ulaw[start : start + FRAME_BYTES].ljust(FRAME_BYTES, QUIET)


class Doubler:
    """8,000 to 16,000 samples a second, piece by piece, by a straight line between neighbours.

    A straight line leaves some of the mirror image above 4 kHz in place. That is no fault: the recogniser hears better
    with it than with nothing up there. The answer is one sample of the line (0.125 ms) behind.
    """

    def __init__(self) -> None:
        self._last = 0

    def double(self, samples: Samples) -> Samples:
        """Twice as many samples; the last one given is kept for the next piece."""
        wide = np.empty(len(samples) + 1, np.int32)
        wide[0], wide[1:] = self._last, samples
        self._last = int(wide[-1])
        out = np.empty(2 * len(samples), np.int16)
        out[0::2] = wide[:-1]
        out[1::2] = (wide[:-1] + wide[1:]) >> 1
        return out
