"""What the conductor needs from the world, as Protocols. `app` builds the real ones, `sim` the rehearsed ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from ivr.call.events import Event, Recalled
from ivr.call.tasks import (
    AskPlace,
    LeaveLine,
    Lookup,
    SeePeople,
    TakePlace,
    Understand,
)
from ivr.call.turns import Opened as Opened
from ivr.call.turns import Saved as Saved

Clock = Callable[[], float]
"""Seconds since 1970, UTC."""


class Calls(Protocol):
    """The memory of running calls. Every method raises StoreDown when Redis does not answer."""

    def open(self, hotline: str, call: str, turn: int | None, *, now: float) -> Opened:
        """Claim the call for `turn`; None claims whatever turn it is at (news from an agent, not from the caller)."""

    def commit(self, opened: Opened, saved: Saved, *, now: float) -> bool:
        """Write and give the claim back; False, and nothing written, when the claim was lost."""

    def release(self, opened: Opened) -> None:
        """Give the claim back with nothing changed."""

    def last_answer(self, hotline: str, call: str) -> bytes | None:
        """The answer of the last turn, without a claim; None where nobody knows the call."""

    def keep_answer(self, hotline: str, call: str, once: str, answer: bytes) -> None:
        """A slow lookup's answer, for the poll that asks for it; the first one kept wins."""

    def answer(self, hotline: str, call: str, once: str) -> bytes | None: ...

    def stale(self, hotline: str, before: float, *, skip: int = 0) -> Sequence[str]:
        """Running calls with no event since `before`: their end was never heard, so somebody should close them.

        Some of them, the longest silent first, but for the first `skip`."""


class Versions(Protocol):
    """The files of each version of a hotline that a running call may still need."""

    def keep(self, hotline: str, version: str, files: Mapping[str, bytes]) -> None: ...

    def files(self, hotline: str, version: str) -> Mapping[str, bytes] | None: ...


class Pending(Protocol):
    """A lookup under way."""

    def wait(self, seconds: float) -> Event | None:
        """The answer, or None when it is not here after `seconds`."""


class Lookups(Protocol):
    def start(self, hotline: Any, call: str, task: Lookup) -> Pending:
        """Begin a lookup; its answer, should nobody wait any more, goes to `Calls.keep_answer`."""


class Ears(Protocol):
    def understand(self, hotline: Any, task: Understand, *, now: float) -> Event:
        """MeaningFound or ValueRead."""


class Memory(Protocol):
    """What is kept of callers between their calls. StoreDown when Redis does not answer."""

    def recall(self, hotline: str, number: str) -> Recalled: ...


class Line(Protocol):
    """Places in line. All atomic, all idempotent on the call; StoreDown when Redis does not answer."""

    def take(self, hotline: str, call: str, task: TakePlace, *, now: float) -> Event:
        """Placed or NoPlace; taking again keeps the first place and its time. AgentTook when an agent has him."""

    def ask(self, hotline: str, call: str, task: AskPlace, *, now: float) -> Event:
        """Placed, NoPlace, or AgentTook: whoever was to bring that news may have died on the way."""

    def leave(self, hotline: str, call: str, task: LeaveLine, *, now: float) -> float | None:
        """How many seconds were waited, where it is known."""

    def people(self, hotline: str, task: SeePeople, *, now: float) -> Event:
        """PeopleSeen."""
