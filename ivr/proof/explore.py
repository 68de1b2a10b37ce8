"""Every state that calls of a hotline can come to, up to what makes no difference."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ivr.call.state import Asked
from ivr.call.verbs import Verb
from ivr.engine.opening import begin
from ivr.proof.alike import prepared
from ivr.proof.deeds import BACK, MISSES, Deed, beginnings, deeds
from ivr.proof.doubt import Fact, Unfollowed
from ivr.proof.games import way_to
from ivr.proof.graph import Edge, Graph, Node
from ivr.proof.law import Law
from ivr.proof.short import can_be_short
from ivr.proof.spots import Spot, Start, Way
from ivr.proof.trails import Below, LeftFor, Taken, Trails, back_to, places
from ivr.proof.turns import LEFT, Outcome, Turns
from ivr.proof.watch import Mind, Seen, Sight, sight


@dataclass(frozen=True, slots=True)
class Bounds:
    """After how much an exploration ends, at the latest."""

    states: int = 50_000
    steps: int = 500_000
    """Of the engine."""
    turns: int = 250_000
    """With their outcomes; a turn that was played once counts for each state that it is taken from."""


BOUNDS = Bounds()
Told = tuple[Deed, Node | None, Seen, frozenset[str]]
Belows = dict[Hashable, Below]
Found = tuple[Spot, Deed, Start, Asked | LeftFor | None, bool]


def explore(law: Law, kept: frozenset[Fact] = frozenset(), bounds: Bounds = BOUNDS) -> Graph:
    """`kept`: facts that hold for a whole call, as far as the proofs need that. What comes after few turns is looked at
    first; where a bound ends it, the states from where nobody has looked on are `is_open`."""
    begun = beginnings(law)
    state = begin(law.hotline, "proof", begun[0].event, now=law.moments[0].at)  # type: ignore[arg-type]
    graph = Graph(law, [], Turns(law, kept), Trails(law.unasked | law.lines))
    search = _Search(graph, kept, bounds)
    search.node(Spot(state, None, {}, begun), Mind())
    while not search.is_over:
        search.run()
        shown = graph.trails.rows, search.short
        search.go_back()
        if not search.todo and (graph.trails.rows, search.short) == shown:
            break
    search.leave_open()
    return graph


@dataclass(slots=True)
class _Search:
    graph: Graph
    kept: frozenset[Fact]
    bounds: Bounds
    todo: deque[Node] = field(default_factory=deque)
    taken: int = 0
    """Turns, with their outcomes."""
    short: int = 0
    """States whose list of questions can be short although it was long."""
    spots: list[Spot] = field(default_factory=list)
    """Of each node, by its number."""
    known: dict[tuple[int, type[Verb], Taken], Spot] = field(default_factory=dict)
    deeds: dict[tuple[int, type[Verb]], tuple[Deed, ...]] = field(default_factory=dict)
    """What can happen in a state; the same for all facts that calls hold on to there."""
    sights: dict[Sight, dict[Mind, Seen]] = field(default_factory=dict)
    seen: dict[Seen, Seen] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """A bound was hit."""
        return bool(self._bound_hit())

    def _bound_hit(self) -> str:
        """Which; empty for none."""
        graph, bounds = self.graph, self.bounds
        if len(graph.nodes) > bounds.states:
            return f"there are more than {bounds.states} states"
        if graph.turns.played > bounds.steps:
            return f"more than {bounds.steps} steps of the engine are not enough"
        return f"more than {bounds.turns} turns are not enough" if self.taken > bounds.turns else ""

    def leave_open(self) -> None:
        """Note what was not looked at."""
        for node in (*self.todo, *(one for one in self.graph.nodes if self.spots[one.number].is_open)):
            node.is_open = True
        if why := self._bound_hit():
            self.graph.is_cut = True
            left = [node for node in self.graph.nodes if node.is_open]
            where = f", among them {'.'.join(left[0].place)} after {len(way_to(left[0]))} turns" if left else ""
            self._unfollowed(f"{why}: from {len(left)} of {len(self.graph.nodes)} states nobody has looked on{where}")

    def node(self, spot: Spot, mind: Mind) -> Node:
        """Where calls stand with that in mind."""
        node = spot.nodes.get(mind)
        if node is None:
            node = spot.nodes[mind] = Node(len(self.graph.nodes), spot.state, mind, spot.given, spot.holding)
            self.graph.nodes.append(node)
            self.spots.append(spot)
            self.todo.append(node)
        return node

    def run(self) -> None:
        """Everything but going back."""
        while self.todo and not self.is_over:
            node = self.todo.popleft()
            spot = self.spots[node.number]
            if spot.ways is None:
                spot.ways = [way for deed in spot.deeds if deed.answer != BACK for way in self._onward(spot, deed)]
            self._go(node, spot.ways, set())

    def go_back(self) -> None:
        """From every state to every question that can have come before it, as far as is known by now."""
        belows: Belows = {}
        found = [way for spot in dict.fromkeys(self.spots) for way in self._ways_back(spot, belows)]
        for spot, deed, start, target, if_short in found:
            spot.back.gone.add((deed, target, if_short))
            ways = spot.back.if_short if if_short else spot.back.ways
            ways += self._ways(spot, deed, start, target)
        for node in list(self.graph.nodes):
            back = self.spots[node.number].back
            told = back.told.setdefault(node.mind, set())
            self._go(node, back.ways[node.gone_back :], told)
            node.gone_back = len(back.ways)
            if node.is_short:
                self._go(node, back.if_short[node.gone_if_short :], told)
                node.gone_if_short = len(back.if_short)

    def _onward(self, spot: Spot, deed: Deed) -> list[Way]:
        state = prepared(self.graph.law, spot.state, deed)
        return self._ways(spot, deed, Start(state, self.graph.trails.top(state) if state.trail else None), None)

    def _ways_back(self, spot: Spot, belows: Belows) -> Iterator[Found]:
        """Those that are new. `belows`: the questions that can stand below, by all that this hangs on."""
        trails, backs = self.graph.trails, [deed for deed in spot.deeds if deed.answer == BACK]
        here = (spot.state.flow, spot.state.step, places(spot.state.frames), spot.state.offering, spot.taken)
        if backs and here not in belows:
            belows[here] = trails.below(spot.state, spot.taken)
        for deed in backs:
            for if_short, below in ((False, belows[here].always), (True, belows[here].if_short)):
                for asked, turn in below.items():
                    for start, target in self._starts_back(spot, deed, asked, turn):
                        if (deed, target, if_short) not in spot.back.gone:
                            yield spot, deed, start, target, if_short

    def _starts_back(
        self, spot: Spot, deed: Deed, asked: Asked | LeftFor | None, turn: Any
    ) -> Iterator[tuple[Start, Asked | LeftFor | None]]:
        """How the way back to that question begins; in a line that was left, to each that can stand below."""
        trails, state = self.graph.trails, prepared(self.graph.law, spot.state, deed)
        if not isinstance(asked, LeftFor):
            before = msgspec.structs.replace(state, trail=trails.with_trail(state, asked))
            yield Start(before, asked, turn), asked
        elif (found := trails.way_back(asked, spot.taken)) is not None:
            by, frames = found
            for one in trails.before_the_line(asked, spot.taken):
                before = msgspec.structs.replace(state, trail=trails.with_trail(state, None), left=back_to(one, frames))
                yield Start(before, one.top, by), one

    def _ways(self, spot: Spot, deed: Deed, start: Start, back: Hashable) -> list[Way]:
        try:
            found = self.graph.turns.ways(start.state, deed, spot.given, back)
        except Unfollowed as bound:
            self._unfollowed(str(bound))
            spot.is_open = True
            return []
        return [self._way(spot, deed, start, outcome) for outcome in found]

    def _way(self, spot: Spot, deed: Deed, start: Start, outcome: Outcome) -> Way:
        saw = sight(self.graph.law, spot.state, deed, outcome)
        seen = self.sights.setdefault(saw, {})
        target = None if outcome.over else self._spot(spot, outcome)
        is_again = target is not None and spot.is_question and deed.sort in MISSES and LEFT not in outcome.marks
        shortens = can_be_short(self.graph.trails, start, deed, outcome)
        return Way(deed, start, outcome, saw, seen, target, is_again, shortens)

    def _spot(self, before: Spot, outcome: Outcome) -> Spot:
        """Where the turn ends."""
        given = {fact: value for fact, value in outcome.given.items() if fact in self.kept}
        holding = outcome.verb or before.holding
        assert holding is not None
        stand, taken = (outcome.key, type(holding)), frozenset(given.items())
        spot = self.known.get((*stand, taken))
        if spot is None:
            if stand not in self.deeds:
                self.deeds[stand] = tuple(deeds(self.graph.law, outcome.state, holding))
            spot = self.known[*stand, taken] = Spot(outcome.state, holding, given, self.deeds[stand])
        return spot

    def _go(self, node: Node, ways: list[Way], told: set[Told]) -> None:
        """A caller with that in mind goes these ways; of those that come to the same for him, the first."""
        for way in ways:
            self.taken += 1
            saw = way.seen.get(node.mind)
            if saw is None:
                saw = way.sight.to(node.mind)
                saw = way.seen[node.mind] = self.seen.setdefault(saw, saw)
            target = self.node(way.spot, saw.mind) if way.spot is not None else None
            edge = Edge(node, way.deed, way.outcome, saw, target, way.start.shown_by, way.is_again)
            if target is not None:
                if target.came is None and target.holding is not None:
                    target.came = edge
                if not way.is_learned:
                    way.is_learned = True
                    self._learn(way, edge, target)
                if way.shortens is not False and not target.is_short:
                    self._shorten(node, way, target)
            new = (way.deed, target, saw, way.outcome.marks)
            if new not in told:
                told.add(new)
                node.edges.append(edge)

    def _shorten(self, node: Node, way: Way, target: Node) -> None:
        """The list of questions can be short in the target: always, or where it is so in the node."""
        if not way.shortens and not node.is_short:
            node.shortens.add(target)
            return
        todo = [target]
        while todo:
            one = todo.pop()
            if not one.is_short:
                one.is_short = True
                self.short += 1
                todo.extend(one.shortens)

    def _learn(self, way: Way, edge: Edge, target: Node) -> None:
        """What the turn shows of the questions that calls remember; once for all minds that it is taken in."""
        trails, start, move, taken = self.graph.trails, way.start, way.outcome.moved, target.taken
        try:
            trails.learn(start.state, start.below, move, taken, edge)
            if target.place in trails.waits:
                trails.stands(start.state, start.below, move, taken, edge)
        except Unfollowed as bound:
            self._unfollowed(str(bound))

    def _unfollowed(self, why: str) -> None:
        if why not in self.graph.unfollowed:
            self.graph.unfollowed.append(why)
