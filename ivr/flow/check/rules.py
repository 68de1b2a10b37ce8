"""Rules of handoff.yaml that can be reached, and flows of rules that come back to the line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ivr.flow.check.plan import ENDING_KINDS, Plans, called, listed, plans
from ivr.flow.handoff import ALWAYS
from ivr.flow.hotline import Hotline
from ivr.flow.refs import BY_RULES
from ivr.flow.source import Source
from ivr.flow.where import Fault

FILE = "handoff.yaml"
UNASKED = frozenset({("caller", "tags"), ("caller", "age")})


def rules(hotline: Hotline, source: Source) -> Iterator[Fault]:
    handoff, queues = hotline.handoff, hotline.queues
    yield from _twice(source, FILE, "entry", handoff.entry)
    yield from _twice(source, FILE, "request", handoff.request)
    yield from _twice(source, FILE, "line", handoff.line)
    for part in ("classes", "head_starts", "needs", "preferred", "never"):
        yield from _twice(source, "queues.yaml", part, getattr(queues, part))
    yield from _names_its_queue(hotline, source)
    yield from _moves_unasked(hotline, source)
    yield from _leads_nowhere(hotline, source)
    asked = [rule for rule in handoff.request if rule.at_most and not rule.off]
    yield from _never(source, "request", asked, handoff.request)
    yield from _never(source, "line", [rule for rule in handoff.line if not rule.off], handoff.line)
    yield from _no_last_line(hotline, source)
    made = plans(hotline, source)
    for n, rule in enumerate(handoff.request):
        if rule.first is not None and all(rule.first != other.first for other in handoff.request[:n]):
            yield from _no_way_back(source, made, n, rule.first)


def _names_its_queue(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """`by_rules` sends a step to the rules of `line:`; a rule itself says which queue it means."""
    handoff = hotline.handoff
    for part in ("entry", "intent", "mood", "line"):
        rules = getattr(handoff, part)
        for key, rule in rules.items() if isinstance(rules, Mapping) else enumerate(rules):
            if rule.queue == BY_RULES:
                sentence = f"a rule of `{part}:` names the queue itself; `by_rules` is for steps"
                where = source.where(FILE, (part, key, "queue"))
                yield Fault(where, sentence, f"There are {listed(hotline.queues.queues)}")


def _moves_unasked(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """Who is moved without a question is known by what the business or his age says, and by nothing else (R14, R31)."""
    for n, rule in enumerate(hotline.handoff.entry):
        if rule.move == "direct" and not any(path[:2] in UNASKED for path in rule.when.reads):
            sentence = f"the rule {rule.id!r} connects callers without asking them, whoever they are"
            hint = "`move: direct` is for callers known by a tag or by their age; test caller.tags or caller.age"
            yield Fault(source.where(FILE, ("entry", n, "when" if rule.when != ALWAYS else "move")), sentence, hint)


def _leads_nowhere(hotline: Hotline, source: Source) -> Iterator[Fault]:
    handoff, person = hotline.handoff, hotline.file.always.get("person")
    for part in ("entry", "intent", "mood"):
        if getattr(handoff, part) and (person is None or person.go is None):
            sentence = f"rules of `{part}:` connect callers, and nothing says where to"
            hint = "Add `always: {person: {go: FLOW}}` to hotline.yaml: the flow with the step `queue: by_rules`"
            yield Fault(source.where(FILE, (part,)), sentence, hint)


def _twice(source: Source, file: str, part: str, written: Sequence[Any]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for n, rule in enumerate(written):
        if (before := first.setdefault(rule.id, n)) != n:
            line = source.where(file, (part, before, "id")).line
            where = source.where(file, (part, n, "id"))
            yield Fault(where, f"the rule {rule.id!r} is already in line {line}", "Each rule needs an id of its own")


def _never(source: Source, part: str, active: Sequence[Any], written: Sequence[Any]) -> Iterator[Fault]:
    always = next((rule for rule in active if rule.always_fits), None)
    if always is None:
        return
    for n, rule in enumerate(written):
        if rule in active and n > written.index(always):
            sentence = f"the rule {rule.id!r} is never used: {always.id!r} before it has no `when:`, so it always fits"
            yield Fault(source.where(FILE, (part, n)), sentence, "Put the rule without `when:` last", "warning")


def _no_last_line(hotline: Hotline, source: Source) -> Iterator[Fault]:
    lines, queues = hotline.handoff.line, hotline.queues.queues
    written = source.data(FILE, "line")
    whole = len(lines) == (len(written) if isinstance(written, list) else 0)
    fits_all = any(rule.always_fits for rule in lines)
    if not whole or not source.is_readable(FILE) or len(queues) < 2 or fits_all:
        return
    if not any(
        getattr(step, "queue", "") == BY_RULES for flow in hotline.flows.values() for step in flow.steps.values()
    ):
        return
    where = source.where(FILE, ("line", len(lines) - 1) if lines else ())
    sentence = f"where no rule of `line:` fits, the caller joins {next(iter(queues))!r}, the first queue of queues.yaml"
    yield Fault(where, sentence, "Add a last rule without `when:` that names the queue", "warning")


def _no_way_back(source: Source, made: Plans, n: int, flow: str) -> Iterator[Fault]:
    plan = made.get(flow)
    if plan is None or plan.start is None or plan.unread:
        return
    where = source.where(FILE, ("request", n, "first"))
    if not plan.outcomes([plan.start]):
        yield Fault(where, f"flow {flow!r} never comes back, so the caller never gets in line", "", "warning")
    elif (end := _ends_in(made, flow)) is not None:
        sentence = f"flow {flow!r} can end the call at its step {end}, before the caller gets in line"
        yield Fault(where, sentence, "End it by `return`", "warning")


def _ends_in(made: Plans, flow: str) -> str | None:
    """A step that hangs up, in the flow or in one that it runs."""
    todo = [flow]
    for name in todo:
        plan = made[name]
        for step in sorted(plan.reached([] if plan.start is None else [plan.start])):
            kind = plan.steps.get(step)
            if kind is not None and kind.kind in ENDING_KINDS:
                return repr(step if name == flow else f"{name}.{step}")
            run = called(kind)
            if run is not None and run in made and run not in todo:
                todo.append(run)
    return None
