"""What a step decides: go on to another step, stay for an answer, come back from a sub-flow, or end the call."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.call.tasks import Question


@dataclass(frozen=True, slots=True)
class Go:
    """On to another step of the same flow, or back with an outcome where the target is a `return`."""

    target: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Wait for the caller: the verbs so far end with one that holds the line."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Wait for the world: the answer comes to this step as an event, within the same turn."""

    question: Question


@dataclass(frozen=True, slots=True)
class Call:
    """Into a sub-flow; `back` of this step hears its outcome."""

    flow: str
    names: dict[str, object]
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    """Out of every sub-flow, to a flow or one of its steps."""

    flow: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """The call is over; `why` is a word for the records."""

    why: str


Move = Go | Stay | Ask | Call | Jump | Over
