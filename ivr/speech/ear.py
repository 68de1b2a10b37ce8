"""One call's ear: frames of the line in, and when the caller has spoken, what he said. Knows no channel."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import numpy as np

from ivr.errors import SpeechError
from ivr.speech.codec import FRAME_BYTES, FRAME_MS, Samples
from ivr.speech.decoding import Decoding
from ivr.speech.end_of_speech import Moment
from ivr.speech.gate import Gate
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.recogniser import Recogniser, Stream

log = logging.getLogger(__name__)

AT_ONCE = 200 // FRAME_MS
"""Frames that are gathered before the recogniser is bothered; it works in pieces of about so much anyway."""

Told = Callable[[Heard | Nothing], None]


class Ear:
    """`listen` for an answer, then `hear` every frame. The answer is told once, from a thread of `decoding`.

    Between `listen` and the answer the caller may begin and end more than once: of speech that holds no words (a cough,
    the prompt's echo) `Nothing` is told as well, and what he says then begins a new answer to the same prompt.
    """

    def __init__(self, recogniser: Recogniser, decoding: Decoding, told: Told) -> None:
        self._recogniser = recogniser
        self._decoding = decoding
        self._told = told
        self._gate = Gate()
        self._expected: Expectation | None = None
        self._answer: _Answer | None = None

    def listen(self, expected: Expectation) -> None:
        """Wait for an answer to a new prompt; one that was under way is dropped."""
        self.stop()
        self._expected = expected
        self._gate.turn(expected)

    def stop(self) -> None:
        """Listen no more, until `listen`. What is being decoded is not told any more."""
        if self._answer is not None:
            self._answer.drop()
        self._answer = self._expected = None

    def hear(self, frame: bytes) -> Moment | None:
        """One µ-law frame of 20 ms, as it comes; takes 30 µs. STARTED is the moment to silence a prompt.

        A frame of another size is cut, or filled up with nothing.
        """
        if len(frame) != FRAME_BYTES:
            frame = frame[:FRAME_BYTES].ljust(FRAME_BYTES, b"\xff")
        moment, audio = self._gate.pass_on(frame)
        if self._expected is None:
            return None
        if moment is Moment.STARTED:
            self._answer = _Answer(self._recogniser, self._expected, self._decoding, self._told)
        if self._answer is not None and self._answer.whole:
            self._answer = None  # it was a whole answer before the silence that ends one
            self._gate.rest()
        if self._answer is None:
            return None  # the end of speech that began before the prompt
        over = moment in (Moment.ENDED, Moment.CUT)
        self._answer.take(audio, over=over, paused=moment is Moment.PAUSED)
        if over:
            self._answer = None
        return moment


class _Answer:
    """One utterance on its way through the recogniser; at most one piece of it is being worked on."""

    def __init__(self, recogniser: Recogniser, expected: Expectation, decoding: Decoding, told: Told) -> None:
        self._recogniser = recogniser
        self._expected = expected
        self._decoding = decoding
        self._told = told
        self._stream: Stream | None = None
        self._lock = threading.Lock()
        self._waiting: list[Samples] = []
        self._over = self._dropped = self._busy = self._paused = False
        self.whole = False
        """It was told in a pause, since nothing can be added to it."""

    def take(self, audio: list[Samples], *, over: bool, paused: bool = False) -> None:
        """`paused`: should this be a whole answer already, it is over."""
        with self._lock:
            self._waiting += audio
            self._over |= over
            self._paused |= paused
        self._have_it_done()

    def drop(self) -> None:
        with self._lock:
            self._dropped = self._over = True
            self._waiting.clear()
        self._have_it_done()

    def _have_it_done(self) -> None:
        with self._lock:
            if self._busy or not (self._over or self._paused or len(self._waiting) >= AT_ONCE):
                return
            self._busy = True
            over, urgent = self._over, self._over or self._paused
        if not self._decoding.submit(self._work, urgent=urgent):
            with self._lock:
                self._busy = False  # the queue is full: the next frame tries again, or the end does
            if over:
                self._tell(Nothing("unclear"))

    def _work(self) -> None:
        with self._lock:
            audio, self._waiting = self._waiting, []
            over, dropped = self._over, self._dropped
            paused, self._paused = self._paused, False
        try:
            if not dropped and self._stream is None:
                self._stream = self._recogniser.open(self._expected)
            if self._stream is not None:
                if dropped:
                    self._stream.drop()
                elif audio:
                    self._stream.feed(np.concatenate(audio))
            if paused and not over and not dropped and self._stream is not None and self._decoding.idle():
                over = self.whole = self._stream.settled()
            found = self._stream.finish() if over and not dropped and self._stream is not None else None
        except SpeechError as error:
            # The caller's step goes on as if he had not been understood; keys always work.
            log.warning("the recogniser failed", extra={"cause": str(error)})
            found, over = Nothing("unclear"), True
        except Exception:  # a bug of ours; whoever speaks shall not wait for ever for it
            log.exception("an answer could not be worked on")
            found, over = Nothing("unclear"), True
        if over:
            # Stays busy for ever: nothing of this utterance is worked on after its end.
            if found is not None:
                self._tell(found)
            return
        with self._lock:
            self._busy = False
        self._have_it_done()

    def _tell(self, found: Heard | Nothing) -> None:
        with self._lock:  # after `drop` has returned, nothing is told
            if not self._dropped:
                self._told(found)
