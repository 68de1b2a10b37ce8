"""What comes next: a heap of things to happen, on the virtual clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

NOW_FIRST, AFTERWARDS = 0, 1
"""Of what happens at the same moment, what callers and agents do comes before the look at the line."""


class DayClock:
    """Seconds since 1970; it stands still while something happens."""

    def __init__(self, now: float) -> None:
        self._now = now

    def __call__(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        self.reach(self._now + seconds)

    def reach(self, time: float) -> None:
        self._now = max(self._now, time)


class Loop:
    """Runs what was put down, in the order of time, and of what is put down for the same moment in that order."""

    def __init__(self, clock: DayClock) -> None:
        self.clock = clock
        self._heap: list[tuple[float, int, int, Callable[..., None], tuple[Any, ...]]] = []
        self._put = 0
        self.happened = 0

    def at(self, time: float, what: Callable[..., None], *with_: Any, rank: int = NOW_FIRST) -> None:
        """A time that is over is now."""
        self._put += 1
        heapq.heappush(self._heap, (max(time, self.clock()), rank, self._put, what, with_))

    def later(self, seconds: float, what: Callable[..., None], *with_: Any, rank: int = NOW_FIRST) -> None:
        self.at(self.clock() + seconds, what, *with_, rank=rank)

    def run(self) -> None:
        """Until nothing is left to happen."""
        while self._heap:
            time, _, _, what, with_ = heapq.heappop(self._heap)
            self.clock.reach(time)
            self.happened += 1
            what(*with_)
