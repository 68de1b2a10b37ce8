"""Who stands behind the talks: agents, what is kept of how talks ended, and who makes promised calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ivr.call.closing import Closing
from ivr.runtime.callbacks import CallBack


class Person(Protocol):
    """An agent as he is now."""

    @property
    def name(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def call(self) -> str: ...


class People(Protocol):
    def all(self, hotline: str, *, now: float) -> Sequence[Person]: ...
    def free(self, hotline: str, agent: str, *, now: float, wrap_up_s: float) -> None:
        """An agent's wrap-up ends so long after it began, if that is sooner."""


class Closings(Protocol):
    def close(self, hotline: str, call: str, closing: Closing) -> Closing:
        """The one that stands: told once, by whoever was first. StoreDown when Redis does not answer."""

    def together(self, hotline: str, call: str, other: str) -> None:
        """Both are of one talk, and whoever closes one closes the other."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind the talks: agents, and what is kept of how they ended."""

    people: People
    closings: Closings
    back: CallBack | None = None
    """Makes the promised calls; without it there are none."""
