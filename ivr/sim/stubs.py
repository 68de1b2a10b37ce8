"""Lookups that answer what a test wants, as late as it wants; whatever is not stubbed asks the real connectors."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.call.codec import to_json
from ivr.call.events import Event, LookupDone, LookupEmpty, LookupFailed
from ivr.call.shape import WrongShape
from ivr.call.tasks import Lookup
from ivr.flow.hotline import Hotline
from ivr.flow.known import lookup_shape
from ivr.flow.refs import LookupRef
from ivr.runtime.ports import Lookups, Pending
from ivr.sim.cloud.clock import Time

REAL_PATIENCE_S = 10.0
"""A busy machine is no slow company: what is not stubbed is waited for, while the virtual clock stands still."""


@dataclass(frozen=True, slots=True)
class Stub:
    """What one operation answers, and after how many seconds of the virtual clock."""

    answer: Event | None
    """None: what the real connector answers."""
    delay_s: float = 0.0


def stub_of(answers: Any = None, *, none: bool = False, fails: str | None = None, delay_s: float = 0.0) -> Stub:
    """`answers` in the declared shape, or `none` for no such thing, or `fails` with its reason; the real answer where
    nothing is said but how long it takes."""
    if fails is not None:
        return Stub(LookupFailed(fails), delay_s)
    if none:
        return Stub(LookupEmpty(), delay_s)
    return Stub(None if answers is None else LookupDone(answers), delay_s)


def stub_for(hotline: Hotline, lookup: str, answers: Any = None, **how: Any) -> Stub:
    """The same, made sure of: the hotline has this lookup, and the answer is of its shape. Raises ValueError."""
    known = [f"{name}.{one}" for name, connector in hotline.connectors.items() for one in connector.operations]
    if lookup not in known:
        close = difflib.get_close_matches(lookup, known, n=1)
        raise ValueError(
            f"there is no lookup {lookup!r}. " + (f"Did you mean {close[0]!r}?" if close else f"There are {known}")
        )
    shape = lookup_shape(hotline, LookupRef(lookup))
    if answers is not None and shape is not None:
        try:
            answers = shape.fit(answers)
        except WrongShape as error:
            raise ValueError(f"{lookup} cannot answer that: {error}") from None
    return stub_of(answers, **how)


class StubbedLookups:
    """A `Lookups` port. Records what was asked, so that a test can see it."""

    def __init__(
        self, real: Lookups, clock: Time, keep: Callable[[str, str, str, bytes], None], *, patience_s: float = 0.0
    ) -> None:
        """`patience_s`: how long at least real lookups are waited for, in real seconds."""
        self._real = real
        self._clock = clock
        self._keep = keep
        self._patience_s = patience_s
        self.stubs: dict[str, Stub] = {}
        self.asked: list[Lookup] = []
        self._late: list[tuple[float, str, str, str, Event]] = []

    def use(self, stubs: Mapping[str, Stub]) -> None:
        self.stubs.update(stubs)

    def start(self, hotline: Hotline, call: str, task: Lookup) -> Pending:
        self.asked.append(task)
        stub = self.stubs.get(task.name)
        if stub is not None and stub.answer is not None:
            return _Rehearsed(self, stub.answer, stub.delay_s, (hotline.name, call, task.once))
        real = _Patient(self._real.start(hotline, call, task), self._patience_s)
        if stub is None:
            return real
        answer = real.wait(REAL_PATIENCE_S) or LookupFailed("timeout")
        return _Rehearsed(self, answer, stub.delay_s, (hotline.name, call, task.once))

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
class _Patient:
    """A real lookup under way."""

    pending: Pending
    patience_s: float

    def wait(self, seconds: float) -> Event | None:
        return self.pending.wait(max(seconds, self.patience_s))


@dataclass(frozen=True, slots=True)
class _Rehearsed:
    """A stubbed lookup under way: waiting for it lets the virtual clock run."""

    lookups: StubbedLookups
    answer: Event
    delay_s: float
    whose: tuple[str, str, str]

    def wait(self, seconds: float) -> Event | None:
        clock = self.lookups.clock()
        if self.delay_s <= seconds:
            clock.advance(self.delay_s)
            return self.answer
        self.lookups.come_later(clock() + self.delay_s, self.whose, self.answer)
        clock.advance(seconds)
        return None
