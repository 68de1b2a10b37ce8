"""One call's ear, with a recogniser that writes down how much audio it was given."""

import numpy as np
import pytest
from line_sounds import babble, frames_of, quiet

from ivr.errors import SpeechError
from ivr.speech.codec import QUIET, encode
from ivr.speech.decoding import Decoding
from ivr.speech.ear import Ear
from ivr.speech.end_of_speech import Moment
from ivr.speech.hearing import Expectation, Heard, Nothing

CHOICE = Expectation("choice", ("one", "two"))


class Written:
    """A stream that hears how many frames long its audio was."""

    def __init__(self, log, fails=False, whole=False):
        self.log, self.fails, self.whole, self.frames = log, fails, whole, 0

    def feed(self, samples):
        if self.fails:
            raise SpeechError("the model is gone")
        self.frames += len(samples) // 160

    def settled(self):
        return self.whole

    def finish(self):
        self.log.append("finished")
        return Heard(f"{self.frames} frames")

    def drop(self):
        self.log.append("dropped")


class Recogniser:
    name = "written"

    def __init__(self, fails=False, whole=False):
        self.log, self.fails, self.whole = [], fails, whole

    def open(self, expected):
        self.log.append(f"opened for {expected.kind}")
        return Written(self.log, self.fails, self.whole)

    def deaf_to(self, phrases):
        return ()


class Call:
    def __init__(self, recogniser=None, **decoding):
        self.recogniser = recogniser or Recogniser()
        self.decoding = Decoding(0, clock=lambda: 0.0, **decoding)
        self.told = []
        self.ear = Ear(self.recogniser, self.decoding, self.told.append)

    def hears(self, *parts, work=True):
        moments = []
        for frame in frames_of(*parts):
            moments.append(self.ear.hear(encode(frame)))
            if work:
                self.decoding.work_off()
        return [one for one in moments if one]


def test_an_answer_is_told_once_when_the_caller_has_ended():
    call = Call()
    call.ear.listen(CHOICE)
    assert call.hears(quiet(1), babble(1.5), quiet(1)) == [Moment.STARTED, Moment.ENDED]
    (heard,) = call.told
    assert 75 <= int(heard.text.split()[0]) <= 75 + 15 + 16 + 5  # the speech, the pre-roll and the silence after it
    assert call.recogniser.log == ["opened for choice", "finished"]


def test_silence_costs_no_recogniser():
    call = Call()
    call.ear.listen(CHOICE)
    call.hears(quiet(5))
    assert call.recogniser.log == []


def test_a_busy_decoder_gets_all_of_it_later_in_one_piece():
    call = Call()
    call.ear.listen(CHOICE)
    call.hears(quiet(1), babble(1.5), quiet(1), work=False)
    assert call.decoding.load().waiting == 1  # one piece of work a call, however late it is
    call.decoding.work_off()
    at_once = Call()
    at_once.ear.listen(CHOICE)
    at_once.hears(quiet(1), babble(1.5), quiet(1))
    assert abs(int(call.told[0].text.split()[0]) - int(at_once.told[0].text.split()[0])) <= 4


OPEN = Expectation("intent", ("one", "two"))


def test_a_whole_answer_is_told_at_the_first_pause():
    call = Call(Recogniser(whole=True))
    call.ear.listen(OPEN)
    assert call.hears(quiet(1), babble(1.5), quiet(0.36)) == [Moment.STARTED, Moment.PAUSED]
    assert len(call.told) == 1


def test_what_may_go_on_is_waited_for():
    call = Call()
    call.ear.listen(OPEN)
    assert call.hears(quiet(1), babble(1.5), quiet(0.4))[-1] is Moment.PAUSED
    assert call.told == []
    assert call.hears(quiet(0.5)) == [Moment.ENDED]
    assert len(call.told) == 1


def test_after_a_whole_answer_the_next_word_is_a_new_one():
    call = Call(Recogniser(whole=True))
    call.ear.listen(OPEN)
    call.hears(quiet(1), babble(1.5), quiet(0.4), babble(1), quiet(0.4))
    assert len(call.told) == 2


def test_a_crowded_decoder_does_not_look_ahead():
    call = Call(Recogniser(whole=True))
    call.ear.listen(OPEN)
    call.hears(quiet(1), babble(1.5))
    call.hears(quiet(0.4), work=False)
    call.decoding.submit(lambda: None, urgent=False)
    call.decoding.work_off()
    assert call.told == []


def test_two_utterances_are_two_answers():
    call = Call()
    call.ear.listen(CHOICE)
    call.hears(quiet(1), babble(1), quiet(1), babble(1), quiet(1))
    assert len(call.told) == 2


def test_nothing_is_told_after_stop():
    call = Call()
    call.ear.listen(CHOICE)
    call.hears(quiet(1), babble(1.5))
    call.ear.stop()
    assert call.hears(quiet(1), babble(1), quiet(1)) == []
    assert call.told == []
    assert call.recogniser.log == ["opened for choice", "dropped"]


def test_a_new_prompt_drops_the_old_answer():
    call = Call()
    call.ear.listen(CHOICE)
    call.hears(quiet(1), babble(1))
    call.ear.listen(Expectation("digits"))
    call.hears(quiet(1), babble(1), quiet(1))
    assert call.recogniser.log == ["opened for choice", "dropped", "opened for digits", "finished"]
    assert len(call.told) == 1


def test_a_recogniser_that_fails_is_an_answer_not_understood(caplog):
    call = Call(Recogniser(fails=True))
    call.ear.listen(CHOICE)
    call.hears(quiet(1), babble(1.5), quiet(1))
    assert call.told == [Nothing("unclear")]
    assert "the recogniser failed" in caplog.text


def test_a_full_queue_is_an_answer_not_understood_and_never_silence_for_ever():
    call = Call(most_waiting=0)
    call.ear.listen(CHOICE)
    call.hears(quiet(1), babble(1.5), quiet(1))
    assert call.told == [Nothing("unclear")]


@pytest.mark.parametrize("frame", [b"", b"\x00", QUIET * 1000, bytes(range(256))], ids=["none", "one", "long", "odd"])
def test_a_frame_of_the_wrong_size_does_no_harm(frame):
    call = Call()
    call.ear.listen(CHOICE)
    assert call.ear.hear(frame) is None


def test_half_an_hour_of_talk_is_cut_and_kept_short():
    call = Call()
    call.ear.listen(CHOICE)
    told = call.hears(quiet(0.5), np.tile(babble(10), 9))
    assert told[:4] == [Moment.STARTED, Moment.CUT, Moment.STARTED, Moment.CUT]
    assert all(int(heard.text.split()[0]) <= 20 * 50 + 40 for heard in call.told)
