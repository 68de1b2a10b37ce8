"""The memory of calls, which counts the turns that go through it."""

from __future__ import annotations

from threading import Lock

import redis

from ivr.call.turns import Opened, Saved
from ivr.store.calls import RedisCalls


class CountedCalls(RedisCalls):
    def __init__(self, client: redis.Redis) -> None:
        super().__init__(client)
        self._lock = Lock()
        self.turns = 0
        """Turns taken by this process, on whatever line."""

    def commit(self, opened: Opened, saved: Saved, *, now: float) -> bool:
        done = super().commit(opened, saved, now=now)
        if done:
            with self._lock:
                self.turns += 1
        return done
