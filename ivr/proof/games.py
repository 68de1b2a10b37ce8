"""From where a caller surely comes to something, whatever the world does and however badly he is heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ivr.call.verbs import Listen
from ivr.proof.deeds import MISSES, Deed
from ivr.proof.graph import Edge, Graph, Node

Good = Callable[[Edge], bool]


def groups(node: Node) -> dict[Deed, list[Edge]]:
    """Deed → the ways it can turn out."""
    found: dict[Deed, list[Edge]] = {}
    for edge in node.edges:
        found.setdefault(edge.deed, []).append(edge)
    return found


def surely(graph: Graph, good: Good) -> set[Node]:
    """The states from where a good turn comes: of a question, some key leads there and every failure to answer does,
    too; of all else, whatever happens. A caller who goes round for ever does not come there. A question that is put
    again, or asked back about, must lead there from each of its states: since its tries come to an end, going round in
    them is no way to stay away. Who is asked what he wants, and may answer something that leads elsewhere, is asked
    anew, and does not come there."""
    lots = {node: _lot(node, good) for node in graph.nodes}
    questions = {node: [lots[one] for one in _question(node)] for node in graph.nodes}
    hang_on: dict[Node, list[Node]] = defaultdict(list)
    for node, question in questions.items():
        for one in {one for lot in question for targets in (lot.needs or (), *lot.keys) for one in targets}:
            hang_on[one].append(node)
    found = {node for node in graph.nodes if node.is_open}
    todo = [node for node in graph.nodes if not node.is_open]
    for node in found:
        todo.extend(hang_on[node])
    while todo:
        node = todo.pop()
        if node not in found and _leads(node, questions[node], found):
            found.add(node)
            todo.extend(hang_on[node])
    return found


@dataclass(frozen=True, slots=True)
class _Lot:
    """What a state must lead to, where its turns are not good themselves."""

    needs: frozenset[Node] | None
    """All of these, whatever happens there; of a question: however badly the caller is heard. None: there is no way."""
    keys: tuple[frozenset[Node], ...]
    """And all of one of these."""


def _lot(node: Node, good: Good) -> _Lot:
    asks = isinstance(node.holding, Listen)
    must = [edge for edge in node.edges if not edge.is_again and (not asks or edge.deed.sort in MISSES)]
    must += [edge for edge in node.edges if _asks_anew(node) and edge.deed.is_plain]
    needs = _targets(must, good) if node.holding is not None and node.edges else None
    keyed = [edges for deed, edges in groups(node).items() if asks and deed.sort in ("key", "always_key")]
    return _Lot(needs, tuple(found for edges in keyed if (found := _targets(edges, good)) is not None))


def _asks_anew(node: Node) -> bool:
    return isinstance(node.holding, Listen) and node.holding.expect == "intent"


def _targets(edges: list[Edge], good: Good) -> frozenset[Node] | None:
    """Where they lead that are not good; None where one of them leads nowhere."""
    targets = [edge.target for edge in edges if not good(edge)]
    return None if None in targets else frozenset(one for one in targets if one is not None)


def _leads(node: Node, question: list[_Lot], found: set[Node]) -> bool:
    return all(lot.needs is not None and lot.needs <= found for lot in question) and (
        not isinstance(node.holding, Listen) or any(targets <= found for lot in question for targets in lot.keys)
    )


def _question(node: Node) -> Iterator[Node]:
    """The state, and those that its question comes to by misses."""
    been, todo = {node}, [node]
    while todo:
        one = todo.pop()
        yield one
        for edge in one.edges:
            if edge.is_again and edge.target is not None and edge.target not in been:
                been.add(edge.target)
                todo.append(edge.target)


def best(graph: Graph, good: Good, turns: int) -> set[Node]:
    """The questions from where a caller who answers as well as can be comes to a good turn within so many answers,
    whatever the world does."""
    found = {node for node in graph.nodes if node.is_open}
    for _ in range(turns):
        found |= {node for node in graph.nodes if node not in found and _can(node, found, good)}
        while more := {node for node in graph.nodes if node not in found and _must(node, found, good)}:
            found |= more
    return found


CALLERS = ("key", "always_key", "said", "phrase")
"""Deeds by which callers get on."""


def _can(node: Node, found: set[Node], good: Good) -> bool:
    if not isinstance(node.holding, Listen):
        return False
    for deed, edges in groups(node).items():
        if deed.sort in CALLERS and all(leads(edge, found, good) for edge in edges):
            return True
    return False


def _must(node: Node, found: set[Node], good: Good) -> bool:
    """Nobody is asked here, and whatever happens leads on."""
    return not isinstance(node.holding, Listen) and all(leads(edge, found, good) for edge in node.edges)


def leads(edge: Edge, found: set[Node], good: Good) -> bool:
    return good(edge) or edge.target in found


def way_to(node: Node) -> list[Edge]:
    """The turns of a shortest call to a state, as it was found first."""
    way: list[Edge] = []
    came = node.came
    while came is not None:
        way.append(came)
        came = came.source.came
    return way[::-1]


MOST_SHOWN = 10
"""Turns by which a fault is shown after it has happened."""


def astray(edge: Edge, found: set[Node], good: Good) -> Iterator[Edge]:
    """How a call goes on after a turn that leads nowhere good, until it ends or comes round."""
    been: set[Node] = set()
    while edge.target is not None and edge.target not in been and len(been) < MOST_SHOWN:
        been.add(edge.target)
        bad = [one for one in edge.target.edges if not leads(one, found, good)]
        missed = [one for one in bad if one.deed.sort in MISSES or one.deed.sort == "other"]
        keyed = [one for one in bad if one.deed.sort == "key"]
        if not (missed or keyed):
            return
        edge = (missed or keyed)[0]
        yield edge
