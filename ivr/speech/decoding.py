"""The threads that decode for all calls: few, with a short queue, and honest about how far behind they are.

A call has one piece of work in the queue at a time. Calls whose speech is over go first, since somebody waits for
them in silence; pieces of speech under way can wait for some tenths of a second and lose nothing by it.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

Clock = Callable[[], float]
"""Seconds that only grow."""

LATE_S = 0.5
"""Lag from which new calls are better off with keys or the carrier's ears."""
WELL_S = 0.2
"""Lag below which they are taken again."""
LOOKS_BACK_S = 3.0
MOST_WAITING = 256


@dataclass(frozen=True, slots=True)
class Load:
    """How the ears are doing, for `/metrics` and for the choice of a new call's ears."""

    waiting: int
    lag_s: float
    """The longest that work waited in the last seconds, or waits now."""
    refused: int
    """New calls that were sent elsewhere since the start."""
    shedding: bool


class Decoding:
    """`workers` threads, or none: then `work_off` does the work, which tests use."""

    def __init__(self, workers: int = 2, *, clock: Clock = time.monotonic, most_waiting: int = MOST_WAITING) -> None:
        self._clock = clock
        self._most = most_waiting
        self._work: list[tuple[bool, int, float, Callable[[], None]]] = []
        self._order = count()
        self._lags: deque[tuple[float, float]] = deque()
        """When work was begun, and how long it had waited."""
        self._shedding = False
        self._refused = 0
        self._open = True
        self._changed = threading.Condition()
        self._threads = [
            threading.Thread(target=self._go_on, name=f"decoding-{n}", daemon=True) for n in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Callable[[], None], *, urgent: bool) -> bool:
        """Have it done by one of the threads; False where the queue is full or closed, and nothing was kept."""
        with self._changed:
            if not self._open or len(self._work) >= self._most:
                return False
            heapq.heappush(self._work, (not urgent, next(self._order), self._clock(), work))
            self._changed.notify()
            return True

    def takes_calls(self) -> bool:
        """Whether a new call can be listened to. One that is not shall get keys or the carrier's ears."""
        with self._changed:
            lag = self._lag()
            self._shedding = lag > (WELL_S if self._shedding else LATE_S)
            self._refused += self._shedding
            return not self._shedding

    def idle(self) -> bool:
        """Nothing waits: there is time for what may turn out to have been for nothing."""
        with self._changed:
            return not self._work

    def load(self) -> Load:
        with self._changed:
            return Load(len(self._work), self._lag(), self._refused, self._shedding)

    def work_off(self) -> int:
        """Do all that waits, here and now; how many pieces it was."""
        done = 0
        while (work := self._next()) is not None:
            work()
            done += 1
        return done

    def close(self) -> None:
        """End the threads; what waits is not done any more."""
        with self._changed:
            self._open = False
            self._work.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _go_on(self) -> None:
        while self._open:
            with self._changed:
                while self._open and not self._work:
                    self._changed.wait()
            if (work := self._next()) is not None:
                work()

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            if not self._work:
                return None
            _, _, since, work = heapq.heappop(self._work)
            now = self._clock()
            self._lags.append((now, now - since))
            return work

    def _lag(self) -> float:
        now = self._clock()
        while self._lags and self._lags[0][0] < now - LOOKS_BACK_S:
            self._lags.popleft()
        waited = [lag for _, lag in self._lags]
        return max(waited + [now - since for _, _, since, _ in self._work], default=0.0)
