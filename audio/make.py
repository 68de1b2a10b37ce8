"""Compose the sounds of the sample hotline and write them as telephone WAV files.

    python audio/make.py [directory]        default: flows/telecom/audio

Everything is computed here, so the sounds are under this project's licence. 8 kHz mono mu-law: what a telephone line
carries, so that no carrier has to convert them.
"""

import struct
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float64]
"""Samples between -1 and 1."""

RATE_HZ = 8000
HIGHEST_HZ = 3400  # what a telephone line lets through
HOLD_DBFS = -20.0  # the level of the voices between which the music stands
HERE = Path(__file__).resolve().parent

BEAT_S = 0.75  # 80 a minute: unhurried
BARS = 8
BEATS = 4
# One chord a bar, in half-tones above middle C, spread so that the lowest note is still heard on a telephone.
CHORDS = (
    (0, 7, 11, 16),  # C major 7
    (-3, 4, 7, 12),  # A minor 7
    (5, 9, 12, 16),  # F major 7
    (2, 7, 12, 14),  # G sus
    (4, 7, 11, 14),  # E minor 7
    (-3, 4, 7, 12),  # A minor 7
    (2, 5, 9, 12),  # D minor 7
    (-1, 5, 7, 14),  # G 7
)
ARPEGGIO = (0, 1, 2, 3, 2, 1, 3, 2)  # which note of the chord, two a beat
ACCENTS = (1.0, 0.55, 0.7, 0.6, 0.85, 0.55, 0.7, 0.5)
# Bar, beat, half-tones above middle C: a tune that leaves room.
MELODY = ((0, 2, 19), (1, 1, 16), (2, 2, 21), (3, 1, 19), (4, 2, 23), (5, 1, 19), (6, 2, 17), (7, 1, 14))


def pitch_hz(half_tones: int) -> float:
    return 261.626 * 2.0 ** (half_tones / 12)


def tone(hz: float, length_s: float, partials: Iterable[float]) -> Sound:
    """A steady tone; partials above the line's band are left out, since they would fold back as noise."""
    at = np.arange(int(length_s * RATE_HZ)) / RATE_HZ
    parts = [loud * np.sin(2 * np.pi * hz * n * at) for n, loud in enumerate(partials, 1) if hz * n < HIGHEST_HZ]
    return np.sum(parts, axis=0)


def swell(sound: Sound, rise_s: float, fall_s: float) -> Sound:
    """Rise and fall along a cosine: no edge that clicks."""
    rise, fall = (np.sin(np.linspace(0, np.pi / 2, int(s * RATE_HZ))) ** 2 for s in (rise_s, fall_s))
    shaped = sound.copy()
    shaped[: rise.size] *= rise
    shaped[-fall.size :] *= fall[::-1]
    return shaped


def pluck(hz: float, length_s: float, loud: float) -> Sound:
    """A soft string: it starts at once and dies away, the high partials first."""
    at = np.arange(int(length_s * RATE_HZ)) / RATE_HZ
    parts = [
        0.6 ** (n - 1) * np.sin(2 * np.pi * hz * n * at) * np.exp(-at * (2.2 + 1.6 * n))
        for n in range(1, 5)
        if hz * n < HIGHEST_HZ
    ]
    return loud * swell(np.sum(parts, axis=0), 0.008, 0.1)


def lay(ground: Sound, sound: Sound, at_s: float) -> None:
    """Add a sound; what runs over the end goes on at the start, and that makes the loop seamless."""
    places = (int(at_s * RATE_HZ) + np.arange(sound.size)) % ground.size
    np.add.at(ground, places, sound)


def hold_music() -> Sound:
    """A quiet progression of eight bars: pad, arpeggio, a few bells, an echo."""
    bar_s = BEATS * BEAT_S
    ground = np.zeros(int(BARS * bar_s * RATE_HZ))
    for bar, chord in enumerate(CHORDS):
        for note in chord:
            lay(ground, 0.10 * swell(tone(pitch_hz(note), bar_s + 1.0, (1, 0.35, 0.12)), 0.9, 1.6), bar * bar_s)
        for step, (which, accent) in enumerate(zip(ARPEGGIO, ACCENTS, strict=True)):
            string = pluck(pitch_hz(chord[which] + 12), 1.4, 0.26 * accent)
            lay(ground, string, bar * bar_s + step * BEAT_S / 2)
    for bar, beat, note in MELODY:
        bell = swell(tone(pitch_hz(note), 2.2, (1, 0.0, 0.18)), 0.03, 2.0)
        lay(ground, 0.14 * bell, bar * bar_s + beat * BEAT_S)
    echo = int(BEAT_S * 0.75 * RATE_HZ)
    wet = ground + 0.28 * np.roll(ground, echo) + 0.10 * np.roll(ground, 2 * echo)
    return wet * 10 ** (HOLD_DBFS / 20) / np.sqrt(np.mean(wet**2))


def beep() -> Sound:
    """Speak now."""
    return 0.25 * swell(tone(880, 0.4, (1,)), 0.015, 0.015)


def unavailable() -> Sound:
    """The special information tone of ITU-T E.180: three rising notes before "cannot be reached"."""
    notes = [0.2 * swell(tone(hz, 0.33, (1,)), 0.01, 0.01) for hz in (950, 1400, 1800)]
    return np.concatenate([*notes, np.zeros(RATE_HZ // 2)])


def mu_law(sound: Sound) -> bytes:
    """G.711 mu-law: sign, a segment that doubles, four bits within it, all inverted."""
    samples = np.round(np.clip(sound, -1, 1) * 32767).astype(np.int32)
    sign = np.where(samples < 0, 0x80, 0)
    size = np.minimum(np.abs(samples), 32635) + 132
    segment = np.floor(np.log2(size)).astype(np.int32) - 7
    return (~(sign | segment << 4 | size >> segment + 3 & 0x0F) & 0xFF).astype(np.uint8).tobytes()


def wav(data: bytes) -> bytes:
    """A WAV file around mu-law bytes, which Python's `wave` cannot write.

    WAVE_FORMAT_MULAW is 7 in the registry of RFC 2361; a format other than PCM has the extension's size in its `fmt `
    chunk and a `fact` chunk with the number of samples (Microsoft, New Multimedia Data Types, 1994).
    """
    form = struct.pack("<HHIIHHH", 7, 1, RATE_HZ, RATE_HZ, 1, 8, 0)
    chunks = [(b"fmt ", form), (b"fact", struct.pack("<I", len(data))), (b"data", data)]
    body = b"".join(name + struct.pack("<I", len(held)) + held + b"\0" * (len(held) % 2) for name, held in chunks)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def main(directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for name, sound in (("hold", hold_music()), ("beep", beep()), ("unavailable", unavailable())):
        (directory / f"{name}.wav").write_bytes(wav(mu_law(sound)))
        loud = 20 * np.log10([np.sqrt(np.mean(sound**2)), np.abs(sound).max()])
        print(f"{name}.wav: {sound.size / RATE_HZ:.2f} s, {loud[0]:.1f} dBFS, peak {loud[1]:.1f} dBFS")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "flows" / "telecom" / "audio")
