"""Lets a caller's speech through to the recogniser, and what came just before it; silence costs no decoding."""

from __future__ import annotations

from collections import deque

from ivr.speech.codec import FRAME_MS, Samples, decode
from ivr.speech.end_of_speech import STARTS_WITHIN, EndOfSpeech, Moment
from ivr.speech.end_of_speech import patience_s as patience_of
from ivr.speech.hearing import Expectation

PRE_ROLL_MS = 300
"""A caller has begun before we are sure of it: this much before the first loud frame goes to the recogniser too."""


class Gate:
    """One caller's."""

    def __init__(self, end: EndOfSpeech | None = None) -> None:
        self._end = end or EndOfSpeech()
        self._before: deque[Samples] = deque(maxlen=PRE_ROLL_MS // FRAME_MS + STARTS_WITHIN)

    def turn(self, expectation: Expectation) -> None:
        """A new prompt's answer is awaited; speech under way goes on as the answer's beginning."""
        self._end.turn(patience_of(expectation))

    def rest(self) -> None:
        """What was being said is over; whatever comes now is a new utterance."""
        self._end.rest()

    def pass_on(self, frame: bytes) -> tuple[Moment | None, list[Samples]]:
        """One µ-law frame in; what it brought, and the audio to decode now: nothing, the frame, or all since before."""
        samples = decode(frame)
        was_speaking = self._end.speaking
        moment = self._end.hear(samples)
        if moment is Moment.STARTED:
            passed = [*self._before, samples]
            self._before.clear()
            return moment, passed
        if was_speaking:
            return moment, [samples]
        self._before.append(samples)
        return None, []
