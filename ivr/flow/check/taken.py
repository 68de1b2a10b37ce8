"""The house's own names and the constants stay what they are: nothing else is called so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ivr.flow.check.plan import Plan, plans
from ivr.flow.hotline import Hotline
from ivr.flow.known import RESERVED
from ivr.flow.source import Source
from ivr.flow.where import Fault

ANOTHER = "Take another name"
HOUSE = "a name of the house itself"


def taken(hotline: Hotline, source: Source) -> Iterator[Fault]:
    for name in hotline.file.constants:
        if name in RESERVED:
            where = source.where_key("hotline.yaml", ("constants", name))
            yield Fault(where, f"{name!r} is {HOUSE}", ANOTHER)
    for plan in plans(hotline, source).values():
        yield from _of_flow(hotline, source, plan)


def _of_flow(hotline: Hotline, source: Source, plan: Plan) -> Iterator[Fault]:
    file = source.flow_file(plan.name)
    for field, names in (("takes", plan.takes), ("gives", plan.gives)):
        for n, name in enumerate(names):
            if why := _taken(hotline, name):
                yield Fault(source.where(file, (field, n)), f"{name!r} is {why}", ANOTHER)
    for step, edges in plan.edges.items():
        for name in dict.fromkeys(name for edge in edges for name in edge.way.sets):
            if why := _taken(hotline, name):
                yield _named(source, plan, step, name, why)


def _named(source: Source, plan: Plan, step: str, name: str, why: str) -> Fault:
    """At the place where the step names it."""
    written: Any = source.data(source.flow_file(plan.name), "steps", step)
    if written.get("as") == name:
        return Fault(source.step(plan.name, step, "as"), f"{name!r} is {why}", ANOTHER)
    if isinstance(written.get("set"), dict) and name in written["set"]:
        where = source.where_key(source.flow_file(plan.name), ("steps", step, "set", name))
        return Fault(where, f"{name!r} is {why}", ANOTHER)
    return Fault(
        source.step(plan.name, step), f"what this step finds would be kept under {name!r}, which is {why}", "Add `as:`"
    )


def _taken(hotline: Hotline, name: str) -> str:
    if name in RESERVED:
        return HOUSE
    return "a constant of hotline.yaml" if name in hotline.file.constants else ""
