"""Other forms than the line: steps in line that know what to do with them, and names that mean one thing."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.elsewhere import TAKEN, way_on
from ivr.flow.hotline import Hotline
from ivr.flow.refs import BY_RULES
from ivr.flow.source import Source
from ivr.flow.where import Fault

FILE = "handoff.yaml"


def forms(hotline: Hotline, source: Source) -> Iterator[Fault]:
    handoff = hotline.handoff
    for name in handoff.elsewhere:
        if name in TAKEN:
            where = source.where_key(FILE, ("elsewhere", name))
            yield Fault(where, f"{name!r} means something of its own where a form is named", "Take another name")
    for n, rule in enumerate(handoff.request):
        if rule.form is not None:
            for step in _without(hotline, way_on(rule.form)):
                sentence = f"who says yes to {str(rule.form)!r} has no way on at the step {step}"
                hint = f"Add `{way_on(rule.form)}: <step>` to its `on:`"
                yield Fault(source.where(FILE, ("request", n, "form")), sentence, hint)
    used = {str(rule.form) for rule in handoff.request}
    used |= {str(rule.elsewhere) for rules in (handoff.intent, handoff.mood) for rule in rules.values()}
    for name in handoff.elsewhere:
        if name not in used and source.is_readable(FILE):
            sentence = f"no rule leads callers to {name!r}"
            hint = "A rule of `request:` does by `form:`, one of `intent:` or `mood:` by `elsewhere:`"
            yield Fault(source.where_key(FILE, ("elsewhere", name)), sentence, hint, "warning")


def _without(hotline: Hotline, way: str) -> Iterator[str]:
    """Steps that put callers in line by the rules, and lack that way."""
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            if getattr(step, "queue", "") == BY_RULES and step.kind == "queue" and way not in getattr(step, "on", ()):
                yield f"{flow.name}.{name}"
