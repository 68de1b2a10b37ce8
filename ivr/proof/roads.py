"""Shortest calls to a state that pass by what cannot be true together.

The first way to a state that was found may hang on data that no caller has; another, perhaps longer, may not. What
could not be made on paper is remembered as a clash: facts that no call holds all of. Nothing is explored for that:
the turns are known.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ivr.proof.clash import Held, Unreal, facts_of
from ivr.proof.games import way_to
from ivr.proof.graph import Edge, Graph, Node
from ivr.proof.replay import Real, make
from ivr.proof.suspect import Suspect

MOST_CALLS = 12
"""That are made against a property before one suspicion is given up."""
MOST_LOOKED_AT = 200_000
"""Turns, for one call."""
MOST_IN_ALL = 1_000_000
"""Turns, for all calls: some seconds."""

Facts = int
"""A bit for each fact that stands in a clash."""
Here = tuple[Node, Facts]


@dataclass(slots=True)
class Roads:
    graph: Graph
    clashes: dict[Facts, Unreal] = field(default_factory=dict)
    """With the reason why one of the calls that hold them could not be made."""
    looked_at: int = 0
    """Turns."""
    _bits: dict[Held, int] = field(default_factory=dict)
    _of: dict[int, Facts] = field(default_factory=dict)
    """By the identity of an outcome."""
    _by_fact: dict[Held, set[int]] = field(default_factory=dict)
    """In which outcomes it is held."""

    def first(self, suspect: Suspect) -> Real:
        """The call as it was found. Raises Unreal."""
        return self._made(way_to(suspect.start), suspect.tail)

    def other(self, suspect: Suspect) -> Real:
        """The shortest of its other calls that can be made. Raises Unreal, with what is against the first one."""
        first = self._against(self._facts((*way_to(suspect.start), *suspect.tail)))
        tails = _tails(suspect)
        for _ in range(MOST_CALLS):
            ways = ((self._search(suspect.start, self._facts(tail)), tail) for tail in tails)
            found = next(((way, tail) for way, tail in ways if way is not None), None)
            if found is None:
                break
            try:
                return self._made(*found)
            except Unreal as why:
                first = first or why
        raise first or Unreal(frozenset(), frozenset())

    def against(self, suspect: Suspect) -> Unreal | None:
        """Why no call at all that ends so can be made, as far as is known."""
        whys = [self._against(self._facts(tail)) for tail in _tails(suspect)]
        return whys[0] if all(whys) else None

    def _made(self, way: list[Edge], tail: tuple[Edge, ...]) -> Real:
        try:
            return make(self.graph.law, (*way, *tail))
        except Unreal as why:
            self._learn(why)
            raise

    def _learn(self, why: Unreal) -> None:
        if not self._by_fact:
            for edge in self.graph.edges():
                for outcome in (edge.outcome, *edge.outcome.others):
                    for held in facts_of(outcome):
                        self._by_fact.setdefault(held, set()).add(id(outcome))
        clash = 0
        for held in why.clash:
            bit = self._bits.get(held)
            if bit is None:
                bit = self._bits[held] = 1 << len(self._bits)
                for one in self._by_fact.get(held, ()):
                    self._of[one] = self._of.get(one, 0) | bit
            clash |= bit
        self.clashes[clash] = why

    def _search(self, end: Node, tail: Facts) -> list[Edge] | None:
        """Breadth first over states and what has been held on the way there, as far as it can clash."""
        if self._against(tail):
            return None
        begun: Here = (self.graph.nodes[0], tail)
        came: dict[Here, tuple[Here, Edge] | None] = {begun: None}
        fits: dict[Facts, bool] = {}
        todo = deque([begun])
        until = min(self.looked_at + MOST_LOOKED_AT, MOST_IN_ALL)
        while todo and self.looked_at < until:
            here = todo.popleft()
            node, held = here
            self.looked_at += len(node.edges)
            for edge in node.edges:
                target = edge.target
                if target is None:
                    continue
                for outcome in (edge.outcome, *edge.outcome.others):
                    facts = held | self._of.get(id(outcome), 0)
                    there = (target, facts)
                    if there in came:
                        continue
                    if facts not in fits:
                        fits[facts] = self._against(facts) is None
                    if fits[facts]:
                        came[there] = (here, edge if outcome is edge.outcome else replace(edge, outcome=outcome))
                        if target is end:
                            return list(_back(came, there))[::-1]
                        todo.append(there)
        return None

    def _against(self, held: Facts) -> Unreal | None:
        return next((why for clash, why in self.clashes.items() if clash & held == clash), None)

    def _facts(self, edges: Iterable[Edge]) -> Facts:
        found = 0
        for edge in edges:
            found |= self._of.get(id(edge.outcome), 0)
        return found


def _tails(suspect: Suspect) -> list[tuple[Edge, ...]]:
    """How it goes on, with each of the conditions under which its first turn ends alike."""
    if not suspect.tail:
        return [()]
    edge, *rest = suspect.tail
    return [suspect.tail, *((replace(edge, outcome=one), *rest) for one in edge.outcome.others)]


def _back(came: dict[Any, Any], there: Here) -> Iterator[Edge]:
    while (step := came[there]) is not None:
        there, edge = step
        yield edge
