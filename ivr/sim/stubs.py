"""Lookups that answer what a test wants, as late as it wants; whatever is not stubbed asks the real connectors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.call.codec import to_json
from ivr.call.events import Event, LookupDone, LookupEmpty, LookupFailed
from ivr.call.tasks import Lookup
from ivr.flow.hotline import Hotline
from ivr.runtime.ports import Lookups, Pending
from ivr.sim.cloud.clock import Time


@dataclass(frozen=True, slots=True)
class Stub:
    """What one operation answers, and after how many seconds of the virtual clock."""

    answer: Event
    delay_s: float = 0.0


def stub_of(answers: Any = None, *, none: bool = False, fails: str | None = None, delay_s: float = 0.0) -> Stub:
    """`answers` in the declared shape, or `none` for no such thing, or `fails` with its reason."""
    if fails is not None:
        return Stub(LookupFailed(fails), delay_s)
    return Stub(LookupEmpty() if none else LookupDone(answers), delay_s)


class StubbedLookups:
    """A `Lookups` port. Records what was asked, so that a test can see it."""

    def __init__(self, real: Lookups, clock: Time, keep: Callable[[str, str, str, bytes], None]) -> None:
        self._real = real
        self._clock = clock
        self._keep = keep
        self.stubs: dict[str, Stub] = {}
        self.asked: list[Lookup] = []
        self._late: list[tuple[float, str, str, str, Event]] = []

    def use(self, stubs: Mapping[str, Stub]) -> None:
        self.stubs.update(stubs)

    def start(self, hotline: Hotline, call: str, task: Lookup) -> Pending:
        self.asked.append(task)
        stub = self.stubs.get(task.name)
        if stub is None:
            return self._real.start(hotline, call, task)
        return _Rehearsed(self, stub, (hotline.name, call, task.once))

    def catch_up(self) -> None:
        """Keep the answers whose time has come; the rehearsal does this whenever the clock has moved."""
        due = [late for late in self._late if late[0] <= self._clock()]
        self._late = [late for late in self._late if late not in due]
        for _, hotline, call, once, event in due:
            self._keep(hotline, call, once, to_json(event))

    def come_later(self, at: float, whose: tuple[str, str, str], event: Event) -> None:
        self._late.append((at, *whose, event))

    def clock(self) -> Time:
        return self._clock


@dataclass(frozen=True, slots=True)
class _Rehearsed:
    """A stubbed lookup under way: waiting for it lets the virtual clock run."""

    lookups: StubbedLookups
    stub: Stub
    whose: tuple[str, str, str]

    def wait(self, seconds: float) -> Event | None:
        clock = self.lookups.clock()
        if self.stub.delay_s <= seconds:
            clock.advance(self.stub.delay_s)
            return self.stub.answer
        self.lookups.come_later(clock() + self.stub.delay_s, self.whose, self.stub.answer)
        clock.advance(seconds)
        return None
