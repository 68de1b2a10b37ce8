"""How long a sound is, whatever an editor has saved it as."""

import struct
from pathlib import Path

import pytest

from ivr.flow.files import length_s


def wav(bytes_a_second, data, told=None, before=b""):
    form = struct.pack("<HHIIHH", 1, 1, 8000, bytes_a_second, 2, 16)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + before
    return b"RIFF\0\0\0\0WAVE" + chunks + b"data" + struct.pack("<I", len(data) if told is None else told) + data


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (wav(8_000, bytes(4_000)), 0.5),
        (wav(176_400, bytes(88_200)), 0.5),
        (wav(8_000, bytes(4_000), before=b"LIST\x03\0\0\0abc\0"), 0.5),
        (wav(8_000, bytes(4_000), told=0xFFFFFFFF), 0.5),
        (wav(0, bytes(4_000)), 0.0),
        (wav(8_000, b""), 0.0),
        (b"", 0.0),
        (b"RIFF\0\0\0\0WAVEfmt \x04\0\0\0abcd", 0.0),
        (b"ID3 an mp3 under another name, long enough", 0.0),
    ],
)
def test_a_sound_is_as_long_as_its_data(tmp_path: Path, held: bytes, expected: float) -> None:
    (tmp_path / "a.wav").write_bytes(held)
    assert length_s(tmp_path / "a.wav") == expected


def test_the_sample_hotlines_hold_music_lasts_24_seconds() -> None:
    assert length_s(Path(__file__).parents[2] / "flows" / "telecom" / "audio" / "hold.wav") == 24.0
