"""What is on its way to a page, in order; sound goes out little faster than it is played."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from ivr.channels.webphone.messages import sound, written

PIECE_BYTES = 1600
"""200 ms."""
BYTES_A_SECOND = 8000
AHEAD_S = 2.0
"""So much sound a page holds that it has not played yet: a bad radio second is not heard, and what is cleared has not
blocked the line before."""
LEAST_PAUSE_S = 0.005


class Outbox:
    """Filled from the event loop; `run` empties it until `close`."""

    def __init__(self, send: Callable[[str], Awaitable[None]], clock: Callable[[], float]) -> None:
        """`clock`: seconds that only grow."""
        self._send = send
        self._clock = clock
        self._at_once: deque[str] = deque()
        self._in_order: deque[str | bytes] = deque()
        self._heard_until = 0.0
        """When the page will have played what it was sent."""
        self._wake = asyncio.Event()
        self._closed = False

    def sound(self, ulaw: bytes) -> None:
        self._in_order.append(ulaw)
        self._wake.set()

    def after_sound(self, event: str, told: dict[str, Any]) -> None:
        """A message that belongs between two sounds."""
        self._in_order.append(written(event, told))
        self._wake.set()

    def at_once(self, event: str, told: dict[str, Any] | None = None) -> None:
        self._at_once.append(written(event, told))
        self._wake.set()

    def clear(self) -> None:
        """No more of the sound that was given; what stood between goes out now, after the order to be silent."""
        self._in_order = deque(one for one in self._in_order if isinstance(one, str))
        self._heard_until = 0.0
        self.at_once("clear")

    def close(self) -> None:
        """`run` returns when all is sent."""
        self._closed = True
        self._wake.set()

    async def run(self) -> None:
        """Raises what `send` raises."""
        while True:
            self._wake.clear()
            pause_s = await self._send_what_is_due()
            if self._closed and pause_s is None:
                return
            try:
                await asyncio.wait_for(self._wake.wait(), pause_s)
            except TimeoutError:
                continue

    async def _send_what_is_due(self) -> float | None:
        """How long until more is due; None: there is nothing more."""
        while self._at_once or self._in_order:
            if self._at_once:
                await self._send(self._at_once.popleft())
                continue
            now = self._clock()
            first = self._in_order[0]
            if isinstance(first, str):
                self._in_order.popleft()
                await self._send(first)
                continue
            ahead_s = self._heard_until - now - AHEAD_S
            if ahead_s > 0:
                return max(ahead_s, LEAST_PAUSE_S)
            piece, rest = first[:PIECE_BYTES], first[PIECE_BYTES:]
            if rest:
                self._in_order[0] = rest
            else:
                self._in_order.popleft()
            self._heard_until = max(self._heard_until, now) + len(piece) / BYTES_A_SECOND
            await self._send(sound(piece))
        return None
