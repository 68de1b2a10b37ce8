"""The memory of calls, which counts the turns that go through it."""

from __future__ import annotations

import logging
from threading import Lock

import redis

from ivr.call.turns import Opened, Saved
from ivr.store.calls import RedisCalls

log = logging.getLogger(__name__)


class CountedCalls(RedisCalls):
    def __init__(self, client: redis.Redis) -> None:
        super().__init__(client)
        self._lock = Lock()
        self.turns = 0
        """Turns taken by this process, on whatever line."""
        self.alarms = 0
        """Waits in line that were too long."""

    def commit(self, opened: Opened, saved: Saved, *, now: float) -> bool:
        done = super().commit(opened, saved, now=now)
        if done:
            with self._lock:
                self.turns += 1
            self._alarm(opened, saved)
        return done

    def _alarm(self, opened: Opened, saved: Saved) -> None:
        for entry in saved.entries:
            if entry.kind == "alarm":
                with self._lock:
                    self.alarms += 1
                told = (opened.call, entry.data["waited_s"], entry.data["queue"], opened.hotline)
                log.warning("call %s has waited %.0f s in the line %s of %s", *told)
