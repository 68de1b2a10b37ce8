"""No call leaves the caller without a sound or a way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ivr.call.verbs import Dial, Wait
from ivr.flow.expressions import Condition
from ivr.flow.hotline import Hotline
from ivr.proof.findings import Written
from ivr.proof.games import CALLERS, groups, path_to
from ivr.proof.graph import Edge, Graph, Node
from ivr.proof.law import Law
from ivr.proof.replay import Real
from ivr.proof.suspect import Place, Suspect, nobody

BREAKS = "the call breaks and ends in an apology"
ROUNDS = 10
"""By which a call shows that it goes round: what counts to less than that is neither shown nor proved."""
UNHEARD = (Dial, Wait)
"""What the line does while nobody hears the caller."""
HANDOFF = ("entry", "intent", "mood", "request", "line")
QUEUES = ("classes", "head_starts", "needs", "preferred", "never")


class Sound:
    name = "sound"
    says = (
        "no call breaks, goes round without hearing the caller, or keeps a caller who has no way out; and who waits in "
        "line can leave it by a key"
    )

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        for edge in graph.edges():
            if edge.outcome.marks & {"failed", "circle"}:
                yield _breaks(graph.law, edge)
        for node, round_ in _rounds(graph):
            sentence = "the call can go round without end, and the caller is never heard"
            yield Suspect((*(path_to(node.came) if node.came else ()), *round_ * ROUNDS), sentence, nobody, node.place)
        held = _ways_out(graph)
        for node in graph.nodes:
            if node.is_hold and node not in held:
                yield _at(node, "who waits in line can leave it by no key", _in_line)
        ends = _ends(graph)
        for node in graph.nodes:
            if node.holding is not None and node not in ends:
                yield _at(node, "whatever the caller does, the call neither ends nor reaches a person", nobody)


def _breaks(law: Law, edge: Edge) -> Suspect:
    broken = next((condition for condition, held in edge.outcome.conditions if held is None), None)
    if broken is None:
        return Suspect(tuple(path_to(edge)), BREAKS, _broken)
    sentence = f"{BREAKS}: {broken.source!r} cannot be worked out with the data of this call"
    return Suspect(tuple(path_to(edge)), sentence, _broken, _written(law.hotline, broken))


def _written(hotline: Hotline, condition: Condition) -> Place | Written | None:
    """Where a condition stands."""
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            if any(case.when is condition for case in getattr(step, "choose", ())):
                return flow.name, name
    for file, rules, parts in (("handoff.yaml", hotline.handoff, HANDOFF), ("queues.yaml", hotline.queues, QUEUES)):
        for part in parts:
            written = getattr(rules, part)
            for key, rule in written.items() if isinstance(written, Mapping) else enumerate(written):
                if rule.when is condition:
                    return Written(file, (part, key, "when"))
    return Written("handoff.yaml", ("offers_when",)) if hotline.handoff.offers_when is condition else None


def _rounds(graph: Graph) -> Iterator[tuple[Node, list[Edge]]]:
    """Turns that lead from a state to itself through nothing but numbers that do not answer and answers that take
    long."""
    for node in graph.nodes:
        way: dict[Node, list[Edge]] = {node: []}
        todo = [node] if isinstance(node.holding, UNHEARD) else []
        for here in todo:
            for edge in here.edges:
                there = edge.target
                if there is None or not isinstance(there.holding, UNHEARD) or edge.deed.name == "completed":
                    continue
                if there is node:
                    yield node, [*way[here], edge]
                    return
                if there not in way:
                    way[there] = [*way[here], edge]
                    todo.append(there)


def _at(node: Node, sentence: str, ends: Any) -> Suspect:
    return Suspect(tuple(path_to(node.came)) if node.came else (), sentence, ends, node.place)


def _ways_out(graph: Graph) -> set[Node]:
    """Holds that keys lead out of. Who keeps the place while he is told something is still in line; where nobody is
    asked anything, time goes on, whatever comes of it."""

    def out(edge: Edge, found: set[Node]) -> bool:
        return edge.target is None or edge.target.state.place is None or edge.target in found

    return _least(
        [node for node in graph.nodes if node.state.place is not None],
        lambda node, found: (
            any(
                deed.sort in ("key", "always_key") and all(out(edge, found) for edge in edges)
                for deed, edges in groups(node).items()
            )
            or (node.place in graph.trails.waits and all(out(edge, found) for edge in _passing(node)))
        ),
    )


def _passing(node: Node) -> list[Edge]:
    return [edge for edge in node.edges if edge.deed.sort == "other" and edge.deed.name != "agent takes"]


def _ends(graph: Graph) -> set[Node]:
    """States from where something that the caller does leads to an end or to a person."""

    def well(edge: Edge, found: set[Node]) -> bool:
        return edge.target is None or bool(edge.seen.reached) or edge.target in found

    return _least(
        graph.nodes,
        lambda node, found: (
            node.is_hold
            or any(
                (any if deed.sort == "other" else all)(well(edge, found) for edge in edges)
                for deed, edges in groups(node).items()
                if deed.sort in (*CALLERS, "silence", "unclear", "other")
            )
        ),
    )


def _least(nodes: Any, holds: Any) -> set[Node]:
    """The least set of nodes that the rule holds for, given the set itself."""
    found: set[Node] = set()
    while more := {node for node in nodes if node not in found and holds(node, found)}:
        found |= more
    return found


def _broken(call: Real) -> list[tuple[str, Any]]:
    return [("entry", {"kind": "failed"})]


def _in_line(call: Real) -> list[tuple[str, Any]]:
    place = call.turns[-1].after.place
    queue = place.queue if place else ""
    return [("waits", 60), *(("presses", key) for key in "1234567890"), ("queue", queue)]
