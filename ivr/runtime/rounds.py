"""Jobs that are done again and again beside the calls, each in a thread of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

from ivr.errors import IvrError

log = logging.getLogger(__name__)

QUIET_AFTER = 30
"""A job that keeps failing is logged the first time and then every so many tries."""

FAILED_PAUSE_S = (0.5, 5.0)
"""The least and the most rest after a failure: a job that waits inside itself has no rest of its own."""


@dataclass(slots=True)
class Round:
    """`job` runs, then rests `every_s`; a job that did something (a true answer) is run again at once."""

    name: str
    job: Callable[[], object]
    every_s: float
    _stop: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def start(self) -> None:
        self._thread = Thread(target=self._run, name=f"round-{self.name}", daemon=True)
        self._thread.start()

    def stop(self, wait_s: float = 5.0) -> None:
        """End after the job under way."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(wait_s)

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():
            try:
                busy = bool(self.job())
                failures = 0
            except IvrError as error:
                if failures % QUIET_AFTER == 0:
                    log.warning("%s: %s", self.name, error)
                failures += 1
                busy = False
            except Exception:  # the outer handler of this thread: a bug must not end the round for good
                log.exception("%s: a bug", self.name)
                failures += 1
                busy = False
            if failures:
                self._stop.wait(min(FAILED_PAUSE_S[1], max(FAILED_PAUSE_S[0], self.every_s * 4)))
            elif not busy:
                self._stop.wait(self.every_s)
