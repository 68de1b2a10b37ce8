"""Every state that calls of a hotline can come to, up to what makes no difference."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from ivr.call.state import Asked, CallState
from ivr.engine.opening import begin
from ivr.proof.alike import prepared
from ivr.proof.deeds import BACK, START, Deed, deeds
from ivr.proof.doubt import Fact, Unfollowed
from ivr.proof.graph import Edge, Graph, Node
from ivr.proof.law import Law
from ivr.proof.trails import LeftFor, Taken, Trails, back_to, with_trail
from ivr.proof.turns import Outcome, Turns
from ivr.proof.watch import Mind, Seen, seen

MOST_STATES = 50_000
MOST_STEPS = 500_000
"""Of the engine."""
MOST_TURNS = 250_000
"""With their outcomes; a turn that was played once counts for each state that it is taken from."""


def explore(law: Law, kept: frozenset[Fact] = frozenset()) -> Graph:
    """`kept`: facts that hold for a whole call, as far as the proofs need that."""
    state = begin(law.hotline, "proof", START.event, now=law.moments[0].at)  # type: ignore[arg-type]
    first = Node(0, state, Mind(), {}, None)
    graph = Graph(law, [first], Turns(law, kept), Trails(law.unasked))
    search = _Search(graph, kept)
    search.todo.append(first)
    while search.todo and not search.is_over:
        search.run()
        search.go_back()
    return graph


@dataclass(frozen=True, slots=True)
class _Start:
    """A state as a turn begins in it."""

    state: CallState
    below: Asked | None
    """The last question before, that it remembers."""
    shown_by: Edge | None = None
    left: LeftFor | None = None
    """What it comes back to, of all that it had left."""


@dataclass(slots=True)
class _Search:
    graph: Graph
    kept: frozenset[Fact]
    known: dict[Hashable, Node] = field(default_factory=dict)
    todo: deque[Node] = field(default_factory=deque)
    taken: int = 0
    """Turns, with their outcomes."""
    told: dict[Node, set[tuple[Deed, Node | None, Seen, frozenset[str]]]] = field(default_factory=dict)
    gone_back: set[tuple[Node, Deed, Asked | LeftFor | None]] = field(default_factory=set)
    learned: set[tuple[int, Asked | None, Taken]] = field(default_factory=set)
    """Outcomes, which `Turns` keeps, with what was below and what the call holds on to."""

    @property
    def is_over(self) -> bool:
        """A bound was hit."""
        graph = self.graph
        bounds = (
            (len(graph.nodes) > MOST_STATES, f"there are more than {MOST_STATES} states"),
            (graph.turns.played > MOST_STEPS, f"more than {MOST_STEPS} steps of the engine are not enough"),
            (self.taken > MOST_TURNS, f"more than {MOST_TURNS} turns are not enough"),
        )
        for hit, why in bounds:
            if hit:
                graph.is_cut = True
                self._unfollowed(why)
        return graph.is_cut

    def run(self) -> None:
        """Everything but going back."""
        while self.todo and not self.is_over:
            node = self.todo.popleft()
            for deed in self._deeds(node):
                if deed.answer != BACK:
                    state = prepared(self.graph.law, node.state, deed)
                    below = self.graph.trails.top(state) if state.trail else None
                    self._play(node, deed, _Start(state, below))

    def go_back(self) -> None:
        """From every state to every question that can have come before it, as far as is known by now."""
        for node in list(self.graph.nodes):
            if self.is_over:
                return
            for deed in self._deeds(node):
                if deed.answer == BACK:
                    for start, way in list(self._ways_back(node, prepared(self.graph.law, node.state, deed))):
                        if (node, deed, way) not in self.gone_back:
                            self.gone_back.add((node, deed, way))
                            self._play(node, deed, start)

    def _deeds(self, node: Node) -> Iterable[Deed]:
        return [START] if node.holding is None else deeds(self.graph.law, node.state, node.holding)

    def _ways_back(self, node: Node, state: CallState) -> Iterator[tuple[_Start, Asked | LeftFor | None]]:
        trails = self.graph.trails
        for asked, turn in trails.below(state, node.taken).items():
            if not isinstance(asked, LeftFor):
                before = msgspec.structs.replace(state, trail=with_trail(state, asked))
                yield _Start(before, asked, turn), asked
            elif (found := trails.way_back(asked, node.taken)) is not None:
                by, frames = found
                before = msgspec.structs.replace(state, trail=with_trail(state, None), left=back_to(asked, frames))
                yield _Start(before, asked.top, by, asked), asked

    def _play(self, node: Node, deed: Deed, start: _Start) -> None:
        told = self.told.setdefault(node, set())
        try:
            for outcome in self.graph.turns.ways(start.state, deed, node.given, start.left):
                self.taken += 1
                edge = self._edge(node, deed, start, outcome)
                told_as = (deed, edge.target, edge.seen, outcome.marks)
                if told_as not in told:
                    told.add(told_as)
                    node.edges.append(edge)
        except Unfollowed as bound:
            self._unfollowed(str(bound))

    def _edge(self, node: Node, deed: Deed, start: _Start, outcome: Outcome) -> Edge:
        graph = self.graph
        saw = seen(graph.law, node.mind, node.state, deed, outcome)
        if outcome.over:
            return Edge(node, deed, outcome, saw, None, start.shown_by)
        given = {fact: value for fact, value in outcome.given.items() if fact in self.kept}
        holding = outcome.verb or node.holding
        key = (outcome.key, type(holding), saw.mind, frozenset(given.items()))
        target = self.known.get(key)
        if target is None:
            target = self.known[key] = Node(len(graph.nodes), outcome.state, saw.mind, given, holding)
            graph.nodes.append(target)
            self.todo.append(target)
        edge = Edge(node, deed, outcome, saw, target, start.shown_by)
        if target.came is None and target.holding is not None:
            target.came = edge
        self._learn(start, edge, target)
        return edge

    def _learn(self, start: _Start, edge: Edge, target: Node) -> None:
        """What the turn shows of the questions that calls remember; once for all minds that it is taken in."""
        trails, outcome = self.graph.trails, edge.outcome
        if (id(outcome), start.below, target.taken) in self.learned:
            return
        self.learned.add((id(outcome), start.below, target.taken))
        trails.learn(start.state, start.below, outcome.moved, target.taken, edge)
        if target.place in trails.waits:
            trails.stands(start.state, start.below, outcome.moved, target.taken, edge)

    def _unfollowed(self, why: str) -> None:
        if why not in self.graph.unfollowed:
            self.graph.unfollowed.append(why)
