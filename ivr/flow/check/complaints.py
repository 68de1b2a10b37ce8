"""A complaint is moved to a person only after an `offer` was accepted (R30, R31)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ivr.flow.check.plan import MOVING_KINDS, Plans, called, place_of, plans, way_shown
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault

ASKED_FOR = "person"
"""A way that is the caller's own request."""
Path = tuple[str, ...]


def complaints(hotline: Hotline, source: Source) -> Iterator[Fault]:
    made = plans(hotline, source)
    complaining = {name for name, intent in hotline.intents.items() if intent.type == "complaint"}
    moves = Moves(made)
    for plan in made.values():
        for name, step in plan.steps.items():
            if getattr(step, "expect", None) != "intent":
                continue
            for edge in plan.edges[name]:
                if edge.label in complaining and edge.target is not None:
                    found = moves.after(plan.name, edge.target)
                    if found.moved is not None:
                        path = way_shown((name, *found.moved))
                        sentence = f"a complaint is moved to a person without the caller's yes: {path}"
                        hint = "Put an `offer` step before, and move the caller only on its `yes`"
                        yield Fault(place_of(source, plan.name, name, edge), sentence, hint)


@dataclass(slots=True)
class Found:
    """Where a complaint comes to without a yes: to whom it is moved first, and the outcomes it comes back with."""

    moved: Path | None = None
    back: dict[str, Path] = field(default_factory=dict)


@dataclass(slots=True)
class Moves:
    plans: Plans
    _kept: dict[tuple[str, str], Found] = field(default_factory=dict)

    def after(self, flow: str, start: str) -> Found:
        """What follows a step, up to the next open question: what is said there is a new wish."""
        if (flow, start) in self._kept:
            return self._kept[flow, start]
        self._kept[flow, start] = found = Found()  # a flow inside itself adds nothing
        plan = self.plans[flow]
        came: dict[str, Path] = {start: (start,)}
        todo = [start]
        for step in todo:
            kind = plan.steps.get(step)
            path = came[step]
            if kind is None or getattr(kind, "expect", None) == "intent":
                continue
            if kind.kind in MOVING_KINDS:
                found.moved = path
                break
            inner = self._inside(called(kind))
            if inner is not None and inner.moved is not None:
                found.moved = (*path, *(f"{called(kind)}.{one}" for one in inner.moved))
                break
            for edge in plan.edges[step]:
                if edge.label == ASKED_FOR or (kind.kind == "offer" and edge.label == "yes"):
                    continue
                if inner is not None and edge.label not in inner.back:
                    continue
                if edge.returns is not None:
                    found.back.setdefault(edge.returns, path)
                elif edge.target is not None and edge.target not in came:
                    came[edge.target] = (*path, edge.target)
                    todo.append(edge.target)
        return found

    def _inside(self, flow: str | None) -> Found | None:
        plan = self.plans.get(flow or "")
        return self.after(plan.name, plan.start) if plan is not None and plan.start is not None else None
