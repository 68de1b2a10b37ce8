"""Levels, silence and edges, worked out on tones whose level is known."""

import numpy as np
import pytest

from ivr.speech.loudness import clipped, dbfs, heard, leveled, longest_silence_s, peak_dbfs, speech_dbfs, trimmed
from ivr.speech.stretch import stretched

RATE_HZ = 16_000


def tone(length_s, amplitude, hz=300, rate_hz=RATE_HZ):
    return (amplitude * np.sin(2 * np.pi * hz * np.arange(int(length_s * rate_hz)) / rate_hz)).astype(np.int16)


def silence(length_s):
    return np.zeros(int(length_s * RATE_HZ), np.int16)


def test_the_level_of_speech_leaves_out_its_pauses() -> None:
    talk = np.concatenate([silence(1), tone(1, 3277), silence(2)])
    assert speech_dbfs(talk, RATE_HZ) == pytest.approx(-23, abs=0.1)  # a tone's level is 3 dB below its peak
    assert dbfs(talk) == pytest.approx(-29, abs=0.1)


@pytest.mark.parametrize("amplitude", [300, 3000, 30_000])
def test_every_voice_is_brought_to_one_level(amplitude: int) -> None:
    assert speech_dbfs(leveled(tone(1, amplitude), RATE_HZ), RATE_HZ) == pytest.approx(-20, abs=0.2)


def test_no_peak_comes_too_near_to_clipping() -> None:
    talk = tone(1, 500)
    talk[4000:4008] = 12_000
    assert peak_dbfs(leveled(talk, RATE_HZ)) == pytest.approx(-3, abs=0.1)


def test_silence_is_not_made_loud() -> None:
    hiss = np.tile(np.array([3, -3], np.int16), 8000)
    assert np.array_equal(leveled(hiss, RATE_HZ), hiss)


def test_silence_at_both_ends_goes_and_a_little_of_it_stays() -> None:
    talk = np.concatenate([silence(1), tone(0.5, 5000), silence(2)])
    assert len(trimmed(talk, RATE_HZ, 0)) / RATE_HZ == pytest.approx(0.5, abs=0.02)
    assert len(trimmed(talk, RATE_HZ, 250)) / RATE_HZ == pytest.approx(1.0, abs=0.02)
    assert heard(talk, RATE_HZ) == (RATE_HZ, RATE_HZ * 3 // 2)


def test_a_soft_ending_is_not_cut_off() -> None:
    talk = np.concatenate([tone(0.5, 10_000), tone(0.2, 120), silence(1)])
    assert len(trimmed(talk, RATE_HZ, 0)) / RATE_HZ == pytest.approx(0.7, abs=0.02)


@pytest.mark.parametrize("sound", [silence(1), silence(0), tone(1, 20)])
def test_of_silence_nothing_is_left(sound: np.ndarray) -> None:
    assert len(trimmed(sound, RATE_HZ, 100)) == 0


def test_what_was_trimmed_begins_and_ends_with_nothing() -> None:
    cut = trimmed(tone(1, 10_000, hz=310), RATE_HZ, 0)
    assert (cut[0], cut[-1]) == (0, 0)
    assert np.abs(np.diff(cut.astype(int))).max() <= np.abs(np.diff(tone(1, 10_000, hz=310).astype(int))).max()


def test_clipping_is_counted_by_place() -> None:
    cut = np.clip(60_000 * np.sin(2 * np.pi * 5 * np.arange(RATE_HZ) / RATE_HZ), -32_768, 32_767).astype(np.int16)
    assert clipped(cut) == 10
    assert clipped(tone(1, 32_000, hz=3000)) == 0
    assert clipped(silence(0)) == 0


def test_the_longest_silence_is_found() -> None:
    talk = np.concatenate([tone(0.2, 5000), silence(0.3), tone(0.2, 5000), silence(0.7), tone(0.2, 5000)])
    assert longest_silence_s(talk, RATE_HZ) == pytest.approx(0.7, abs=0.03)


@pytest.mark.parametrize("rate", [0.7, 0.85, 1.2])
def test_a_recording_is_slowed_without_getting_lower(rate: float) -> None:  # R55
    slow = stretched(tone(2, 8000, hz=180, rate_hz=8000), 8000, rate)
    assert len(slow) / 8000 == pytest.approx(2 / rate, abs=0.001)
    spectrum = np.abs(np.fft.rfft(slow[1000:9000] * np.hanning(8000)))
    assert np.argmax(spectrum) == 180
    assert np.abs(np.diff(slow.astype(int))).max() < 1.1 * np.abs(np.diff(tone(2, 8000, 180, 8000).astype(int))).max()


def test_what_is_too_short_to_stretch_stays() -> None:
    assert len(stretched(tone(0.02, 100, rate_hz=8000), 8000, 0.7)) == 160
