"""From where a caller surely comes to something, whatever the world does and however badly he is heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

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
    too; of all else, whatever happens. A caller who goes round for ever does not come there."""
    before: dict[Node, set[Node]] = defaultdict(set)
    for edge in graph.edges():
        if edge.target is not None:
            before[edge.target].add(edge.source)
    found: set[Node] = set()
    todo = list(graph.nodes)
    while todo:
        node = todo.pop()
        if node not in found and _leads(node, found, good):
            found.add(node)
            todo.extend(before[node])
    return found


def _leads(node: Node, found: set[Node], good: Good) -> bool:
    """A question that is put again, or asked back about, must lead there from each of its states: since its tries come
    to an end, going round in them is no way to stay away."""
    question = list(_question(node))
    return all(_goes_well(one, found, good) for one in question) and (
        not isinstance(node.holding, Listen) or any(_has_a_key(one, found, good) for one in question)
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


def _goes_well(node: Node, found: set[Node], good: Good) -> bool:
    """Whatever happens there; of a question: however badly the caller is heard."""
    if node.holding is None or not node.edges:
        return False
    asks = isinstance(node.holding, Listen)
    return all(edge.is_again or leads(edge, found, good) for edge in node.edges if not asks or edge.deed.sort in MISSES)


def _has_a_key(node: Node, found: set[Node], good: Good) -> bool:
    return any(
        all(leads(edge, found, good) for edge in edges)
        for deed, edges in groups(node).items()
        if deed.sort in ("key", "always_key")
    )


def best(graph: Graph, good: Good, turns: int) -> set[Node]:
    """The questions from where a caller who answers as well as can be comes to a good turn within so many answers,
    whatever the world does."""
    found: set[Node] = set()
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


def path_to(edge: Edge) -> list[Edge]:
    """A shortest call that ends with this turn."""
    path = [edge]
    while (came := path[-1].source.came) is not None:
        path.append(came)
    return path[::-1]


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
