"""Every step and flow must be reached, and every step must lead on."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.plan import ENDING_KINDS, Plan, Plans, called, entries, held_flows, plans, strings
from ivr.flow.files import is_flow
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault, nearest


def reach(hotline: Hotline, source: Source) -> Iterator[Fault]:
    made = plans(hotline, source)
    for plan in made.values():
        yield from _lost_steps(hotline, source, plan)
        yield from _dead_ends(source, plan)
    yield from _unused_flows(hotline, source, made)


def _lost_steps(hotline: Hotline, source: Source, plan: Plan) -> Iterator[Fault]:
    """The first of each lost group: what comes after it is found again together with it."""
    if plan.start is None:
        return
    reached = plan.reached(entries(hotline, plan))
    if any(step in plan.unread and not plan.edges[step] for step in reached):
        return  # a step that could not be read may lead anywhere
    lost = [step for step in plan.edges if step not in reached]
    led_to = {edge.target for step in lost for edge in plan.edges[step] if edge.target != step}
    for step in sorted(lost, key=lambda one: one in led_to):
        if step in reached:
            continue
        reached |= plan.reached([step])
        where = source.where_key(source.flow_file(plan.name), ("steps", step))
        yield Fault(where, f"step {step!r} is never reached", "Lead a way of another step to it, or delete it")


def _dead_ends(source: Source, plan: Plan) -> Iterator[Fault]:
    for step, kind in plan.steps.items():
        if kind.kind in ENDING_KINDS or kind.kind == "do" or any(True for _ in kind.ways()):
            continue  # the ways of `do` are compared with what its flow comes back with
        hint = "Only a `hangup` ends a call; every other step needs a way out"
        yield Fault(source.step(plan.name, step), f"step {step!r} leads nowhere", hint)


def _unused_flows(hotline: Hotline, source: Source, made: Plans) -> Iterator[Fault]:
    person = hotline.file.always.get("person")
    if person is None or person.go is None:
        return  # a request for a person would begin one
    if hotline.file.start not in made or not all(map(source.is_readable, source.documents)):
        return  # what could not be read may use them
    used: set[str] = {hotline.file.start}
    used |= {always.go.flow for always in hotline.file.always.values() if always.go is not None}
    used |= held_flows(hotline)
    used |= set(strings([source.data("handoff.yaml", "request"), source.data("hotline.yaml", "always")]))
    todo = sorted(used)
    while todo:
        name = todo.pop()
        for flow in [*_run_by(source, made.get(name)), nearest(name, made) or ""]:
            if flow not in used:
                used.add(flow)
                todo.append(flow)
    for name in made:
        file = source.flow_file(name)
        if name not in used and is_flow(file):
            hint = "A `do:` step, `start:` and `always:` of hotline.yaml or a `request:` rule begin a flow"
            yield Fault(source.where(file, ("flow",)), f"flow {name!r} is never used", hint, "warning")


def _run_by(source: Source, plan: Plan | None) -> Iterator[str]:
    for step in plan.edges if plan else ():
        if plan and step in plan.unread:
            yield from strings(source.data(source.flow_file(plan.name), "steps", step))
        elif plan and (flow := called(plan.steps[step])):
            yield flow
