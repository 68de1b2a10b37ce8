"""A call on paper that seems to break a property."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ivr.call.verbs import Hangup
from ivr.proof.findings import Written
from ivr.proof.graph import Edge, Graph, Node
from ivr.proof.replay import Real

Ends = Callable[[Real], Sequence[tuple[str, Any]]]
Place = tuple[str, str]
"""Flow and step."""


@dataclass(frozen=True, slots=True)
class Suspect:
    start: Node
    """Where it begins; every call that comes there is against the property, …"""
    tail: tuple[Edge, ...]
    """… if it goes on so."""
    sentence: str
    ends: Ends
    """Turns of a script that show what is wrong, after the call was made."""
    at: Place | Written | None = None
    """What is wrong; None where that comes out when the call is made."""

    @property
    def end(self) -> Place | Written:
        """By what calls that show the same are told: what is wrong, or where they end."""
        last = self.tail[-1].outcome.state if self.tail else self.start.state
        return self.at or (last.flow, last.step)


class Property(Protocol):
    """One thing that must hold for every call."""

    name: str
    says: str

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        """Calls that break it, short ones first; of those that end at one place only the first real one is shown."""


def nobody(call: Real) -> list[tuple[str, Any]]:
    """The caller has come to nobody: the call is over, or goes on without a place in line, or with one that is kept."""
    last = call.turns[-1]
    over = [verb.reason for verb in last.verbs if isinstance(verb, Hangup)] if last.after.phase == "over" else []
    if over:
        return [("over", over[-1])]
    return [("queue", last.after.place.queue)] if last.after.place is not None else [("no_queue", True)]
