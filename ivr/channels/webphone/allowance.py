"""How many messages a socket may send: so many a second, and after a silence what it has saved."""

from __future__ import annotations

from collections.abc import Callable

SAVED_S = 10.0
"""A page whose radio was gone for as long sends all of it at once."""


class Allowance:
    def __init__(self, a_second: int, clock: Callable[[], float]) -> None:
        self._a_second = a_second
        self._clock = clock
        self._left = a_second * SAVED_S
        self._at = clock()

    def take(self) -> bool:
        """False: too many have come."""
        now = self._clock()
        self._left = min(self._a_second * SAVED_S, self._left + (now - self._at) * self._a_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
