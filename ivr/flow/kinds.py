"""What a step kind must offer, and the registry that kinds are handed in by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, runtime_checkable

from ivr.flow.refs import StepRef


@runtime_checkable
class Kind(Protocol):
    """One step of a flow: a frozen dataclass whose fields are what the designer writes.

    `enter` and `hear` are the engine's business and typed there.
    """

    kind: ClassVar[str]
    waits: ClassVar[bool]
    """Whether the step hears the caller, so a loop through it is no trap."""

    def ways(self) -> Iterable[Way]:
        """Every way out, in the order a designer wrote them."""


MISSES = ("nothing", "unclear")
"""Ways that a question takes without an answer."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a step."""

    label: str
    target: StepRef
    sets: tuple[str, ...] = ()
    """Names that are set when this way is taken."""
    gives: Mapping[str, str] = field(default_factory=dict)
    """Names whose shape is a lookup's result: name → `connector.operation`."""


Kinds = Mapping[str, type[Any]]
