"""A whole recording cut where its speaker pauses, since recognisers take some seconds at a time."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.speech.codec import FRAME_MS, LINE_HZ, Samples
from ivr.speech.end_of_speech import LONG_S, LONGEST_S, EndOfSpeech, Moment
from ivr.speech.gate import PRE_ROLL_MS

FRAME = LINE_HZ * FRAME_MS // 1000
"""Samples."""
BEFORE = LINE_HZ * PRE_ROLL_MS // 1000
MOST_S = LONGEST_S + PRE_ROLL_MS / 1000 + 0.2
"""No stretch is longer: who speaks without a pause is cut, in the middle of a word if need be."""


def stretches(samples: Samples) -> Iterator[Samples]:
    """What was spoken, in order, at the line's rate; nothing where nobody spoke. Nothing spoken is in two of them."""
    end = EndOfSpeech(LONG_S)
    began: int | None = None
    done = 0
    for at in range(0, len(samples) - FRAME + 1, FRAME):
        moment = end.hear(samples[at : at + FRAME])
        if moment is Moment.STARTED:
            began = max(done, at - BEFORE)
        elif moment in (Moment.ENDED, Moment.CUT) and began is not None:
            done = at + FRAME
            yield samples[began:done]
            began = None
    if began is not None:
        yield samples[began:]
