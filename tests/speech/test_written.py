"""What is made of an answer that a recogniser wrote down whole, by how likely it finds it itself."""

import numpy as np
import pytest

from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.matching import Wording
from ivr.speech.recognisers.written import HEARD, NOT_WRITTEN, SURE, Written, WrittenStream, as_expected

INTENT = Expectation("intent", ("which plan do I have", "agent"))
CHOICE = Expectation("choice", ("silver plan", "gold plan"))
AUDIO = np.zeros(160, np.int16)


def written(*texts, likely=0.9):
    return Written(tuple(Wording(text) for text in texts), likely)


def test_a_phrase_near_to_what_was_written_is_taken_and_other_words_are_left_as_they_are():
    assert as_expected(written("Silver plant."), CHOICE).text == "silver plan"
    other = as_expected(written("The second one, please.", "A second one please."), CHOICE)
    assert (other.text, other.others) == ("The second one, please.", ("A second one please.",))


def test_an_example_of_an_intent_is_mended_by_its_sound():
    assert as_expected(written("Which plane do I have?"), INTENT).text == "which plan do I have"


@pytest.mark.parametrize(("likely", "sure"), [(SURE, True), (SURE - 0.01, False), (HEARD, False)])
def test_an_unlikely_sentence_is_worth_a_question(likely, sure):
    found = as_expected(written("I won't find out playing about that.", likely=likely), INTENT)
    assert found == Heard("I won't find out playing about that.", round(likely, 3), sure)


def test_a_most_unlikely_sentence_is_not_understood():
    babble = written("Control, operator, operator, operator.", likely=HEARD - 0.01)
    assert as_expected(babble, INTENT) == Nothing("unclear")


def test_nothing_written_is_silence():
    assert as_expected(NOT_WRITTEN, INTENT) == Nothing("silence")


def test_numbers_are_not_doubted_for_the_many_ways_of_writing_them():
    assert as_expected(written("12345678.", likely=0.4), Expectation("digits")).sure


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("What is my balance? What is my balance?", "What is my balance?"),
        ("My bill is wrong. My bill is wrong. My bill is wrong.", "My bill is wrong."),
        ("No. No.", "No. No."),
        ("What is my balance? What is my bill?", "What is my balance? What is my bill?"),
    ],
)
def test_a_sentence_written_twice_was_said_once(text, once):
    assert as_expected(written(text), Expectation("text")).text == once


def test_digits_that_are_said_twice_stay_twice():
    assert as_expected(written("4 5. 4 5."), Expectation("digits")).text == "4 5. 4 5."


def test_the_audio_of_an_answer_is_written_down_once_and_whole():
    told = []

    def write_down(samples, hints):
        told.append((len(samples), tuple(hints)))
        return written("Gold plan.")

    stream = WrittenStream(write_down, CHOICE)
    stream.feed(AUDIO)
    stream.feed(AUDIO)
    assert stream.finish().text == "gold plan"
    assert told == [(320, CHOICE.phrases)]


def hears(said):
    """A recogniser that writes this down, and how often it was asked."""
    asked = []

    def write_down(samples, hints):
        asked.append(len(samples))
        return written(said)

    return WrittenStream(write_down, CHOICE), asked


LOUD = np.full(160, 5000, np.int16)


def test_a_pause_after_a_whole_phrase_settles_the_answer():
    stream, _ = hears("gold plan")
    stream.feed(LOUD)
    assert stream.settled()
    assert stream.finish().text == "gold plan"


def test_what_was_written_in_a_pause_serves_when_only_silence_followed():
    stream, asked = hears("well I would like")
    stream.feed(np.concatenate([LOUD, np.zeros(800, np.int16)]))
    assert not stream.settled()
    stream.feed(np.zeros(800, np.int16))
    stream.finish()
    assert len(asked) == 1


def test_who_goes_on_after_a_pause_is_written_down_anew():
    stream, asked = hears("well I would like")
    stream.feed(np.concatenate([LOUD, np.zeros(800, np.int16)]))
    assert not stream.settled()
    stream.feed(LOUD)
    stream.finish()
    assert asked == [960, 1120]


def test_without_audio_nothing_is_asked_of_the_recogniser():
    def write_down(samples, hints):
        raise AssertionError

    assert WrittenStream(write_down, CHOICE).finish() == Nothing("silence")
