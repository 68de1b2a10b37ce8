"""Why a name is not known at a step: set on some ways only, in another flow, or nowhere."""

from __future__ import annotations

from ivr.flow.check.facts import Survey
from ivr.flow.check.plan import Plan, called, entries, top_entries, way_shown
from ivr.flow.check.scope import Problem


def explained(found: Survey, plan: Plan, step: str, wrong: Problem) -> Problem:
    """The problem with what a designer would want to know of it."""
    if not wrong.name or wrong.name in ("place", "guess"):
        return wrong
    if wrong.name in set_in(found, plan):
        path = path_without(found, plan, wrong.name, step)
        if len(path) == 1:
            return Problem(f"{wrong.name!r} is not set yet when the call first comes here", "")
        return Problem(f"{wrong.name!r} is not set on every way here: not on {way_shown(path)}", "")
    if wrong.hint:
        return wrong
    others = [other.name for other in found.plans.values() if wrong.name in set_in(found, other)]
    if not others:
        return Problem(wrong.sentence, "A step before must set it")
    runs = [other for other in others if any(called(kind) == other for kind in plan.steps.values())]
    if any(wrong.name in found.plans[run].gives for run in runs):
        return Problem(wrong.sentence, f"Flow {runs[0]!r} gives it, but not in every way it comes back")
    if not runs and top_entries(found.hotline, plan):
        return Problem(wrong.sentence, "What other flows have set is not known here")
    way = "name it under its `gives:`" if runs else "hand it in by `with:` and `takes:`"
    return Problem(wrong.sentence, f"Flow {(runs or others)[0]!r} sets it: {way}")


def set_in(found: Survey, plan: Plan) -> set[str]:
    ways = ((step, edge) for step, edges in plan.edges.items() for edge in edges)
    return {*plan.takes, *(name for step, edge in ways for name in found.sets(plan.name, step, edge) or ())}


def path_without(found: Survey, plan: Plan, name: str, goal: str) -> list[str]:
    """A shortest way to a step on which nothing sets the name."""
    came: dict[str, str | None] = {
        step: None for step in entries(found.hotline, plan) if step != plan.start or name not in plan.takes
    }
    todo = list(came)
    for step in todo:
        if step == goal:
            break
        for edge in plan.edges[step]:
            sets = found.sets(plan.name, step, edge)
            if edge.target is not None and edge.target not in came and sets is not None and name not in sets:
                came[edge.target] = step
                todo.append(edge.target)
    path = [goal]
    while (before := came.get(path[-1])) is not None:
        path.append(before)
    return path[::-1]
