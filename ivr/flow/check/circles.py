"""Circles in a graph of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Graph = Mapping[str, Sequence[str]]
"""Name → the names it leads to; those that are no keys lead nowhere."""


def circles(graph: Graph) -> list[list[str]]:
    """The parts in which every name leads to every other, each in the graph's order (Tarjan, without recursion)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []

    def begin(node: str) -> tuple[str, Iterator[str]]:
        order[node] = low[node] = len(order)
        stack.append(node)
        on_stack.add(node)
        return node, iter(graph[node])

    for root in graph:
        work = [] if root in order else [begin(root)]
        while work:
            node, rest = work[-1]
            for after in rest:
                if after in graph and after not in order:
                    work.append(begin(after))
                    break
                if after in on_stack:
                    low[node] = min(low[node], order[after])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    part = [stack.pop()]
                    while part[-1] != node:
                        part.append(stack.pop())
                    on_stack.difference_update(part)
                    if len(part) > 1 or node in graph[node]:
                        found.append(part)
    place = {node: n for n, node in enumerate(graph)}
    parts = [sorted(part, key=place.__getitem__) for part in found]
    return sorted(parts, key=lambda part: place[part[0]])


def a_round(graph: Graph, part: Sequence[str]) -> list[str]:
    """A shortest circle through the first name of such a part."""
    first, inside = part[0], set(part)
    came: dict[str, str] = {}
    todo = [first]
    for node in todo:
        for after in graph[node]:
            if after == first:
                path = [node]
                while path[-1] != first:
                    path.append(came[path[-1]])
                return path[::-1]
            if after in inside and after not in came:
                came[after] = node
                todo.append(after)
    return list(part)
