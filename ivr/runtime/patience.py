"""How long a caller is kept in silence while the store does not answer, before being told of a break."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ivr.errors import StoreDown
from ivr.runtime.ports import Clock

STALL_S = 4.0
"""A store that stands still for less is waited for: callers hear nothing of it, and what they did is not lost. Longer
silence is worse than words. The last try may take another second and a half."""
TURN_S = 10.0
"""So long after a turn was asked for it waits for nothing any more, however often the store stood still in it: a
carrier drops the call after fifteen seconds, and the last try, and giving the call back, take three."""
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

    def ask(self, question: Callable[[], Found], began: float) -> Found:
        """The answer, for a turn that was asked for when it `began`. Raises StoreDown when the store has been away for
        STALL_S, whoever has met that first, or the turn has taken TURN_S."""
        asked = self._clock()
        for _ in range(MOST_TRIES):
            try:
                found = question()
            except StoreDown:
                now = self._clock()
                if not self._is_short(asked, now) or now - began >= TURN_S:
                    raise
                self._pause(PAUSE_S)
            else:
                self._began = self._met = 0.0
                return found
        return question()

    def _is_short(self, asked: float, now: float) -> bool:
        """Whether the outage that was met now is young. One that nobody has met for STALL_S was another one."""
        began = self._began if self._began <= asked <= self._met + STALL_S else asked
        self._began, self._met = began, now  # others may have met it, or its end, since this was looked up
        return 0 <= now - began < STALL_S  # a clock that was set back meanwhile tells nothing
