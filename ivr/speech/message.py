"""A caller's message, taken from the line after a tone: it ends by a key, by silence, or when it is long enough."""

from __future__ import annotations

from ivr.call.verbs import Record
from ivr.speech.codec import FRAME_MS, LINE_HZ, QUIET, decode
from ivr.speech.end_of_speech import EndOfSpeech, Moment

AFTER_MS = 400
"""Of the silence that ended a message, so much is kept."""


class Message:
    """One. `hear` every frame of the line until it is over."""

    def __init__(self, order: Record) -> None:
        self._most = order.max_s * LINE_HZ
        self._silence = round(order.silence_s * 1000 / FRAME_MS)
        self._finish_on = order.finish_on
        self._end = EndOfSpeech(order.silence_s, longest_s=order.max_s)
        self._ulaw = bytearray()
        self._quiet = 0
        """Frames since somebody spoke."""
        self._spoken = False
        self.over = False

    def hear(self, frame: bytes) -> None:
        """One frame of 20 ms."""
        self._ulaw += frame
        moment = self._end.hear(decode(frame))
        self._spoken = self._spoken or moment is Moment.STARTED
        self._quiet = 0 if self._end.speaking else self._quiet + 1
        silent = moment is Moment.ENDED or (not self._spoken and self._quiet >= self._silence)
        self.over = self.over or silent or len(self._ulaw) >= self._most

    def key(self, digit: str) -> bool:
        """Whether this key ends it."""
        return digit in self._finish_on

    @property
    def ulaw(self) -> bytes:
        """Nothing where nobody spoke; without the silence that ended it."""
        if not self._spoken:
            return b""
        kept = len(self._ulaw) - self._trailing()
        return bytes(self._ulaw[: max(0, kept)])

    def _trailing(self) -> int:
        """Bytes of silence at the end beyond what is kept of it."""
        quiet = self._silence if self.over and not self._end.speaking else self._quiet
        return max(0, quiet * FRAME_MS - AFTER_MS) * LINE_HZ // 1000


def beep(seconds: float = 0.4, hz: float = 1000.0) -> bytes:
    """The tone before a message, µ-law, as loud as a voice."""
    import numpy as np

    from ivr.speech.codec import encode

    time = np.arange(round(seconds * LINE_HZ)) / LINE_HZ
    fade = np.minimum(1.0, np.minimum(time, seconds - time) / 0.01)
    return encode(np.rint(6000 * fade * np.sin(2 * np.pi * hz * time)).astype(np.int16)) + QUIET * 160
