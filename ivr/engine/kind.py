"""How a step kind is made known: `@kind("say")` on its class, one class a file, in `engine/nodes/`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Container, Iterable
from typing import ClassVar, TypeVar

from ivr.call.events import Event
from ivr.engine.draft import Draft
from ivr.engine.moves import Move, Over
from ivr.errors import IvrError
from ivr.flow.edge import written
from ivr.flow.kinds import Way

T = TypeVar("T", bound="Step")
KINDS: dict[str, type[Step]] = {}


class DuplicateKind(IvrError):
    """Two classes want the same word."""


class Step(ABC):
    """Parent of all step kinds. A kind overrides what it needs; the rest waits for what comes."""

    __slots__ = ()
    kind: ClassVar[str] = ""
    waits: ClassVar[bool] = False
    """Whether the step hears the caller, so that a loop through it is no trap."""

    def ways(self) -> Iterable[Way]:
        """Every way out, in the order a designer wrote them."""
        return ()

    def own_keys(self) -> Container[str]:
        """Single keys that mean something here, so that what always works leaves them alone."""
        return ()

    @abstractmethod
    def enter(self, draft: Draft) -> Move:
        """The call has come to this step."""

    def hear(self, draft: Draft, event: Event) -> Move:
        """Something happened while the call stood at this step. What a step does not expect changes nothing."""
        return draft.listen_again()

    def person(self, draft: Draft, heard: str) -> Move | None:
        """The caller asks for a person while here; None leaves that to the hotline. `heard` is empty for a key."""
        return None

    def going_back(self, draft: Draft) -> Move | None:
        """The caller wants to go back while here; None lets it be done, a move is what comes first."""
        return None

    def back(self, draft: Draft, outcome: str) -> Move:
        """The sub-flow this step called has come back."""
        return Over("sub-flow came back to a step that called none")


def kind(name: str) -> Callable[[type[T]], type[T]]:
    """Make a class the reader of `name:` in flow files."""

    def register(cls: type[T]) -> type[T]:
        if name in KINDS:
            raise DuplicateKind(f"step kind {name!r} is in both {KINDS[name].__module__} and {cls.__module__}")
        cls.kind = name
        KINDS[name] = written(cls)
        return cls

    return register


def need(on: Collection[str], what: str, *ways: str) -> None:
    """Every way that a step of this kind must name; ValueError tells which are missing."""
    missing = [way for way in ways if way not in on]
    if missing:
        raise ValueError(f"`on:` of {what!r} needs {', '.join(ways)}; {' and '.join(missing)} is missing")
