"""Placeholders and conditions name only what is known, on every way to the step that reads them."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.explain import explained
from ivr.flow.check.facts import Survey, survey
from ivr.flow.check.gives import gives
from ivr.flow.check.plan import called, held_flows, plans
from ivr.flow.check.said import Said
from ivr.flow.check.scope import base, in_line, problem
from ivr.flow.check.walk import walk
from ivr.flow.expressions import Condition, Value
from ivr.flow.hotline import Hotline
from ivr.flow.refs import WordsRef
from ivr.flow.source import Source
from ivr.flow.where import Fault


def names(hotline: Hotline, source: Source) -> Iterator[Fault]:
    found = survey(hotline, plans(hotline, source))
    everywhere = base(hotline)
    queued = _in_line_only(hotline, found)
    said = Said(hotline, source)
    for plan in found.plans.values():
        around = in_line(everywhere) if plan.name in queued else everywhere
        for step, kind in plan.steps.items():
            here = found.at.get((plan.name, step))
            if here is None:
                continue
            known = {**here, **around}
            for trail, value in walk(kind):
                if isinstance(value, Condition | Value):
                    for path in sorted(value.reads):
                        if wrong := problem(path, known):
                            told = explained(found, plan, step, wrong)
                            yield Fault(source.step(plan.name, step, *trail), told.sentence, told.hint)
                elif isinstance(value, WordsRef):
                    said.by(found, plan, step, value, trail[-1] == "sms", known)
    yield from said.faults()
    for plan in found.plans.values():
        yield from gives(source, found, plan)


def _in_line_only(hotline: Hotline, found: Survey) -> set[str]:
    """Flows that only `request:` rules begin, and flows only those run: there the caller has a place in line."""
    runs = {name: {run for kind in plan.steps.values() if (run := called(kind))} for name, plan in found.plans.items()}

    def reached(begun: set[str]) -> set[str]:
        todo = list(begun)
        for flow in todo:
            todo += [run for run in runs.get(flow, ()) if run not in todo]
        return set(todo)

    rules = held_flows(hotline)
    tops = {str(hotline.file.start), *(always.go.flow for always in hotline.file.always.values() if always.go)}
    return reached(rules) - reached(tops)
