"""A request for a person reaches one: a line, a callback, a message or a number, on every way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ivr.flow.check.plan import (
    PERSON_KINDS,
    Edge,
    Node,
    Plan,
    Plans,
    called,
    held_flows,
    landing,
    place_of,
    plans,
    way_shown,
)
from ivr.flow.elsewhere import CALLBACK, MESSAGE
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where

WAY: Final = "person"
FILE = "hotline.yaml"
ACCEPTED: Mapping[str, frozenset[str]] = {"offer": frozenset({"yes"}), "queue": frozenset({CALLBACK, MESSAGE})}
"""Ways of steps along which a person, or a form of one, was agreed to."""


def person(hotline: Hotline, source: Source) -> Iterator[Fault]:
    made = plans(hotline, source)
    reaches = Reaches(made, frozenset(held_flows(hotline)))
    told: set[Where] = set()
    for node, where in _requests(hotline, source, made):
        if reaches.surely(node):
            continue
        fault = _lost(source, reaches, node, where)
        if fault.where not in told:
            told.add(fault.where)
            yield fault
    yield from _no_request(hotline, source)


def _no_request(hotline: Hotline, source: Source) -> Iterator[Fault]:
    if not isinstance(source.data(FILE), dict):
        return  # a file that is missing or cannot be read has a fault of its own
    hint = "Write `person: {key: 0, go: <flow>}` under `always:`"
    written = source.data(FILE, "always", WAY)
    if written is None and WAY not in source.names(FILE, "always"):
        yield Fault(source.where(FILE, ("always",)), "no caller can ask for a person", hint)
    elif WAY in hotline.file.always and hotline.file.always[WAY].go is None:
        yield Fault(source.where(FILE, ("always", WAY)), "a request for a person leads nowhere", hint)


def _requests(hotline: Hotline, source: Source, made: Plans) -> Iterator[tuple[Node, Where]]:
    """Every step that a request, or a yes to an offer, leads to, and where that is written."""
    wish = hotline.file.always.get(WAY)
    if wish is not None and wish.go is not None and (node := landing(wish.go, made)):
        yield node, source.where(FILE, ("always", WAY, "go"))
    for plan in made.values():
        for step, edges in plan.edges.items():
            kind = plan.steps.get(step)
            accepted = ACCEPTED.get(kind.kind if kind is not None else "", frozenset())
            for edge in edges:
                if (edge.label == WAY or edge.label in accepted) and edge.target is not None:
                    yield (plan.name, edge.target), place_of(source, plan.name, step, edge)


@dataclass(slots=True)
class Reaches:
    """From which steps a person is reached whatever happens.

    Where the caller is asked, one answer that leads there is enough: the others are the caller's own wish.
    """

    plans: Plans
    from_line: frozenset[str]
    """Flows that `request:` rules begin; they come back to the line."""
    _kept: dict[tuple[str, frozenset[str]], set[str]] = field(default_factory=dict)
    _back: dict[str, frozenset[str]] = field(default_factory=dict)

    def surely(self, node: Node) -> bool:
        flow, step = node
        return step in self.good(flow, self.back(flow))

    def back(self, flow: str) -> frozenset[str]:
        """The outcomes after which whoever runs this flow leads to a person."""
        if flow not in self._back:
            self._back[flow] = frozenset()  # while it is being found out: a flow inside itself reaches nobody by that
            plan = self.plans[flow]
            runs = [(at, step) for at in self.plans.values() for step, kind in at.steps.items() if called(kind) == flow]
            outcomes = set(plan.outcomes(plan.edges)) if runs or flow in self.from_line else set()
            for at, step in runs:
                found = self.good(at.name, self.back(at.name))
                outcomes &= {e.label for e in at.edges[step] if leads_on(e, found, self.back(at.name))}
            self._back[flow] = frozenset(outcomes)
        return self._back[flow]

    def good(self, flow: str, back: frozenset[str]) -> set[str]:
        """The good steps of a flow, where coming back with an outcome of `back` is good too."""
        key = (flow, back)
        if key in self._kept:
            return self._kept[key]
        self._kept[key] = found = set[str]()  # a flow inside itself reaches nobody by that
        plan = self.plans[flow]
        before: dict[str, list[str]] = {}
        for step, edges in plan.edges.items():
            for edge in edges:
                if edge.target is not None:
                    before.setdefault(edge.target, []).append(step)
        todo = list(plan.edges)
        while todo:
            step = todo.pop()
            if step not in found and self._is_good(plan, step, found, back):
                found.add(step)
                todo.extend(before.get(step, ()))
        return found

    def _is_good(self, plan: Plan, step: str, found: set[str], back: frozenset[str]) -> bool:
        kind = plan.steps.get(step)
        if kind is None or kind.kind in PERSON_KINDS:
            return True  # what could not be read has a fault of its own
        good = [leads_on(edge, found, back) for edge in plan.edges[step]]
        run = called(kind)
        if run is None:
            return any(good) if kind.waits else bool(good) and all(good)
        inner = self.plans.get(run)
        if inner is None or inner.start is None:
            return True
        return inner.start in self.good(run, self.outcomes(plan, step, found, back))

    def outcomes(self, plan: Plan, step: str, found: set[str], back: frozenset[str]) -> frozenset[str]:
        """The good ways of a `do:` step."""
        return frozenset(edge.label for edge in plan.edges[step] if leads_on(edge, found, back))


def leads_on(edge: Edge, found: set[str], back: frozenset[str]) -> bool:
    return edge.target in found if edge.returns is None else edge.returns in back


def _lost(source: Source, reaches: Reaches, node: Node, where: Where) -> Fault:
    """The shortest way to an end without a person, told at its last turn."""
    came: dict[Node, tuple[Node, Edge | None] | None] = {node: None}
    back = {node[0]: reaches.back(node[0])}
    todo = [node]
    end = node
    for end in todo:
        if _is_end(reaches.plans, end, node[0]):
            break
        for there, edge in _ahead(reaches, end, back):
            if there not in came and there[1] not in reaches.good(there[0], back[there[0]]):
                came[there] = (end, edge)
                todo.append(there)
    returns = next((edge.returns for edge in reaches.plans[end[0]].edges[end[1]] if edge.returns is not None), None)
    path, last = [end], None
    while (before := came[path[-1]]) is not None:
        if last is None and before[1] is not None:
            last = place_of(source, *before[0], before[1])
        path.append(before[0])
    steps = [step if flow == node[0] else f"{flow}.{step}" for flow, step in path[::-1]]
    shown = way_shown([*steps, f"return {returns}"] if returns is not None else steps)
    hint = "A queue, callback, record or dial step must stand on every way"
    return Fault(last or where, f"somebody who asked for a person reaches none: {shown}", hint)


def _is_end(made: Plans, node: Node, top: str) -> bool:
    flow, step = node
    edges = made[flow].edges[step]
    return not edges or (flow == top and any(edge.returns is not None for edge in edges))


def _ahead(reaches: Reaches, node: Node, back: dict[str, frozenset[str]]) -> Iterator[tuple[Node, Edge | None]]:
    """Into the flow that a `do:` step runs, and along each way."""
    flow, step = node
    plan = reaches.plans[flow]
    run = called(plan.steps.get(step))
    inner = reaches.plans.get(run or "")
    if inner is not None and inner.start is not None:
        found = reaches.good(flow, back[flow])
        back.setdefault(inner.name, reaches.outcomes(plan, step, found, back[flow]))
        yield (inner.name, inner.start), None
    for edge in plan.edges[step]:
        if edge.target is not None:
            yield (flow, edge.target), edge
