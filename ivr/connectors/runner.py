"""Look-ups run beside the turn, on a few threads: whoever waits is answered, whoever has left finds the answer kept."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ivr.call.events import Event, LookupFailed
from ivr.call.tasks import Lookup
from ivr.connectors.registry import OpenConnector

log = logging.getLogger(__name__)

Late = Callable[[str, str, str, Event], None]
"""Takes hotline name, call, once and the answer that nobody waited for."""
Connectors = Mapping[str, Mapping[str, OpenConnector]]
"""Hotline name → connector name → connector."""


class Waiting:
    """One look-up under way. The answer goes to whoever waits, or to `late` once a wait has ended without it."""

    def __init__(self, late: Callable[[Event], None]) -> None:
        self._late = late
        self._changed = threading.Condition()
        self._answer: Event | None = None
        self._left = False

    def wait(self, seconds: float) -> Event | None:
        """The answer, or None when it is not here after `seconds`; then `late` will have it."""
        with self._changed:
            self._changed.wait_for(lambda: self._answer is not None, seconds)
            self._left = self._answer is None
            return self._answer

    def answered(self, answer: Event) -> None:
        with self._changed:
            self._answer = answer
            self._changed.notify_all()
            nobody = self._left
        if nobody:
            self._late(answer)


class Runner:
    """At most `threads` look-ups run and `queue` more wait; the next ones are told `busy` at once."""

    def __init__(self, connectors: Connectors, *, late: Late, threads: int = 16, queue: int = 48) -> None:
        self._late = late
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="look-up")
        self._room = threading.BoundedSemaphore(threads + queue)
        self._lock = threading.Lock()
        self._connectors = connectors
        self._in_use: Counter[OpenConnector] = Counter()
        self._retired: set[OpenConnector] = set()
        self._closed = False

    def start(self, hotline: Any, call: str, task: Lookup) -> Waiting:
        """Begin a look-up; needs only `hotline.name`."""
        name = str(hotline.name)
        waiting = Waiting(lambda answer: self._keep(name, call, task, answer))
        connector, _, operation = task.name.partition(".")
        with self._lock:
            found = self._connectors.get(name, {}).get(connector)
            if found is not None and not self._closed and self._room.acquire(blocking=False):
                self._in_use[found] += 1
                self._pool.submit(self._run, found, operation, call, task, waiting)
                return waiting
        reason = "busy" if found else "unknown"
        log.warning("look-up %s failed: %s", task.name, reason, extra={"call": call, "reason": reason})
        waiting.answered(LookupFailed(reason))
        return waiting

    def replace(self, connectors: Connectors) -> None:
        """Take these from now on. Those no longer among them are closed, each when its last look-up has ended."""
        kept = {one for by_name in connectors.values() for one in by_name.values()}
        with self._lock:
            gone = {one for by_name in self._connectors.values() for one in by_name.values()} - kept
            self._connectors = connectors
            idle = {one for one in gone if not self._in_use[one]}
            self._retired |= gone - idle
        for one in idle:
            one.close()

    def close(self) -> None:
        """Begin nothing more; what runs comes to its end, then every connector is closed."""
        with self._lock:
            self._closed = True
        self.replace({})
        self._pool.shutdown(wait=True)

    def _run(self, connector: OpenConnector, operation: str, call: str, task: Lookup, waiting: Waiting) -> None:
        answer: Event = LookupFailed("busy" if self._closed else "error")
        try:
            if not self._closed:
                answer = connector.look_up(operation, task.arguments, task.once)
        except Exception:  # a bug of ours: nobody else would hear of it on this thread, and the caller waits
            log.exception("look-up %s broke", task.name, extra={"call": call})
        try:
            waiting.answered(answer)
        finally:
            self._done(connector)

    def _done(self, connector: OpenConnector) -> None:
        self._room.release()
        with self._lock:
            self._in_use -= Counter([connector])  # and forget it at zero
            last = not self._in_use[connector] and connector in self._retired
            if last:
                self._retired.discard(connector)
        if last:
            connector.close()

    def _keep(self, hotline: str, call: str, task: Lookup, answer: Event) -> None:
        try:
            self._late(hotline, call, task.once, answer)
        except Exception:  # the store is down, or a bug: the caller's poll will end in `failed`
            log.exception("the answer of %s is lost", task.name, extra={"call": call})
