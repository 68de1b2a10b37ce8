"""Every state that calls of a hotline can come to, up to what makes no difference."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ivr.call.state import CallState
from ivr.call.verbs import Listen, Verb
from ivr.engine import in_line
from ivr.engine.opening import begin
from ivr.proof.deeds import START, Deed, deeds
from ivr.proof.doubt import Fact, Unfollowed
from ivr.proof.law import Law
from ivr.proof.turns import Outcome, Turns
from ivr.proof.watch import Mind, Seen, seen

MOST_STATES = 50_000
MOST_STEPS = 500_000
"""Of the engine."""


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
    came: Edge | None = None
    """The last turn of a shortest way here."""
    edges: list[Edge] = field(default_factory=list)

    @property
    def place(self) -> tuple[str, str]:
        """Flow and step."""
        return self.state.flow, self.state.step

    @property
    def is_hold(self) -> bool:
        """The caller waits in line."""
        return isinstance(self.holding, Listen) and (self.holding.expect == "line" or in_line.is_asking(self.state))

    @property
    def is_question(self) -> bool:
        """The caller is asked something; not while he waits in line."""
        return isinstance(self.holding, Listen) and not self.is_hold


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """One turn, with one of its outcomes."""

    source: Node
    deed: Deed
    outcome: Outcome
    seen: Seen
    target: Node | None
    """None where the call is over."""


@dataclass(slots=True)
class Graph:
    law: Law
    nodes: list[Node]
    turns: Turns
    unfollowed: list[str] = field(default_factory=list)
    """Bounds that were hit: nothing is proved then."""

    def edges(self) -> Iterator[Edge]:
        for node in self.nodes:
            yield from node.edges


def explore(law: Law, kept: frozenset[Fact] = frozenset()) -> Graph:
    """`kept`: facts that hold for a whole call, as far as the proofs need that."""
    state = begin(law.hotline, "proof", START.event, now=law.moments[0].at)  # type: ignore[arg-type]
    first = Node(0, state, Mind(), {}, None)
    turns = Turns(law, lambda one: key_of(law, one, NO_MIND, {}, None), lambda one: _carried(law, one), kept)
    graph = Graph(law, [first], turns)
    known: dict[Hashable, Node] = {}
    todo = deque([first])
    while todo:
        node = todo.popleft()
        for edge in _edges(graph, node, known, kept):
            node.edges.append(edge)
            if edge.target is not None and edge.target.came is edge:
                todo.append(edge.target)
        if len(graph.nodes) > MOST_STATES:
            graph.unfollowed.append(f"there are more than {MOST_STATES} states")
            break
        if graph.turns.played > MOST_STEPS:
            graph.unfollowed.append(f"more than {MOST_STEPS} steps of the engine are not enough")
            break
    return graph


def _edges(graph: Graph, node: Node, known: dict[Hashable, Node], kept: frozenset[Fact]) -> Iterator[Edge]:
    law = graph.law
    for deed in [START] if node.holding is None else deeds(law, node.state, node.holding):
        told: set[tuple[Node | None, Seen]] = set()
        try:
            for outcome in graph.turns.ways(node.state, deed, node.given):
                edge = _edge(graph, node, deed, outcome, known, kept)
                if (edge.target, edge.seen) not in told:
                    told.add((edge.target, edge.seen))
                    yield edge
        except Unfollowed as bound:
            if str(bound) not in graph.unfollowed:
                graph.unfollowed.append(str(bound))


def _edge(
    graph: Graph, node: Node, deed: Deed, outcome: Outcome, known: dict[Hashable, Node], kept: frozenset[Fact]
) -> Edge:
    saw = seen(graph.law, node.mind, node.state, deed, outcome)
    if outcome.over:
        return Edge(node, deed, outcome, saw, None)
    given = {fact: value for fact, value in outcome.given.items() if fact in kept}
    holding = outcome.verb or node.holding
    key = key_of(graph.law, outcome.state, saw.mind, given, holding)
    target = known.get(key)
    if target is not None:
        return Edge(node, deed, outcome, saw, target)
    target = known[key] = Node(len(graph.nodes), outcome.state, saw.mind, given, holding)
    graph.nodes.append(target)
    target.came = Edge(node, deed, outcome, saw, target)
    return target.came


NO_MIND = Mind()


def _carried(law: Law, state: CallState) -> Hashable:
    """What a call takes along when it leaves all flows."""
    return (
        state.summary.requests > 0, _offers(state), state.handed, state.agent is not None,
        state.place.queue if state.place else None, state.wish if law.wish_counts else None,
    )  # fmt: skip


NOTES = ("missed", "queue", "first", "leaving", "then", "understood", "asking", "value")
"""Of a step's notes, those that decide what it does next; of a guess and a refused value only that there is one."""


def key_of(law: Law, state: CallState, mind: Mind, given: dict[Fact, Any], holding: Verb | None) -> Hashable:
    """Alike for states between which the caller's ways do not differ."""
    listening = state.listening
    return (
        state.phase, state.flow, state.step, _notes(state.scratch) if state.agent is None else None,
        tuple((frame.flow, frame.step, _notes(frame.scratch)) for frame in state.frames),
        type(holding).__name__, listening.expect if listening else "",
        state.summary.requests > 0, _offers(state), state.offering, state.handed, state.agent is not None,
        state.place.queue if state.place else None,
        state.wish if law.wish_counts else None,
        _broke_off(law, state), _can_go_back(state),
        mind, tuple(sorted(given.items(), key=repr)),
    )  # fmt: skip


def _notes(scratch: dict[str, Any]) -> Hashable:
    return tuple(map(scratch.get, NOTES)) if scratch else None


def _offers(state: CallState) -> Hashable:
    """Who has asked for a person is offered none by a rule any more."""
    if state.summary.requests:
        return None
    return state.mood, tuple(sorted(one for one in state.offered.items() if not one[0].startswith("entry.")))


def _can_go_back(state: CallState) -> Hashable:
    """Whether there is a question to go back to, for callers who wait in line."""
    if state.listening is None or state.listening.expect != "line":
        return None
    return state.left is not None or any(asked != state.trail[-1] for asked in state.trail)


def _broke_off(law: Law, state: CallState) -> Hashable:
    """An earlier call counts while the caller is asked about it."""
    if state.last is None or getattr(law.step_at(state), "kind", "") != "resume":
        return None
    return (state.profile.get("broke_off"), state.last.intent, state.last.queue)
