"""What is explored: states of a call between two turns, and the turns between them.

A state and its turns name one another, so that neither shows the other where it is printed: the ways through them are
more than could ever be written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ivr.call.state import CallState
from ivr.call.verbs import Listen, Verb
from ivr.engine import in_line
from ivr.proof.deeds import Deed
from ivr.proof.doubt import Fact
from ivr.proof.law import Law
from ivr.proof.trails import Taken, Trails
from ivr.proof.turns import Outcome, Turns
from ivr.proof.watch import Mind, Seen


def is_hold(state: CallState, holding: Verb | None) -> bool:
    """Whether the caller waits in line."""
    return isinstance(holding, Listen) and (holding.expect == "line" or in_line.is_asking(state))


@dataclass(slots=True, eq=False)
class Node:
    """Where a call stands between two turns."""

    number: int
    state: CallState
    mind: Mind
    given: dict[Fact, Any]
    """Facts that are kept in mind from turn to turn."""
    holding: Verb | None
    """What the line does meanwhile; None before the call."""
    came: Edge | None = field(default=None, repr=False)
    """The last turn of a shortest way here."""
    edges: list[Edge] = field(default_factory=list, repr=False)
    is_open: bool = False
    """A bound came before all that can happen here was looked at: nobody knows where it leads, so it is at fault for
    nothing."""
    gone_back: int = 0
    """How many of the ways back from here it has edges for, …"""
    gone_if_short: int = 0
    """… and how many of those that only calls with a short list can go."""
    is_short: bool = False
    """The list of questions can be short although it was long: see `short.py`."""
    shortens: set[Node] = field(default_factory=set, repr=False)
    """States in which it is so if it is here."""
    is_hold: bool = field(init=False)
    """The caller waits in line."""
    is_question: bool = field(init=False)
    """The caller is asked something; not while he waits in line."""

    def __post_init__(self) -> None:
        self.is_hold = is_hold(self.state, self.holding)
        self.is_question = isinstance(self.holding, Listen) and not self.is_hold

    @property
    def place(self) -> tuple[str, str]:
        """Flow and step."""
        return self.state.flow, self.state.step

    @property
    def taken(self) -> Taken:
        return frozenset(self.given.items())


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """One turn, with one of its outcomes."""

    source: Node
    deed: Deed
    outcome: Outcome
    seen: Seen
    target: Node | None
    """None where the call is over."""
    shown_by: Edge | None = field(default=None, repr=False)
    """Of a way back: the turn that has put the question of this state upon the one it leads to."""
    is_again: bool = False
    """The question is put again after a miss, which comes to an end: a question has so many tries."""


@dataclass(slots=True)
class Graph:
    law: Law
    nodes: list[Node]
    turns: Turns
    trails: Trails
    unfollowed: list[str] = field(default_factory=list)
    """Bounds that were hit: nothing is proved then. What is shown is a fault all the same."""
    is_cut: bool = False
    """Whole states were left unseen by it."""

    def edges(self) -> Iterator[Edge]:
        for node in self.nodes:
            yield from node.edges
