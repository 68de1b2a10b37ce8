"""The port: whatever turns speech into words. One recogniser per language and process, one stream per answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ivr.speech.codec import Samples
from ivr.speech.grammar import Deaf
from ivr.speech.hearing import Expectation, Heard, Nothing


class Stream(Protocol):
    """One answer. Used by one thread at a time, and not again after `finish` or `drop`."""

    def feed(self, samples: Samples) -> None:
        """Audio of the line, 8,000 samples a second, in pieces of any length. Slow: keep it off the event loop."""

    def settled(self) -> bool:
        """Whether what was fed is a whole answer already, to which nothing can be added: no more silence is needed."""

    def finish(self) -> Heard | Nothing:
        """The answer is over; what was it? SpeechError where the recogniser failed."""

    def drop(self) -> None:
        """The answer is not wanted any more."""


class Recogniser(Protocol):
    """Safe to use from several threads at once."""

    @property
    def name(self) -> str:
        """What it is and which model it has, for logs and for `ivr models`."""

    def warm(self, count: int) -> None:
        """Do now what the first answers would wait for, for as many of them at once; seconds of CPU."""

    def open(self, expected: Expectation) -> Stream:
        """Listen for an answer. Cheap. SpeechError where the recogniser failed."""

    def deaf_to(self, phrases: Iterable[str]) -> tuple[Deaf, ...]:
        """Which words of these phrases it can never hear; asked once, when a hotline is loaded."""
