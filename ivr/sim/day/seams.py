"""Where a day stands between the engine and the world: callers who are like others, ears that need no second look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from ivr.call.codec import to_json
from ivr.call.events import Event, LookupDone, LookupEmpty
from ivr.call.tasks import Lookup, Understand
from ivr.flow.hotline import Hotline
from ivr.runtime.ports import Ears, Lookups, Pending

REAL_PATIENCE_S = 10.0
"""A busy machine is no slow company: what is looked up is waited for, while the day's clock stands still."""


@dataclass(frozen=True, slots=True)
class Patient:
    """A real lookup under way."""

    pending: Pending

    def wait(self, seconds: float) -> Event | None:
        return self.pending.wait(max(seconds, REAL_PATIENCE_S))


@dataclass(frozen=True, slots=True)
class Known:
    """Looked up before."""

    answer: Event

    def wait(self, seconds: float) -> Event | None:
        return self.answer


@dataclass(frozen=True, slots=True)
class Learning:
    """A read under way whose answer is kept."""

    pending: Pending
    learn: Callable[[Event], None]

    def wait(self, seconds: float) -> Event | None:
        answer = self.pending.wait(seconds)
        if isinstance(answer, LookupDone | LookupEmpty):
            self.learn(answer)
        return answer


class LikeLookups:
    """Reads about somebody who is like another read that other's data; what is written is written of himself.

    So what was read of somebody who others are like stays as it was, whatever they write, and is asked for once; all
    else is asked for again once something has been written.
    """

    def __init__(self, real: Lookups, like: Mapping[str, str]) -> None:
        self._real, self._like = real, like
        self._read: dict[bytes, Event] = {}
        self._of_others: dict[bytes, Event] = {}

    def start(self, hotline: Hotline, call: str, task: Lookup) -> Pending:
        connector, _, name = task.name.partition(".")
        operation: Any = hotline.connectors[connector].operations[name]
        if getattr(operation, "writes", False):
            self._read.clear()
            return Patient(self._real.start(hotline, call, task))
        known = {key: self._like.get(str(value), value) for key, value in task.arguments.items()}
        kept = self._read if known == task.arguments else self._of_others
        key = to_json([task.name, known])
        if key in kept:
            return Known(kept[key])
        asked = self._real.start(hotline, call, msgspec.structs.replace(task, arguments=known))
        return Learning(Patient(asked), partial(kept.__setitem__, key))


class QuickEars:
    """The same words at the same question on the same day mean the same: they are thought about once."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears
        self._known: dict[bytes, Event] = {}

    def understand(self, hotline: Hotline, task: Understand, *, now: float) -> Event:
        key = msgspec.msgpack.encode(task)
        if key not in self._known:
            self._known[key] = self._ears.understand(hotline, task, now=now)
        return self._known[key]
