"""Whether what came in is only what went out."""

import numpy as np
import pytest
from line_sounds import babble

from ivr.speech.codec import decode, encode
from ivr.speech.echo import is_echo, likeness
from ivr.speech.resample import resample


def noise(seconds, level, seed=1):
    return np.random.default_rng(seed).normal(0, level, round(seconds * 8000))


def coloured(wave):
    """As a small loudspeaker and a room give it back: dull, and with a second reflection."""
    dull = np.convolve(wave, [0.25, 0.5, 0.25], "same")
    return dull + 0.3 * np.roll(dull, 160)


@pytest.fixture(scope="module")
def prompt():
    return babble(4.0).astype(np.float64)


@pytest.mark.parametrize("softer", [0.5, 0.1, 0.03])
@pytest.mark.parametrize("from_s", [0.0, 0.7, 2.0])
def test_an_echo_is_known_wherever_it_begins_and_however_soft(prompt, softer, from_s):
    part = coloured(prompt)[round(from_s * 8000) :][:8000] * softer + noise(1, 10)
    assert is_echo(encode(part.astype(np.int16)), encode(prompt.astype(np.int16)))


def test_another_voice_is_no_echo(prompt):
    other = babble(4.0)[::-1].astype(np.float64)  # as long, as loud, of the same spectrum
    assert not is_echo(encode(other[:8000].astype(np.int16)), encode(prompt.astype(np.int16)))


def test_a_caller_who_speaks_over_a_soft_echo_is_heard(prompt):
    caller = babble(2.0)[::-1][:8000].astype(np.float64)
    both = caller + prompt[8000:16000] * 0.1
    assert not is_echo(encode(both.astype(np.int16)), encode(prompt.astype(np.int16)))


def test_nothing_is_like_nothing():
    assert likeness(b"", b"") == 0.0
    assert likeness(b"\xff" * 8000, b"\xff" * 32_000) == 0.0


def test_a_click_is_too_short_to_tell():
    assert likeness(b"\x80" * 160, b"\x80" * 32_000) == 0.0


def test_real_voices(prompt):
    """What one voice says is not the echo of what it says at another time."""
    from spoken import espeak

    one, other = espeak("잔액 조회"), espeak("카드 분실 신고")
    assert not is_echo(encode(one), encode(other))
    back = decode(encode((coloured(other.astype(float)) * 0.2).astype(np.int16)))
    assert is_echo(encode(back[4000:10000]), encode(other))
    assert not is_echo(encode(resample(other, 8000, 8800)[4000:10000]), encode(one))
