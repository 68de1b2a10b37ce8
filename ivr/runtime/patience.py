"""How long a caller is kept in silence while the store does not answer, before being told of a break."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ivr.errors import StoreDown
from ivr.runtime.ports import Clock

STALL_S = 4.0
"""A store that stands still for less is waited for: callers hear nothing of it, and what they did is not lost. Longer
silence is worse than words, and a carrier waits for its answer, too. The last try may take another second and a half.
"""
PAUSE_S = 0.2
MOST_TRIES = round(STALL_S / PAUSE_S)
Found = TypeVar("Found")


class Patience:
    """Of one process. An outage that lasts is known: it keeps nobody else waiting, and no thread busy."""

    def __init__(self, clock: Clock, pause: Callable[[float], None]) -> None:
        self._clock = clock
        self._pause = pause
        self._began, self._met = 0.0, 0.0
        """When the outage under way was met first, and last; 0: there is none."""

    def ask(self, question: Callable[[], Found]) -> Found:
        """The answer. Raises StoreDown when the store has been away for STALL_S, whoever has met that first."""
        asked = self._clock()
        for _ in range(MOST_TRIES):
            try:
                found = question()
            except StoreDown:
                if not self._short(asked):
                    raise
                self._pause(PAUSE_S)
            else:
                self._began = self._met = 0.0
                return found
        return question()

    def _short(self, asked: float) -> bool:
        """Whether the outage that was met now is young. One that nobody has met for STALL_S was another one."""
        if not self._began <= asked <= self._met + STALL_S:
            self._began = asked
        self._met = self._clock()
        return self._met - self._began < STALL_S
