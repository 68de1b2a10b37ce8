"""Who complained and has one more wish is heard before the line hangs up."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.plan import Plan, plans
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault

HEARS = frozenset({"ask", "offer", "rate", "ask_recording", "resume", "queue"})
"""Kinds of steps at which a wish is heard in place of an answer, or by a person."""


def farewells(hotline: Hotline, source: Source) -> Iterator[Fault]:
    complaining = {name for name, intent in hotline.intents.items() if intent.type == "complaint"}
    for plan in plans(hotline, source).values():
        taken = [
            edge.target
            for name, step in plan.steps.items()
            if getattr(step, "expect", None) == "intent"
            for edge in plan.edges[name]
            if edge.label in complaining and edge.target is not None
        ]
        for name in _unheard(plan, taken):
            sentence = "who complained and has one more wish is not heard here any more"
            hint = "Add `hears_s: 2`, and he is heard while this is said"
            yield Fault(source.step(plan.name, name, "hangup"), sentence, hint, "warning")


def _unheard(plan: Plan, starts: list[str]) -> Iterator[str]:
    """The steps that end the call without hearing the caller, and are come to from there with no question between."""
    came = dict.fromkeys(starts)
    todo = list(came)
    for name in todo:
        step = plan.steps.get(name)
        kind = step.kind if step is not None else ""
        if kind == "hangup" and getattr(step, "hears_s", None) is None:
            yield name
        if kind in HEARS:
            continue
        found = {edge.target: None for edge in plan.edges.get(name, ()) if edge.target is not None}
        todo += [target for target in found if target not in came]
        came |= found
