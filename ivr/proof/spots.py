"""Where calls stand, whatever they have in mind, and which ways lead on from there: worked out once for all minds."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from ivr.call.state import Asked, CallState
from ivr.call.verbs import Listen, Verb
from ivr.proof.deeds import Deed
from ivr.proof.doubt import Fact
from ivr.proof.graph import Edge, Node, is_hold
from ivr.proof.trails import Taken
from ivr.proof.turns import Outcome
from ivr.proof.watch import Mind, Seen, Sight


@dataclass(frozen=True, slots=True)
class Start:
    """A state as a turn begins in it."""

    state: CallState
    below: Asked | None
    """The last question before, that it remembers."""
    shown_by: Edge | None = field(default=None, repr=False)


@dataclass(slots=True, eq=False)
class Way:
    """A deed with one of its outcomes."""

    deed: Deed
    start: Start
    outcome: Outcome
    sight: Sight
    seen: dict[Mind, Seen]
    """What the sight comes to for callers with different things in mind, as far as that was asked."""
    spot: Spot | None = field(repr=False)
    """Where it leads; None where the call is over."""
    is_again: bool
    """See Edge."""
    shortens: bool | None
    """See `short.can_be_short`."""
    is_learned: bool = False
    """What it shows of the questions that calls remember was told."""


@dataclass(slots=True)
class Back:
    """Ways back, as far as they are known."""

    ways: list[Way] = field(default_factory=list)
    if_short: list[Way] = field(default_factory=list)
    """See `trails.Below`."""
    gone: set[tuple[Deed, Hashable, bool]] = field(default_factory=set)
    told: dict[Mind, set[Any]] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Spot:
    """Where calls stand that hold on to the same facts."""

    state: CallState
    holding: Verb | None
    given: dict[Fact, Any]
    deeds: tuple[Deed, ...]
    """Each stands for itself: no other state has the same one."""
    ways: list[Way] | None = None
    back: Back = field(default_factory=Back)
    is_open: bool = False
    """One of its turns hit a bound."""
    nodes: dict[Mind, Node] = field(default_factory=dict, repr=False)
    taken: Taken = field(init=False)
    is_question: bool = field(init=False)

    def __post_init__(self) -> None:
        self.taken = frozenset(self.given.items())
        self.is_question = isinstance(self.holding, Listen) and not is_hold(self.state, self.holding)
