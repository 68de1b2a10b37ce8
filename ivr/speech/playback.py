"""What was sent to the caller and how much of it has been heard, so that a prompt can be stopped and gone on with."""

from __future__ import annotations

from ivr.speech.codec import LINE_HZ
from ivr.speech.orders import Clear, Mark, Order, Sound

MARK_EVERY_S = 0.5
"""A prompt goes on from the last mark that was heard, so this is the most that is heard twice."""
MARK_BYTES = round(MARK_EVERY_S * LINE_HZ)
LOST_MARKS_S = 4.0
"""A far end that has not told its marks so long after they were due has lost them; the call goes on."""


class Playback:
    """One stretch of sound: the prompts of a question, or what is said between two. Positions are bytes into it."""

    def __init__(self, epoch: int) -> None:
        self._epoch = epoch
        """Part of every mark's name: marks of an earlier stretch come back late, and say nothing of this one."""
        self._ulaw = bytearray()
        self._sent = self._heard = 0
        self._begun_at = self._heard_at = 0.0
        """When sending began, and when the last mark was heard."""
        self._complete = self._stopped = False
        self.over = False
        """All of it has been heard."""

    @property
    def sounding(self) -> bool:
        return self._sent > self._heard and not self._stopped

    def add(self, ulaw: bytes, now: float) -> list[Order]:
        """More to say; while stopped it is kept for later."""
        self._ulaw += ulaw
        return [] if self._stopped else self._send(now)

    def complete(self, now: float) -> list[Order]:
        """No more will come."""
        self._complete = True
        return [] if self._stopped else self._send(now)

    def stop(self, epoch: int) -> list[Order]:
        """Silence, in a way that can be undone."""
        self._stopped = True
        self._epoch = epoch
        return [Clear()] if self._sent > self._heard else []

    def go_on(self, now: float) -> list[Order]:
        """From the last mark that was heard."""
        self._stopped = False
        self._sent = self._heard
        return self._send(now)

    def marked(self, name: str, now: float) -> None:
        epoch, _, position = name.partition(":")
        if epoch != str(self._epoch) or self._stopped or not position.isdigit():
            return
        self._reach(int(position), now)

    def tick(self, now: float) -> None:
        """Believe that what is long since due has been heard."""
        due = self._heard_at + (self._sent - self._heard) / LINE_HZ + LOST_MARKS_S
        if self.sounding and now > due:
            self._reach(self._sent, now)

    def lately(self, seconds: float, now: float) -> bytes:
        """What was being played in the last seconds, as well as marks tell it; for finding its echo."""
        at = min(self._sent, self._heard + round(max(0.0, now - self._heard_at) * LINE_HZ))
        return bytes(self._ulaw[max(0, at - round(seconds * LINE_HZ)) : at])

    def _reach(self, position: int, now: float) -> None:
        self._heard = max(self._heard, min(position, self._sent))
        self._heard_at = now
        self.over = self._complete and self._heard >= len(self._ulaw)

    def _send(self, now: float) -> list[Order]:
        if self._sent == self._heard:
            self._heard_at = now
        orders: list[Order] = []
        while self._sent < len(self._ulaw):
            piece = bytes(self._ulaw[self._sent : self._sent + MARK_BYTES])
            self._sent += len(piece)
            orders += [Sound(piece), Mark(f"{self._epoch}:{self._sent}")]
        if self._complete and self._heard >= len(self._ulaw):
            self.over = True
        return orders
