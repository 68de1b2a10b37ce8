"""What `ivr prompts --check` says of a recording."""

from pathlib import Path

import numpy as np
import pytest

from ivr.speech.codec import encode
from ivr.speech.soundness import faults
from ivr.speech.wav import wav_bytes

TELECOM = Path(__file__).parents[2] / "flows" / "telecom" / "audio"


def voice(length_s, amplitude=4600):
    return amplitude * np.sin(2 * np.pi * 300 * np.arange(int(length_s * 8000)) / 8000)


def told(tmp_path, sound, name="prompt.wav"):
    sound = np.clip(sound, -32_768, 32_767).astype(np.int16)
    (tmp_path / name).write_bytes(wav_bytes(encode(sound)))
    return faults(tmp_path / name)


@pytest.mark.parametrize("sound", sorted(TELECOM.glob("*.wav")), ids=lambda path: path.name)
def test_the_sample_hotlines_sounds_are_good(sound: Path) -> None:
    assert faults(sound) == []


def test_a_good_prompt_is_good(tmp_path: Path) -> None:
    assert told(tmp_path, voice(3)) == []


def test_clipping_is_told(tmp_path: Path) -> None:
    (clip, _) = told(tmp_path, voice(1, 60_000))
    assert "is clipped in 600 places: record it again with the microphone turned down" in clip


def test_silence_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, voice(2, 5)) == ["holds no sound; record it again"]
    assert told(tmp_path, voice(0)) == ["holds no sound; record it again"]


@pytest.mark.parametrize(("amplitude", "how"), [(460, "quiet: -40"), (20_000, "loud: -7")])
def test_a_level_that_is_off_is_told(tmp_path: Path, amplitude: int, how: str) -> None:
    assert told(tmp_path, voice(2, amplitude)) == [f"is too {how} dBFS, and -20 would be right"]


def test_a_speech_that_is_too_long_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, voice(61)) == ["lasts 61 s; more than 60 s is too long: make several of it"]


def test_long_silence_at_either_end_is_told(tmp_path: Path) -> None:
    begins, ends = told(tmp_path, np.concatenate([np.zeros(12_000), voice(1), np.zeros(24_000)]))
    assert begins.startswith("begins with 1.5 s of silence")
    assert ends.startswith("ends with 3.0 s of silence")


def test_a_wrong_format_is_told_with_the_way_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "hold.wav"
    path.write_bytes(
        wav_bytes(encode(voice(1).astype(np.int16))).replace(b"\x40\x1f\0\0\x40\x1f\0\0", b"\x80\x3e\0\0" * 2)
    )
    assert faults(path) == [
        "is 16,000 Hz, mono, µ-law; 8,000 Hz, mono, µ-law would be right: sox hold.wav -r 8000 -c 1 -e mu-law OUT.wav"
    ]


def test_a_file_that_is_no_wav_is_told(tmp_path: Path) -> None:
    (tmp_path / "hold.mp3").write_bytes(b"ID3")
    assert faults(tmp_path / "hold.mp3") == ["a file that does not end in .wav is never played; export it as WAV"]
    (tmp_path / "Hold.WAV").write_bytes(b"")
    assert faults(tmp_path / "Hold.WAV") == ["a file that does not end in .wav is never played; call it Hold.wav"]
    (tmp_path / "bad.wav").write_bytes(b"ID3")
    assert faults(tmp_path / "bad.wav") == ["this is no WAV file; export it as WAV, 16-bit PCM"]
