"""A flow run by `do:` gets what it takes, and comes back only in ways its caller knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ivr.flow.check.arguments import compared
from ivr.flow.check.plan import Plan, Plans, called, held_flows, listed, place_of, plans, top_entries
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where, close


def subflows(hotline: Hotline, source: Source) -> Iterator[Fault]:
    made = plans(hotline, source)
    for plan in made.values():
        for name, step in plan.steps.items():
            run = made.get(called(step) or "")
            if run is not None:
                yield from _outcomes(source, plan.name, name, step, run)
                yield from _handed_in(source, plan.name, name, step, run)
    yield from _nowhere_to_return(hotline, source, made)
    yield from _nothing_handed_in(hotline, source, made)


def _outcomes(source: Source, flow: str, name: str, step: Any, run: Plan) -> Iterator[Fault]:
    comes = run.outcomes([] if run.start is None else [run.start])
    for outcome in comes:
        if outcome not in step.on:
            sentence = f"flow {run.name!r} can come back with {outcome!r}, and this step has no such way"
            hint = close(outcome, set(step.on) - set(comes)) or f"Add `{outcome}: <step>` to its `on:`"
            yield Fault(source.step(flow, name, "on"), sentence, hint)
    if run.unread or run.start is None:
        return
    file = source.flow_file(flow)
    for outcome in step.on:
        if outcome in comes or close(outcome, set(comes) - set(step.on)):
            continue  # a wrong spelling was told above
        where = source.where_key(file, ("steps", name, "on", outcome))
        if comes:
            sentence = f"flow {run.name!r} never comes back with {outcome!r}"
            yield Fault(where, sentence, f"It comes back with {listed(comes)}")
        else:
            sentence = f"flow {run.name!r} never comes back, so this way is never taken"
            yield Fault(where, sentence, "Write `on: {}`", "warning")


def _handed_in(source: Source, flow: str, name: str, step: Any, run: Plan) -> Iterator[Fault]:
    if run.sure_of_names:
        at = ("steps", name, "with")
        what = f"flow {run.name!r}"
        takes = sorted(run.takes)
        yield from compared(source, source.flow_file(flow), at, step.with_, takes, takes, what)


def _nowhere_to_return(hotline: Hotline, source: Source, made: Plans) -> Iterator[Fault]:
    run = {flow for plan in made.values() for step in plan.steps.values() if (flow := called(step))}
    run |= held_flows(hotline)
    for plan in made.values():
        top = top_entries(hotline, plan)
        for ways in plan.outcomes(top).values():
            for step, edge in ways:
                begins = "a call begins in" if plan.name == hotline.file.start else "`always:` leads straight to"
                why = f"{begins} flow" if plan.name in run else "no `do:` step runs flow"
                hint = "Name a step, or end the call by a `hangup`"
                where = place_of(source, plan.name, step, edge)
                yield Fault(where, f"`return` has nothing to come back to: {why} {plan.name!r}", hint)


def _nothing_handed_in(hotline: Hotline, source: Source, made: Plans) -> Iterator[Fault]:
    places: list[tuple[str, Where]] = [(hotline.file.start, source.where("hotline.yaml", ("start",)))]
    places += [
        (always.go.flow, source.where("hotline.yaml", ("always", name, "go")))
        for name, always in hotline.file.always.items()
        if always.go is not None
    ]
    places += [
        (rule.first, source.where("handoff.yaml", ("request", n, "first")))
        for n, rule in enumerate(hotline.handoff.request)
        if rule.first is not None
    ]
    # One flow is told of once, at the first place that begins it.
    for flow, where in dict(places[::-1]).items():
        if flow in made and made[flow].takes:
            taken = listed(sorted(map(repr, made[flow].takes)))
            yield Fault(where, f"flow {flow!r} takes {taken}, and only a `do:` step can hand that in")
