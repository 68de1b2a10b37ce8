"""WAV files as voice actors, editors and broken disks leave them."""

import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from ivr.errors import SpeechError
from ivr.speech.codec import encode
from ivr.speech.wav import parse, read_wav, wav_bytes

TONE = (8000 * np.sin(2 * np.pi * 440 * np.arange(44_100) / 44_100)).astype(np.int16)
TELECOM = Path(__file__).parents[2] / "flows" / "telecom" / "audio"


def written(path, samples, rate_hz, channels=1, width=2):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate_hz)
        file.writeframes(samples.tobytes())
    return path


def header(coding, channels, rate_hz, bits, data=b"\0" * 64):
    form = struct.pack("<HHIIHH", coding, channels, rate_hz, rate_hz * channels * bits // 8, channels * bits // 8, bits)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def test_an_editors_stereo_file_becomes_one_channel(tmp_path: Path) -> None:
    stereo = np.column_stack([TONE, np.zeros_like(TONE)])
    sound = read_wav(written(tmp_path / "a.wav", stereo, 44_100, channels=2))
    assert (sound.rate_hz, sound.channels, sound.of_the_line) == (44_100, 2, False)
    assert sound.format == "44,100 Hz, stereo, 16-bit"
    assert np.abs(sound.samples - TONE // 2).max() <= 1
    assert sound.length_s == pytest.approx(1.0)


def test_what_we_write_is_read_back_and_fits_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav_bytes(encode(TONE[:8001])))
    sound = read_wav(tmp_path / "a.wav")
    assert sound.of_the_line
    assert encode(sound.samples) == encode(TONE[:8001])


@pytest.mark.parametrize("name", ["hold.wav", "beep.wav", "unavailable.wav"])
def test_the_sample_hotlines_sounds_are_read_and_written_alike(name: str) -> None:
    ours, theirs = wav_bytes(encode(read_wav(TELECOM / name).samples)), (TELECOM / name).read_bytes()
    assert ours[:58] == theirs[:58]
    assert ours[58:] == theirs[58:].replace(b"\x7f", b"\xff")  # nothing has two codes, one of them negative


def test_a_file_that_was_cut_off_gives_what_is_there() -> None:
    whole = wav_bytes(encode(TONE[:8000]))
    assert len(parse(whole[: 58 + 4000], "a.wav").samples) == 4000


def test_chunks_of_editors_are_passed_over() -> None:
    held = header(1, 1, 8000, 16)
    listed = held[:12] + b"LIST" + struct.pack("<I", 3) + b"abc\0" + held[12:]
    assert len(parse(listed, "a.wav").samples) == 32


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (b"", "no WAV file"),
        (b"ID3\x04 an mp3 under another name", "no WAV file"),
        (b"RIFF\0\0\0\0WAVE", "header is broken"),
        (header(1, 1, 44_100, 24), "24-bit linear"),
        (header(3, 1, 44_100, 32), "32-bit floating point"),
        (header(0x55, 1, 44_100, 0), "MP3"),
        (header(6, 1, 8000, 8), "8-bit A-law"),
        (header(1, 0, 8000, 16), "0 channels"),
        (header(1, 1, 0, 16), "0 Hz"),
    ],
)
def test_a_bad_file_is_told_with_what_would_be_right(held: bytes, told: str) -> None:
    with pytest.raises(SpeechError, match=f"take 3.wav: .*{told}.*; export it as WAV, 16-bit PCM"):
        parse(held, "take 3.wav")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SpeechError, match=r"gone\.wav cannot be read: No such file"):
        read_wav(tmp_path / "gone.wav")
