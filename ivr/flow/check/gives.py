"""What a flow gives must not depend on the way it went: an outcome brings a name always or never."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.explain import path_without, set_in
from ivr.flow.check.facts import Survey
from ivr.flow.check.plan import Plan, entries, way_shown
from ivr.flow.source import Source
from ivr.flow.where import Fault, close


def gives(source: Source, found: Survey, plan: Plan) -> Iterator[Fault]:
    back = found.back.get(plan.name, {})
    if plan.unread or not back or not plan.sure_of_names:
        return
    known = set_in(found, plan)
    for n, name in enumerate(plan.gives):
        where = source.where(source.flow_file(plan.name), ("gives", n))
        if name not in known:
            hint = close(name, known) or "A step must set it"
            yield Fault(where, f"flow {plan.name!r} gives {name!r}, and nothing in it sets that", hint)
        for outcome in sorted(back):
            if name in found.mixed[plan.name][outcome]:
                path = way_shown([*_way_without(found, plan, name, outcome), f"return {outcome}"])
                yield Fault(where, f"{name!r} is not set on every way back with {outcome!r}: not on {path}")


def _way_without(found: Survey, plan: Plan, name: str, outcome: str) -> list[str]:
    """A way back with the outcome on which nothing sets the name."""
    for step, edge in plan.outcomes(entries(found.hotline, plan))[outcome]:
        here = found.at.get((plan.name, step))
        sets = found.sets(plan.name, step, edge)
        if here is not None and sets is not None and name not in here and name not in sets:
            return path_without(found, plan, name, step)
    return []
