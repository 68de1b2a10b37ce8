"""Shortest calls to a state that pass by what cannot be true together.

The first way to a state that was found may hang on data that no caller has; another, perhaps longer, may not. What
could not be made on paper is remembered as a clash: facts that no call holds all of. Nothing is explored for that:
the turns are known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ivr.proof.games import way_to
from ivr.proof.graph import Edge, Graph, Node
from ivr.proof.replay import Clash, Held, Real, Unreal, facts_of, make
from ivr.proof.suspect import Suspect

MOST_CALLS = 12
"""That are made against a property before one suspicion is given up."""
MOST_LOOKED_AT = 200_000
"""Turns, for one call."""


@dataclass(slots=True)
class Roads:
    graph: Graph
    clashes: dict[Clash, Unreal] = field(default_factory=dict)
    """With the reason why one of the calls that hold them could not be made."""
    _relevant: frozenset[Held] = frozenset()
    _of: dict[int, frozenset[Held]] = field(default_factory=dict)
    """By the identity of an outcome: those of its facts that stand in a clash."""

    def made(self, suspect: Suspect) -> Real:
        """The shortest of its calls that can be made. Raises Unreal, with why the first one cannot."""
        known, tail = way_to(suspect.start), self._facts(suspect.tail)
        first = self._against(self._facts(known) | tail)
        way = known if first is None else self._search(suspect.start, tail)
        for _ in range(MOST_CALLS):
            if way is None:
                break
            try:
                return make(self.graph.law, (*way, *suspect.tail))
            except Unreal as why:
                first = first or why
                self._learn(why)
            way = self._search(suspect.start, self._facts(suspect.tail))
        raise first or Unreal(frozenset(), frozenset())

    def _learn(self, why: Unreal) -> None:
        self.clashes[why.clash] = why
        self._relevant |= why.clash
        self._of.clear()

    def _search(self, end: Node, tail: frozenset[Held]) -> list[Edge] | None:
        """Breadth first over states and what has been held on the way there, as far as it can clash."""
        if self._against(tail):
            return None
        begun = self.graph.nodes[0]
        came: dict[tuple[Node, frozenset[Held]], tuple[Any, Edge] | None] = {(begun, tail): None}
        todo = deque([(begun, tail)])
        looked_at = 0
        while todo and looked_at < MOST_LOOKED_AT:
            here = todo.popleft()
            node, held = here
            for edge in node.edges:
                looked_at += 1
                target = edge.target
                if target is None:
                    continue
                there = (target, held | self._facts_of(edge))
                if there in came or self._against(there[1]):
                    continue
                came[there] = (here, edge)
                if target is end:
                    return list(_back(came, there))[::-1]
                todo.append(there)
        return None

    def _against(self, held: frozenset[Held]) -> Unreal | None:
        return next((why for clash, why in self.clashes.items() if clash <= held), None)

    def _facts(self, edges: Iterable[Edge]) -> frozenset[Held]:
        return frozenset[Held]().union(*map(self._facts_of, edges))

    def _facts_of(self, edge: Edge) -> frozenset[Held]:
        known = self._of.get(id(edge.outcome))
        if known is None:
            known = self._of[id(edge.outcome)] = frozenset(facts_of(edge)) & self._relevant
        return known


def _back(came: dict[Any, Any], there: Hashable) -> Iterator[Edge]:
    while (step := came[there]) is not None:
        there, edge = step
        yield edge
