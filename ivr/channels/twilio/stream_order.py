"""A caller's sound as it was spoken: frames in their order, each once, gaps silent, and each 20 ms long."""

from __future__ import annotations

from ivr.channels.twilio.stream_words import Frame
from ivr.speech.codec import FRAME_BYTES, LINE_HZ, QUIET

WINDOW = 5
"""So many frames a missing one is waited for. Without a gap nothing waits."""
MOST_GAP_MS = 2000
"""The longest silence that is put into a gap; speech has ended by then, whatever was lost."""
BYTES_PER_MS = LINE_HZ // 1000
GIVEN_UP = 25
"""So many frames in a row that seem to be from the past have not all been sent twice: their count began anew."""


class InOrder:
    """One stream's. Waits for nothing but the next frame, so it needs no clock."""

    def __init__(self) -> None:
        self._next: int | None = None
        """The chunk that follows."""
        self._early: dict[int, Frame] = {}
        self._old = 0
        self._end: int | None = None
        """Where the sound so far ends, in bytes from the stream's beginning."""
        self._part = bytearray()
        """Less than a frame, until more comes."""

    def add(self, frame: Frame) -> list[bytes]:
        """The pieces of 20 ms that are complete now: none, one, or several."""
        if frame.chunk is None:
            self._join(frame)
        else:
            self._sort(frame.chunk, frame)
        return self._whole()

    def _sort(self, chunk: int, frame: Frame) -> None:
        if self._next is None:
            self._next = 1 if chunk <= WINDOW else chunk
        if chunk < self._next:
            self._old += 1
            if self._old <= GIVEN_UP:
                return
            self._next = chunk
            self._early.clear()
        self._old = 0
        self._early.setdefault(chunk, frame)
        if len(self._early) > WINDOW:
            self._next = min(self._early)  # what is missing will not come
        while (following := self._early.pop(self._next, None)) is not None:
            self._join(following)
            self._next += 1

    def _join(self, frame: Frame) -> None:
        if frame.at_ms is not None:
            at = frame.at_ms * BYTES_PER_MS
            if self._end is not None and at - self._end >= FRAME_BYTES:
                self._part += QUIET * min(at - self._end, MOST_GAP_MS * BYTES_PER_MS)
                self._end = at
            elif self._end is None or self._end - at > MOST_GAP_MS * BYTES_PER_MS:
                self._end = at
            elif frame.chunk is None and at + len(frame.ulaw) <= self._end:
                return  # nothing counts it, but its time was heard already
        self._end = (self._end or 0) + len(frame.ulaw)
        self._part += frame.ulaw

    def _whole(self) -> list[bytes]:
        end = len(self._part) - len(self._part) % FRAME_BYTES
        pieces = [bytes(self._part[start : start + FRAME_BYTES]) for start in range(0, end, FRAME_BYTES)]
        del self._part[:end]
        return pieces
