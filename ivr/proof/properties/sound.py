"""No call leaves the caller without a sound or a way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ivr.call.events import NoPlace
from ivr.call.verbs import Dial, Wait
from ivr.flow.expressions import Condition
from ivr.flow.hotline import Hotline
from ivr.proof.deeds import ALL_KEYS
from ivr.proof.findings import Written
from ivr.proof.games import CALLERS, groups
from ivr.proof.graph import Edge, Graph, Node
from ivr.proof.law import Law
from ivr.proof.replay import Real
from ivr.proof.suspect import Place, Suspect, nobody

BREAKS = "the call breaks and ends in an apology"
ROUNDS = 10
"""By which a call shows that it goes round: what counts to less than that is neither shown nor proved."""
KEYS = ("key", "always_key")
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
            yield Suspect(node, tuple(round_ * ROUNDS), sentence, nobody, node.place)
        for node in _without_a_way(graph):
            yield _at(node, "who waits in line can leave it by no key", partial(_in_line, graph.law))
        ends = _ends(graph)
        for node in graph.nodes:
            if node.holding is not None and node not in ends:
                yield _at(node, "whatever the caller does, the call neither ends nor reaches a person", nobody)


def _breaks(law: Law, edge: Edge) -> Suspect:
    broken = next((condition for condition, held in edge.outcome.conditions if held is None), None)
    if broken is None:
        return Suspect(edge.source, (edge,), BREAKS, _broken)
    sentence = f"{BREAKS}: {broken.source!r} cannot be worked out with the data of this call"
    return Suspect(edge.source, (edge,), sentence, _broken, _written(law.hotline, broken))


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
    return Suspect(node, (), sentence, ends, node.place)


def _without_a_way(graph: Graph) -> list[Node]:
    """Holds that no key leads out of; those with a key of their own that does, but not always, only where there are no
    others: they lead to such ones."""
    found = _ways_out(graph)
    # Whom an agent sends on who has called him back waits in a line of the house, and is not held to its keys.
    house = graph.law.hotline.house
    dead = [node for node in graph.nodes if node.is_hold and node not in found and node.state.flow not in house]
    own = ((node, [edge for edge in node.edges if edge.deed.sort == "key"]) for node in dead)
    return [
        node for node, edges in own if not any(_is_out(edge, found) and not _turned_away(edge) for edge in edges)
    ] or dead


def _turned_away(edge: Edge) -> bool:
    """The line has taken him not again after what he was told: no key has led him out."""
    return any(isinstance(one.answer, NoPlace) for one in edge.outcome.asked)


def _ways_out(graph: Graph) -> set[Node]:
    """Holds that keys lead out of. Who keeps the place while he is told something is still in line; where nobody is
    asked anything, time goes on, whatever comes of it."""
    return _least(
        [node for node in graph.nodes if node.state.place is not None],
        lambda node, found: (
            node.is_open
            or any(
                deed.sort in KEYS and all(_is_out(edge, found) for edge in edges)
                for deed, edges in groups(node).items()
            )
            or (node.place in graph.law.unasked and all(_is_out(edge, found) for edge in _passing(node)))
        ),
    )


def _is_out(edge: Edge, found: set[Node]) -> bool:
    return edge.target is None or edge.target.state.place is None or edge.target in found


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
            or node.is_open
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


def _in_line(law: Law, call: Real) -> list[tuple[str, Any]]:
    """Every key, but for the one that asks for a person: it may lead on to another line."""
    place = call.turns[-1].after.place
    queue = place.queue if place else ""
    person = law.hotline.file.always.get("person")
    keys = [key for key in ALL_KEYS if key.isdigit() and (person is None or key != person.key)]
    return [*(("presses", key) for key in keys), ("queue", queue)]
