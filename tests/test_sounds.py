"""The sample hotline's sounds are what a telephone line carries, at a level beside which voices are heard."""

import struct
from pathlib import Path

import numpy as np
import pytest

SOUNDS = sorted((Path(__file__).parent.parent / "flows" / "telecom" / "audio").glob("*.wav"))
LARGEST_BYTES = 250_000


def chunks(sound: Path) -> dict[bytes, bytes]:
    held = sound.read_bytes()
    assert (held[:4], held[8:12], struct.unpack("<I", held[4:8])[0]) == (b"RIFF", b"WAVE", len(held) - 8)
    found, at = {}, 12
    while at < len(held):
        name, size = struct.unpack("<4sI", held[at : at + 8])
        found[name] = held[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    return found


def samples(sound: Path) -> np.ndarray:
    """G.711 mu-law, decoded to -1 … 1."""
    code = ~np.frombuffer(chunks(sound)[b"data"], dtype=np.uint8)
    size = ((code & 0x0F).astype(int) * 2 + 33 << (code >> 4 & 7)) * 4 - 132
    return np.where(code & 0x80, -size, size) / 32768


@pytest.mark.parametrize("sound", SOUNDS, ids=lambda path: path.name)
def test_a_sound_is_a_small_mu_law_file(sound: Path) -> None:
    found = chunks(sound)
    coding, channels, rate_hz, bytes_a_second, _, bits, _ = struct.unpack("<HHIIHHH", found[b"fmt "])
    assert (coding, channels, rate_hz, bytes_a_second, bits) == (7, 1, 8000, 8000, 8)
    assert struct.unpack("<I", found[b"fact"]) == (len(found[b"data"]),)
    assert sound.stat().st_size < LARGEST_BYTES


def test_hold_music_is_quiet_and_loops_without_a_click() -> None:
    (hold,) = (samples(path) for path in SOUNDS if path.name == "hold.wav")
    level_db = 20 * np.log10(np.sqrt(np.mean(hold**2)))
    steps = np.abs(np.diff(np.append(hold, hold[0])))
    assert 20 <= hold.size / 8000 <= 30
    assert level_db == pytest.approx(-20, abs=0.5)
    assert steps[-1] <= np.quantile(steps, 0.99)
