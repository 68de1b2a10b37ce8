"""The ways through each flow, as the checks walk them: what could be read, and a guess at what could not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.flow.hotline import Hotline
from ivr.flow.kinds import Kind, Way
from ivr.flow.refs import PlaceRef, StepRef
from ivr.flow.source import Source
from ivr.flow.where import Where, nearest

PERSON_KINDS = frozenset({"queue", "callback", "record", "dial"})
"""Steps by which a person is reached, now or later."""
MOVING_KINDS = frozenset({"queue", "dial"})
"""Steps that move the caller to a person in this call."""
ENDING_KINDS = frozenset({"hangup"})
"""Steps that need no way out."""

Node = tuple[str, str]
"""Flow and step."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way out of a step, to a step of the same flow or out of the flow."""

    label: str
    target: str | None
    """None where the flow comes back."""
    returns: str | None
    way: Way


@dataclass(frozen=True, slots=True)
class Plan:
    """One flow."""

    name: str
    start: str | None
    """None where it names no step."""
    steps: Mapping[str, Kind]
    edges: Mapping[str, tuple[Edge, ...]]
    """Every written step → its ways to steps that are there."""
    unread: frozenset[str]
    """Steps that could not be read; their ways are guessed."""
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    sure_of_names: bool
    """Whether `takes:` and `gives:` could be read."""

    def reached(self, entries: Iterable[str]) -> set[str]:
        """Every step that some way leads to."""
        found = set(entries)
        todo = list(found)
        while todo:
            for edge in self.edges[todo.pop()]:
                if edge.target is not None and edge.target not in found:
                    found.add(edge.target)
                    todo.append(edge.target)
        return found

    def outcomes(self, entries: Iterable[str]) -> dict[str, list[tuple[str, Edge]]]:
        """What the flow can come back with from there: outcome → the steps and ways that do it."""
        reached = self.reached(entries)
        found: dict[str, list[tuple[str, Edge]]] = {}
        for step, edges in self.edges.items():
            for edge in edges if step in reached else ():
                if edge.returns is not None:
                    found.setdefault(edge.returns, []).append((step, edge))
        return found


Plans = Mapping[str, Plan]


def plans(hotline: Hotline, source: Source) -> dict[str, Plan]:
    """Flow → its plan."""
    return {name: _plan(hotline, source, name) for name in hotline.flows}


def _plan(hotline: Hotline, source: Source, name: str) -> Plan:
    flow = hotline.flows[name]
    file = source.flow_file(name)
    unread = [step for step in source.names(file, "steps") if step not in flow.steps]
    known = {*flow.steps, *unread}
    edges = {step: tuple(_edges(kind.ways(), known)) for step, kind in flow.steps.items()}
    for step in unread:
        words = sorted(set(strings(source.data(file, "steps", step))))
        guessed = (Way("", StepRef(word)) for word in words if word in known or StepRef(word).returns is not None)
        edges[step] = tuple(_edges(guessed, known))
    return Plan(
        name=name,
        start=flow.start if flow.start in known else None,
        steps=flow.steps,
        edges=edges,
        unread=frozenset(unread),
        takes=flow.takes,
        gives=flow.gives,
        sure_of_names=all(
            list(read) == (source.data(file, name) or [])
            for name, read in (("takes", flow.takes), ("gives", flow.gives))
        ),
    )


def _edges(ways: Iterable[Way], known: set[str]) -> Iterator[Edge]:
    """A target that is misspelt counts as the step that is meant: it has a fault of its own."""
    for way in ways:
        returns = way.target.returns
        target = None if returns is not None else way.target if way.target in known else nearest(way.target, known)
        if returns is not None or target is not None:
            yield Edge(way.label, target, returns, way)


def strings(data: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from strings(inner)


def called(step: Kind | None) -> str | None:
    """The flow that a step runs and comes back from."""
    return str(step.do) if step is not None and step.kind == "do" else None  # type: ignore[attr-defined]


def held_flows(hotline: Hotline) -> set[str]:
    """Flows that are run for a caller who keeps a place in line: of `request:` rules, and of the `menu:` of a queue."""
    menus = (getattr(step, "menu", {}) for flow in hotline.flows.values() for step in flow.steps.values())
    firsts = {str(rule.first) for rule in hotline.handoff.request if rule.first is not None}
    return firsts | {str(run) for menu in menus for run in menu.values()}


def entries(hotline: Hotline, plan: Plan) -> list[str]:
    """The steps a flow can be entered at: its start, and where `always:` leads."""
    found = [] if plan.start is None else [plan.start]
    return found + [step for step in _led_to(hotline, plan) if step not in found]


def top_entries(hotline: Hotline, plan: Plan) -> list[str]:
    """The steps entered with nothing around that the flow could come back to."""
    start = [plan.start] if plan.name == hotline.file.start and plan.start is not None else []
    return start + [step for step in _led_to(hotline, plan) if step not in start]


def _led_to(hotline: Hotline, plan: Plan) -> list[str]:
    goes = [
        always.go for always in hotline.file.always.values() if always.go is not None and always.go.flow == plan.name
    ]
    steps = [go.step or plan.start for go in goes]
    return [step for step in dict.fromkeys(steps) if step is not None and step in plan.edges]


def landing(go: PlaceRef, made: Plans) -> Node | None:
    """The step a place stands for, where there is one."""
    plan = made.get(go.flow)
    step = (go.step or plan.start) if plan else None
    return (go.flow, step) if plan and step in plan.edges and step is not None else None


def place_of(source: Source, flow: str, step: str, edge: Edge) -> Where:
    """Where a way is written."""
    data = source.data(source.flow_file(flow), "steps", step)
    if isinstance(data, dict):
        if isinstance(data.get("on"), dict) and edge.label in data["on"]:
            return source.step(flow, step, "on", edge.label)
        if data.get(edge.label) == edge.way.target:
            return source.step(flow, step, edge.label)
        for n, case in enumerate(data["choose"] if isinstance(data.get("choose"), list) else ()):
            if isinstance(case, dict) and case.get("when") == edge.label:
                return source.step(flow, step, "choose", n, "next")
    return source.step(flow, step)


def listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`; `nothing` for none."""
    found = list(names)
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found) or "nothing"


def way_shown(steps: Iterable[str]) -> str:
    """`a → b → c`, long ones cut in the middle."""
    path = list(steps)
    if len(path) > LONGEST_PATH:
        path = [*path[: LONGEST_PATH - 3], "…", *path[-2:]]
    return " → ".join(path)


LONGEST_PATH = 9
