"""Half an hour of talk through a recogniser's own stream, on no clock: what is kept of it stays small."""

import gc
import weakref

import numpy as np
from line_sounds import babble

from ivr.speech.codec import encode, frames
from ivr.speech.decoding import Decoding
from ivr.speech.ear import Ear
from ivr.speech.hearing import Expectation
from ivr.speech.matching import Wording
from ivr.speech.recognisers.written import Written, WrittenStream


class Answer(WrittenStream):
    """One that can be looked for when it is over."""


class Writes:
    """Ears that write the same words of everything, and remember how much they were given at once."""

    name = "writes"

    def __init__(self):
        self.most = 0
        self.answers = weakref.WeakSet()

    def open(self, expected):
        def write_down(samples, hints):
            self.most = max(self.most, len(samples))
            return Written((Wording("so I said to her"),), 0.9)

        answer = Answer(write_down, expected)
        self.answers.add(answer)
        return answer

    def deaf_to(self, phrases):
        return ()


def test_half_an_hour_of_talk_is_kept_twenty_seconds_at_a_time():
    ears, decoding, told = Writes(), Decoding(0, clock=lambda: 0.0), []
    ear = Ear(ears, decoding, told.append)
    talk = list(frames(encode(np.tile(babble(10), 3))))
    ear.listen(Expectation("text"))
    for _ in range(60):
        for frame in talk:
            ear.hear(frame)
        decoding.work_off()
    gc.collect()
    assert len(told) >= 30 * 60 / 21
    assert ears.most <= 8000 * 21
    assert len(ears.answers) <= 2
