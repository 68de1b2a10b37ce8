"""A recording of a call by sound: both sides in one, as they were heard together."""

from __future__ import annotations

import numpy as np

from ivr.speech.codec import LINE_HZ, QUIET, decode, encode

MOST_S = 2 * 3600
"""A longer part is cut off here."""
SLACK_S = 0.1
"""Frames come a little early or late; only a real gap is filled with silence."""


class Tape:
    """One part of it. Times are seconds that only grow."""

    def __init__(self, part: int, now: float) -> None:
        self.part = part
        self._began = now
        self._caller, self._ours = bytearray(), bytearray()

    def hear(self, ulaw: bytes, now: float) -> None:
        """The caller's sound of just now."""
        behind = self._place(now) - len(self._caller) - len(ulaw)
        if behind > SLACK_S * LINE_HZ:
            self._caller += QUIET * behind
        self._caller += ulaw

    def play(self, ulaw: bytes, now: float) -> None:
        """What is sent to the caller, who hears it after what was sent before."""
        self._ours += QUIET * max(0, self._place(now) - len(self._ours)) + ulaw

    def clear(self, now: float) -> None:
        """What he has not heard yet, he never hears."""
        del self._ours[self._place(now) :]

    def end(self, now: float) -> bytes:
        """All of it, µ-law."""
        length = self._place(now)
        sides = [decode(bytes(side[:length].ljust(length, QUIET))) for side in (self._caller, self._ours)]
        both = sides[0].astype(np.int32) + sides[1]
        return encode(both.clip(-32_768, 32_767).astype(np.int16))

    def _place(self, now: float) -> int:
        return min(round((now - self._began) * LINE_HZ), MOST_S * LINE_HZ)
