"""What a flow gives must not depend on the way it went: an outcome brings a name always or never."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.explain import path_without, set_in
from ivr.flow.check.facts import Survey
from ivr.flow.check.plan import Edge, Plan, entries, way_shown
from ivr.flow.source import Source
from ivr.flow.where import Fault, close


def gives(source: Source, found: Survey, plan: Plan) -> Iterator[Fault]:
    back = found.back.get(plan.name, {})
    if plan.unread or not back or not plan.sure_of_names:
        return
    comes = plan.outcomes(entries(found.hotline, plan))
    for n, name in enumerate(plan.gives):
        where = source.where(source.flow_file(plan.name), ("gives", n))
        if name not in set_in(found, plan):
            hint = close(name, set_in(found, plan)) or "A step must set it"
            yield Fault(where, f"flow {plan.name!r} gives {name!r}, and nothing in it sets that", hint)
            continue
        after = _after_setting(found, plan, name)
        for outcome in sorted(back):
            mixed = [step for step, edge in comes[outcome] if step in after or _sets(found, plan, step, edge, name)]
            if mixed and name not in back[outcome]:
                without = next(
                    step for step, edge in comes[outcome]
                    if name not in found.at.get((plan.name, step), {}) and not _sets(found, plan, step, edge, name)
                )  # fmt: skip
                path = [*path_without(found, plan, name, without), f"return {outcome}"]
                yield Fault(where, f"{name!r} is not set on every way back with {outcome!r}: not on {way_shown(path)}")


def _sets(found: Survey, plan: Plan, step: str, edge: Edge, name: str) -> bool:
    return name in (found.sets(plan.name, step, edge) or ())


def _after_setting(found: Survey, plan: Plan, name: str) -> set[str]:
    """The steps that some way comes to after the name was set."""
    begins = {
        edge.target
        for step, edges in plan.edges.items()
        for edge in edges
        if edge.target is not None and _sets(found, plan, step, edge, name)
    }
    return plan.reached(begins)
