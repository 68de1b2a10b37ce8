"""Which names are set when a call comes to a step: on every way there, by a forward analysis of each flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ivr.call.shape import Shape
from ivr.flow.check.plan import Edge, Node, Plan, Plans, called, entries
from ivr.flow.expressions import Value
from ivr.flow.hotline import Hotline
from ivr.flow.known import lookup_shape
from ivr.flow.reads import ITEM, Path
from ivr.flow.refs import LookupRef

Shapes = tuple[Shape, ...]
"""What a name may hold: one of these."""
Facts = Mapping[str, Shapes]
"""Name → what it may hold, for the names that are set for sure."""

ANY = Shape("any")
UNKNOWN: Shapes = (ANY,)


@dataclass(slots=True)
class Survey:
    """What is known at each step, for the steps that some way leads to."""

    hotline: Hotline
    plans: Plans
    at: dict[Node, Facts] = field(default_factory=dict)
    back: dict[str, dict[str, Facts]] = field(default_factory=dict)
    """Flow → outcome → what is set on every way of coming back with it."""
    mixed: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """Flow → outcome → what it gives on some ways of coming back with it, but not on all: a fault of its own."""
    takes: dict[str, Facts] = field(default_factory=dict)
    """Flow → what its callers hand in, as far as they are agreed."""

    def sets(self, flow: str, step: str, edge: Edge) -> Facts | None:
        """The names that this way sets; None where nobody can tell, so that no name may be missed after it."""
        kind = self.plans[flow].steps.get(step)
        if kind is None:
            return None
        if run := called(kind):
            return self._brought(run, edge.label)
        shapes: dict[str, Shapes] = dict.fromkeys(edge.way.sets, UNKNOWN)
        shapes |= {name: (lookup_shape(self.hotline, LookupRef(ref)) or ANY,) for name, ref in edge.way.gives.items()}
        if kind.kind == "set":
            here = self.at.get((flow, step), {})
            values: Mapping[str, Value] = getattr(kind, "set", {})
            shapes |= {name: self.of_value(value, here) for name, value in values.items()}
        return shapes

    def _brought(self, run: str, outcome: str) -> Facts | None:
        plan = self.plans.get(run)
        if plan is None or plan.unread or not plan.sure_of_names:
            return None
        back = self.back.get(run)
        if back is None:  # it runs itself, which is a fault of its own
            return None
        facts = back.get(outcome)
        if facts is None:
            return None
        mixed = dict.fromkeys(sorted(self.mixed[run][outcome]), UNKNOWN)
        return {**mixed, **{name: facts[name] for name in plan.gives if name in facts}}

    def of_value(self, value: Value, here: Facts) -> Shapes:
        """What a value comes to."""
        path = lone_path(value)
        if path is None:
            return (Shape("text"),) if isinstance(value.source, str) and not value.reads else UNKNOWN
        shapes = tuple(found for shape in here.get(path[0], ()) if (found := inside(shape, path[1:])))
        return shapes or UNKNOWN


def survey(hotline: Hotline, plans: Plans) -> Survey:
    """Two rounds: the first finds what each flow is handed in, the second what that means inside it."""
    first = Survey(hotline, plans)
    for plan in _inner_first(plans):
        _walk(first, plan)
    second = Survey(hotline, plans, takes=dict(_handed_in(first)))
    for plan in _inner_first(plans):
        _walk(second, plan)
    return second


def _inner_first(plans: Plans) -> list[Plan]:
    """Every flow after those it runs."""
    done: dict[str, Plan] = {}
    todo = [(plan, False) for plan in plans.values()][::-1]
    begun: set[str] = set()
    while todo:
        plan, through = todo.pop()
        if through:
            done.setdefault(plan.name, plan)
        elif plan.name not in begun:
            begun.add(plan.name)
            todo.append((plan, True))
            runs = [plans[run] for step in plan.steps.values() if (run := called(step)) and run in plans]
            todo += [(run, False) for run in runs]
    return list(done.values())


def _walk(found: Survey, plan: Plan) -> None:
    todo: dict[str, None] = {}
    for step in entries(found.hotline, plan):
        start = {name: found.takes.get(plan.name, {}).get(name, UNKNOWN) for name in plan.takes}
        _meet(found.at, (plan.name, step), start if step == plan.start else {})
        todo[step] = None
    while todo:
        step = next(iter(todo))
        del todo[step]
        here = found.at[plan.name, step]
        for edge in plan.edges[step]:
            sets = found.sets(plan.name, step, edge)
            if (
                edge.target is not None
                and sets is not None
                and _meet(found.at, (plan.name, edge.target), {**here, **sets})
            ):
                todo[edge.target] = None
    back: dict[str, Facts] = {}
    for step, edges in plan.edges.items():
        for edge in edges:
            if edge.returns is not None and (plan.name, step) in found.at:
                sets = found.sets(plan.name, step, edge)
                if sets is not None:
                    _meet(back, edge.returns, {**found.at[plan.name, step], **sets})
    found.mixed[plan.name] = _mixed(found, plan, back)
    found.back[plan.name] = back


def _mixed(found: Survey, plan: Plan, back: Mapping[str, Facts]) -> dict[str, set[str]]:
    may: dict[str, set[str]] = {outcome: set() for outcome in back}
    for step, edges in plan.edges.items() if plan.gives else ():
        for edge in edges if (plan.name, step) in found.at else ():
            given = set(found.sets(plan.name, step, edge) or ()).intersection(plan.gives)
            outcomes = () if not given else [edge.returns] if edge.target is None else plan.outcomes([edge.target])
            for outcome in outcomes:
                may.setdefault(outcome or "", set()).update(given)
    return {outcome: may[outcome] - sure.keys() for outcome, sure in back.items()}


def _meet(known: dict[Any, Facts], place: Any, facts: Facts) -> bool:
    """Keep only what holds on this way too; True when that changed anything."""
    before = known.get(place)
    if before is None:
        known[place] = facts
        return True
    after = {name: _either(shapes, facts[name]) for name, shapes in before.items() if name in facts}
    known[place] = after
    return len(after) != len(before) or any(after[name] is not before[name] for name in after)


def _either(one: Shapes, other: Shapes) -> Shapes:
    more = tuple(shape for shape in other if shape not in one) if one is not other else ()
    return (*one, *more) if more else one


def _handed_in(found: Survey) -> Iterator[tuple[str, Facts]]:
    """What every `do:` step hands in, name by name."""
    given: dict[str, dict[str, Shapes]] = {}
    for (flow, step), here in found.at.items():
        kind: Any = found.plans[flow].steps.get(step)
        if run := called(kind):
            names = given.setdefault(run, {})
            for name, value in kind.with_.items():
                shapes = found.of_value(value, here)
                names[name] = _either(names[name], shapes) if name in names else shapes
    yield from given.items()


def lone_path(value: Value) -> Path | None:
    """The path of a value that is nothing but `{{ path }}`."""
    if len(value.reads) != 1 or not isinstance(value.source, str):
        return None
    (path,) = value.reads
    return path if value.source.replace(" ", "") == "{{" + ".".join(path) + "}}" else None


def inside(shape: Shape, path: Path) -> Shape | None:
    """What a path leads to; None where it leads nowhere."""
    for part in path:
        below = shape if shape.kind == "any" else shape.item if part == ITEM else shape.child(part)
        if below is None:
            return None
        shape = below
    return shape
