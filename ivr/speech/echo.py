"""Whether what came in is only what went out: a prompt's own echo, from a loudspeaker or a bad line.

An echo is the sound itself, later, softer and coloured; two different voices have nothing in common beyond chance. So
the normalised cross-correlation of the two tells them apart, at the delay where it is largest.
"""

from __future__ import annotations

import numpy as np

from ivr.speech.codec import LINE_HZ, decode

ALIKE = 0.35
"""Of the correlation, 0-1: between strangers' voices it stays below 0.15, in an echo over a loudspeaker above 0.5."""
SHORTEST_S = 0.15
"""Less sound than this looks like anything."""


def is_echo(caught: bytes, played: bytes) -> bool:
    """`caught` and `played` are µ-law; the echo may begin anywhere in what was played."""
    return likeness(caught, played) >= ALIKE


def likeness(caught: bytes, played: bytes) -> float:
    """The largest normalised cross-correlation, 0-1; takes some milliseconds for seconds of sound."""
    if min(len(caught), len(played)) < SHORTEST_S * LINE_HZ:
        return 0.0
    one, other = (_whitened(decode(sound).astype(np.float32)) for sound in (caught, played))
    size = 1 << (len(one) + len(other) - 2).bit_length()
    crossed = np.fft.irfft(np.fft.rfft(one, size) * np.conj(np.fft.rfft(other, size)), size)
    energy = np.sqrt(_energy_under(one, other, size))
    return float(np.max(np.abs(crossed) / energy, initial=0.0))


def _whitened(wave: np.ndarray[tuple[int], np.dtype[np.float32]]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Without the slow swing that all voices share: the difference of neighbours."""
    return np.diff(wave - wave.mean(), prepend=wave[:1])


def _energy_under(
    one: np.ndarray[tuple[int], np.dtype[np.float32]], other: np.ndarray[tuple[int], np.dtype[np.float32]], size: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """For every delay, energy of `one` times the energy of that part of `other` it lies on; never nothing."""
    squares = np.zeros(size, np.float64)
    squares[: len(other)] = np.square(other, dtype=np.float64)
    mask = np.zeros(size, np.float64)
    mask[: len(one)] = 1.0
    under = np.fft.irfft(np.fft.rfft(mask) * np.conj(np.fft.rfft(squares)), size)
    # Where little of the two overlaps, chance looks like likeness: at least a quarter of the sound must count.
    least = 0.25 * float(np.mean(squares[: len(other)])) * len(one)
    whole = float(np.dot(one, one))
    return np.asarray(np.maximum(under, least) * whole + 1e-6)
