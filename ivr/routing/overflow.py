"""Where callers of a queue go that nobody answers at this hour."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol


class Step(Protocol):
    """A step of `overflow:` in queues.yaml."""

    @property
    def to(self) -> str: ...
    @property
    def only_if(self) -> Any: ...


class Queue(Protocol):
    @property
    def overflow(self) -> Sequence[Any]: ...


def open_queue(queue: str, queues: Mapping[str, Queue], is_open: Callable[[str], bool]) -> str | None:
    """The queue itself while it is open, else the first open one of its steps `only_if: closed`, and of theirs (R71).

    None where all of them are closed. A circle, which `ivr check` refuses, is gone round once.
    """
    seen: list[str] = [queue]
    for name in seen:
        if is_open(name):
            return name
        steps: Sequence[Step] = queues[name].overflow if name in queues else ()
        seen.extend(str(step.to) for step in steps if step.only_if == "closed" and step.to not in seen)
    return None
