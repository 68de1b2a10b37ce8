"""Time that passes only when somebody lets it."""

from __future__ import annotations

from typing import Protocol

START = 1_772_359_200.0
"""Sunday, 1 March 2026, 10:00 UTC."""


class Time(Protocol):
    """What the cloud needs of a clock; asking it is calling it."""

    def __call__(self) -> float:
        """Seconds since 1970."""

    def advance(self, seconds: float) -> None: ...


class VirtualClock:
    """A clock for those who have none; the server under test may be given the same one."""

    def __init__(self, now: float = START) -> None:
        self._now = now

    def __call__(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError(f"time does not run backwards ({seconds} s)")
        self._now += seconds
