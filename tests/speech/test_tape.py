"""Recordings of calls by sound: both sides, as they were heard together."""

import numpy as np

from ivr.speech.codec import QUIET, decode, encode
from ivr.speech.tape import MOST_S, Tape


def loud(level, seconds):
    return encode(np.full(round(seconds * 8000), level, np.int16))


def at(ulaw, second):
    """The level there."""
    return int(decode(ulaw)[round(second * 8000)])


def test_both_sides_are_heard_at_their_time():
    tape = Tape(1, 100.0)
    tape.play(loud(1000, 1.0), 100.0)
    for n in range(100):
        tape.hear(loud(4000, 0.02) if 25 <= n < 75 else QUIET * 160, 100.0 + 0.02 * (n + 1))
    heard = tape.end(102.0)
    assert len(heard) == 16_000
    assert 900 < at(heard, 0.2) < 1100
    assert 4800 < at(heard, 0.8) < 5200
    assert 3900 < at(heard, 1.2) < 4100
    assert abs(at(heard, 1.9)) < 20


def test_what_was_cleared_was_never_heard():
    tape = Tape(1, 0.0)
    tape.play(loud(1000, 5.0), 0.0)
    tape.clear(1.0)
    tape.play(loud(2000, 0.5), 2.0)
    heard = tape.end(3.0)
    assert abs(at(heard, 1.5)) < 20
    assert 1900 < at(heard, 2.2) < 2100


def test_prompts_sent_ahead_follow_one_another():
    tape = Tape(1, 0.0)
    tape.play(loud(1000, 1.0), 0.0)
    tape.play(loud(2000, 1.0), 0.1)
    heard = tape.end(2.0)
    assert 900 < at(heard, 0.9) < 1100
    assert 1900 < at(heard, 1.1) < 2100


def test_a_muted_microphone_is_silence_of_its_length():
    tape = Tape(1, 0.0)
    tape.hear(loud(4000, 0.02), 3.0)
    heard = tape.end(3.0)
    assert abs(at(heard, 1.0)) < 20
    assert at(heard, 2.99) > 3900


def test_two_loud_sides_are_clipped_and_do_not_wrap_around():
    tape = Tape(1, 0.0)
    tape.play(loud(30_000, 0.1), 0.0)
    tape.hear(loud(30_000, 0.1), 0.1)
    assert at(tape.end(0.1), 0.05) > 30_000


def test_a_recording_has_an_end():
    assert len(Tape(1, 0.0).end(10 * 3600.0)) == MOST_S * 8000
