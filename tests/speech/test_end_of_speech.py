"""Who speaks and when he has ended, told by the frame. 50 frames are a second."""

import numpy as np
import pytest
from line_sounds import as_samples, babble, digital_silence, frames_of, music, noise, quiet, tone

from ivr.speech.codec import encode
from ivr.speech.end_of_speech import EndOfSpeech, Moment, patience_s
from ivr.speech.gate import PRE_ROLL_MS, Gate
from ivr.speech.hearing import Expectation

A_SECOND = 50


def moments(*parts, patience=0.3, **settings):
    """What was told, with the second it was told at."""
    end = EndOfSpeech(patience, **settings)
    heard = [(end.hear(frame), (n + 1) / A_SECOND) for n, frame in enumerate(frames_of(*parts))]
    return [(moment, at) for moment, at in heard if moment]


def kinds(*parts, **settings):
    return [moment for moment, _ in moments(*parts, **settings)]


def test_speech_is_told_when_it_starts_and_when_it_has_ended():
    (started, at_start), (ended, at_end) = moments(quiet(1), babble(1.5), quiet(1))
    assert (started, ended) == (Moment.STARTED, Moment.ENDED)
    assert 1.08 <= at_start <= 1.3
    assert 2.7 <= at_end <= 2.9


def test_the_turn_of_a_patient_prompt_survives_a_pause():
    pause = (quiet(1), babble(1), quiet(0.5), babble(1), quiet(1.2))
    assert kinds(*pause, patience=0.3) == [Moment.STARTED, Moment.ENDED] * 2
    assert kinds(*pause, patience=0.7) == [Moment.STARTED, Moment.PAUSED, Moment.PAUSED, Moment.ENDED]


@pytest.mark.parametrize(
    ("kind", "unhurried", "seconds"),
    [("yes_no", False, 0.3), ("choice", False, 0.3), ("digits", False, 0.7), ("intent", False, 0.7),
     ("text", False, 0.7), ("choice", True, 0.45), ("digits", True, 1.05)],
)  # fmt: skip
def test_patience_is_the_prompts_and_the_callers(kind, unhurried, seconds):  # R55
    assert patience_s(Expectation(kind, unhurried=unhurried)) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "sound",
    [digital_silence(5), quiet(5), noise(5, 1000), noise(5, 6000), as_samples(np.full(40_000, 12_000.0)), tone(5, 50)],
    ids=["digital silence", "line at rest", "hiss", "loud hiss", "direct current", "hum"],
)
def test_a_steady_sound_is_no_speech(sound):
    assert kinds(sound) == []


@pytest.mark.parametrize("sound", [tone(6), noise(6, 6000)], ids=["tone", "noise"])
def test_a_steady_sound_that_sets_in_ends_by_itself(sound):
    (_, at_start), *rest = moments(quiet(1), sound, quiet(0.5)) or [(None, 0), (Moment.ENDED, 0)]
    assert [moment for moment, _ in rest] == [Moment.ENDED]
    assert rest[0][1] - at_start < 2.2


def test_music_and_half_an_hour_of_talk_are_cut():
    (_, started), (cut, at) = moments(quiet(0.5), babble(25), longest_s=20)[:2]
    assert cut is Moment.CUT
    assert at - started == pytest.approx(20)
    told = kinds(quiet(1), music(60), quiet(1))
    assert len(told) % 2 == 0  # never left open


@pytest.mark.parametrize(
    "voice",
    [babble(1.5, loud=600), as_samples(babble(1.5).astype(float) * 30), as_samples(babble(1.5) + 8000.0),
     babble(1.5, pitch=230.0)],
    ids=["faint", "clipped", "with direct current", "high"],
)  # fmt: skip
def test_a_voice_is_heard_all_the_same(voice):
    level = int(voice.mean() // 1000 * 1000)
    assert kinds(as_samples(quiet(1) + float(level)), voice, as_samples(quiet(1) + float(level))) == [
        Moment.STARTED,
        Moment.ENDED,
    ]


def test_a_voice_is_heard_over_hiss():
    told = kinds(noise(1, 200), as_samples(babble(1.5).astype(float) + noise(1.5, 200)), noise(1, 200))
    assert told == [Moment.STARTED, Moment.ENDED]


def test_a_click_is_no_speech_and_holds_no_turn_open():
    click = noise(0.02, 9000)
    assert kinds(quiet(1), click, quiet(1), click, quiet(1)) == []
    spoken = (quiet(1), babble(1), quiet(0.2), click, quiet(0.14))
    assert kinds(*spoken, patience=0.3) == [Moment.STARTED, Moment.ENDED]


def passed_on(*parts):
    gate = Gate()
    gate.turn(Expectation("yes_no"))
    return [gate.pass_on(encode(frame)) for frame in frames_of(*parts)]


def test_silence_passes_no_audio_and_speech_brings_what_came_before_it():
    passed = passed_on(quiet(2), babble(1), quiet(1))
    first = next(n for n, (_, audio) in enumerate(passed) if audio)
    assert passed[first][0] is Moment.STARTED
    begins = first + 1 - len(passed[first][1])
    assert begins <= 2 * A_SECOND - (PRE_ROLL_MS - 60) / 20  # a good part of the pre-roll lies before the first sound
    last = next(n for n, (moment, _) in enumerate(passed) if moment is Moment.ENDED)
    assert sum(len(audio) for _, audio in passed) == last - begins + 1
    assert not any(audio for _, audio in passed[last + 1 :])


def test_the_pre_roll_never_repeats_a_frame():
    passed = passed_on(quiet(1), babble(1), quiet(0.5), babble(1), quiet(1))
    out = np.concatenate([piece for _, audio in passed for piece in audio])
    assert len(out) <= 3.5 * 8000
    assert sum(moment is Moment.STARTED for moment, _ in passed) == 2
