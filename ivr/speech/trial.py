"""A rehearsal of the ears: phrases said by a voice, sent through a telephone line, and heard as in a call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ivr.speech.codec import LINE_HZ, encode, frames
from ivr.speech.end_of_speech import Moment
from ivr.speech.gate import Gate
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.matching import ACCEPT, Wording, nearest
from ivr.speech.recogniser import Recogniser
from ivr.speech.voices.voice import Voice

BEFORE_S, AFTER_S = 0.6, 1.5
REST = 8
"""The line's own noise, about -70 dB below full scale."""


@dataclass(frozen=True, slots=True)
class Menu:
    """What can be said at one place, by meaning: an option's or an intent's name and its phrases."""

    kind: str
    """choice or intent."""
    options: Mapping[str, tuple[str, ...]]

    def expectation(self, language: str) -> Expectation:
        """What a prompt with this menu expects."""
        return Expectation(self.kind, tuple(one for phrases in self.options.values() for one in phrases), language)


@dataclass(frozen=True, slots=True)
class Trial:
    """One phrase said, and what was heard."""

    meaning: str
    phrase: str
    heard: Heard | Nothing
    right: bool
    """Whether it was heard as a phrase of the same meaning, or so near to itself that it comes to the same."""


def rehearse(menu: Menu, language: str, voice: Voice, ears: Recogniser, *, rate: float = 1.0) -> Iterator[Trial]:
    """Every phrase of a menu in turn. SpeechError where the voice or the ears fail."""
    expected = menu.expectation(language)
    for meaning, phrases in menu.options.items():
        for phrase in phrases:
            heard = hear(ears, expected, b"".join(voice.say(phrase, language, rate)))
            yield Trial(meaning, phrase, heard, _right(phrase, phrases, heard))


def hear(ears: Recogniser, expected: Expectation, said: bytes) -> Heard | Nothing:
    """What is heard of one µ-law utterance, with the line's rest around it; only its first part if it has pauses."""
    gate, stream = Gate(), ears.open(expected)
    gate.turn(expected)
    dice = np.random.default_rng(len(said))
    rest = [encode(np.rint(dice.normal(0, REST, round(LINE_HZ * s))).astype(np.int16)) for s in (BEFORE_S, AFTER_S)]
    for frame in frames(rest[0] + said + rest[1]):
        moment, audio = gate.pass_on(frame)
        if audio:
            stream.feed(np.concatenate(audio))
        if moment in (Moment.ENDED, Moment.CUT):
            break
    return stream.finish()


def _right(phrase: str, phrases: Sequence[str], heard: Heard | Nothing) -> bool:
    if not isinstance(heard, Heard):
        return False
    if heard.text in phrases:
        return True
    away = nearest([Wording(heard.text)], [phrase])
    return bool(away) and away[0][0] <= ACCEPT
