"""µ-law against a reference worked out, value by value, from the decision values that G.711 lists."""

import numpy as np
import pytest

from ivr.speech.codec import FRAME_BYTES, QUIET, Doubler, decode, encode, frames
from ivr.speech.resample import resample, twice

EVERY_SAMPLE = np.arange(-32_768, 32_768, dtype=np.int32).astype(np.int16)
EVERY_CODE = bytes(range(256))


def decision_values():
    """Where one step ends and the next begins, in 14 bits: 0, 1, 3 … 31, then eight segments, each twice as coarse."""
    ends, value, width = [0], 1, 2
    for segment in range(8):
        for _ in range(15 if segment == 0 else 16):
            ends.append(value)
            value += width
        width *= 2
    return ends


def reference_code(sample):
    step = max(n for n, least in enumerate(DECISIONS) if abs(sample) / 4 >= least)
    return (0x7F if sample < 0 else 0xFF) - step


def reference_value(code):
    """Half way between the decision values around it; silence is nothing."""
    step = (0x7F if code < 0x80 else 0xFF) - code
    ends = [*DECISIONS, 8159]
    value = 0 if step == 0 else 4 * (ends[step] + ends[step + 1]) // 2
    return -value if code < 0x80 else value


DECISIONS = decision_values()


def test_the_standard_has_128_steps_on_each_side():
    assert len(DECISIONS) == 128
    assert DECISIONS[15:18] == [29, 31, 35]
    assert DECISIONS[-1] == 7903


def test_every_code_is_decoded_as_the_standard_says():
    assert decode(EVERY_CODE).tolist() == [reference_value(code) for code in EVERY_CODE]


def test_every_sample_is_encoded_as_the_standard_says():
    near_borders = {sign * 4 * (least + d) + e for least in DECISIONS for d in (0, 1) for e in range(-4, 5)
                    for sign in (1, -1)}  # fmt: skip
    samples = sorted(one for one in near_borders | set(range(-32_768, 32_768, 97)) if -32_768 <= one <= 32_767)
    heard = encode(np.array(samples, np.int16))
    assert list(heard) == [reference_code(sample) for sample in samples]


def test_a_decoded_code_is_encoded_to_itself():
    again = encode(decode(EVERY_CODE))
    assert [code for code in EVERY_CODE if again[code] != code] == [0x7F]  # minus nothing is nothing


def test_no_sample_moves_further_than_half_a_step():
    size = np.minimum(np.abs(EVERY_SAMPLE.astype(np.int32)), 4 * 8158)
    moved = np.abs(np.abs(decode(encode(EVERY_SAMPLE)).astype(np.int32)) - size)
    assert (moved <= size / 32 + 8).all()


def test_silence_is_nothing():
    assert decode(QUIET).tolist() == [0]
    assert encode(np.zeros(3, np.int16)) == QUIET * 3


def test_frames_are_whole_and_the_tail_is_filled_with_silence():
    cut = list(frames(b"\x10" * (FRAME_BYTES + 10)))
    assert [len(one) for one in cut] == [FRAME_BYTES, FRAME_BYTES]
    assert cut[1] == b"\x10" * 10 + QUIET * (FRAME_BYTES - 10)
    assert list(frames(b"")) == []


@pytest.mark.parametrize("piece", [1, 7, 160, 1000])
def test_doubling_in_pieces_is_doubling_whole(piece):
    audio = np.random.default_rng(7).integers(-32_768, 32_767, 1000).astype(np.int16)
    whole, parts = Doubler(), Doubler()
    got = np.concatenate([parts.double(audio[start : start + piece]) for start in range(0, 1000, piece)])
    assert got.tolist() == whole.double(audio).tolist()


def test_doubling_puts_the_middle_between_neighbours_even_at_full_swing():
    got = Doubler().double(np.array([32_767, -32_768, -32_768], np.int16))
    assert got.tolist() == [0, 16_383, 32_767, -1, -32_768, -32_768]


def test_nothing_is_doubled_to_nothing():
    assert len(Doubler().double(np.zeros(0, np.int16))) == 0


def tone(hz, rate_hz):
    return (10_000 * np.sin(2 * np.pi * hz * np.arange(rate_hz) / rate_hz)).astype(np.int16)


def test_a_voice_is_brought_to_the_line_without_what_does_not_fit():
    heard = resample(tone(1000, 22_050), 22_050, 8000)
    assert len(heard) == 8000
    assert np.abs(heard[500:-500] - tone(1000, 8000)[500:-500].astype(np.int32)).max() < 100
    assert np.abs(resample(tone(6000, 22_050), 22_050, 8000)[500:-500].astype(np.int32)).max() < 30


def test_a_rate_kept_is_audio_kept():
    assert resample(tone(300, 8000), 8000, 8000).tolist() == tone(300, 8000).tolist()
    assert len(resample(np.zeros(0, np.int16), 22_050, 8000)) == 0


def test_twice_the_rate_is_the_same_tone():
    heard = twice(tone(3000, 8000))
    assert heard[0::2].tolist() == tone(3000, 8000).tolist()
    assert np.abs(heard[100:-100] - tone(3000, 16_000)[100:-100].astype(np.int32)).max() < 60
    assert len(twice(np.zeros(0, np.int16))) == 0
