"""No circle without the caller: a call in it would go round until the step limit breaks it off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.flow.check.circles import a_round, circles
from ivr.flow.check.plan import Edge, Plan, Plans, called, plans, way_shown
from ivr.flow.hotline import Hotline
from ivr.flow.kinds import MISSES
from ivr.flow.source import Source
from ivr.flow.where import Fault

UNHEARD_WAYS: Mapping[str, frozenset[str]] = {
    "queue": frozenset({"full", "closed", "failed"}),
    "dial": frozenset({"busy", "no_answer", "failed"}),
}
"""Ways that steps which hear the caller can take at once, before they have."""

Silent = Mapping[str, set[str]]
"""Flow → the outcomes it can come back with although it never heard the caller."""
Ways = Mapping[str, list[Edge]]


def loops(hotline: Hotline, source: Source) -> Iterator[Fault]:
    made = plans(hotline, source)
    silent = _silent_outcomes(made)
    runs = _runs(made)
    deep = {flow for circle in circles(runs) for flow in circle}
    yield from _descents(source, made, runs)
    for plan in made.values():
        quiet = {
            step: [edge for edge in plan.edges[step] if _is_quiet(plan, step, edge, silent)] for step in plan.edges
        }
        endless = [] if plan.name in deep else [*_endless(plan, quiet)]
        for round_ in endless:
            sentence = f"the call goes round without hearing the caller: {way_shown([*round_, round_[0]])}"
            hint = "Put a question into the circle, or lead one of its ways out"
            yield Fault(source.step(plan.name, round_[0]), sentence, hint)
        yield from _unheard(source, plan, quiet, {step for round_ in endless for step in round_})


def _is_quiet(plan: Plan, step: str, edge: Edge, silent: Silent) -> bool:
    """Whether this way can be taken without the caller's having been heard."""
    kind = plan.steps.get(step)
    if kind is None:
        return False
    if flow := called(kind):
        return edge.label in silent.get(flow, ())
    return not kind.waits or edge.label in UNHEARD_WAYS.get(kind.kind, ())


def _silent_outcomes(made: Plans) -> Silent:
    found: dict[str, set[str]] = {name: set() for name in made}
    changed = True
    while changed:
        changed = False
        for plan in made.values():
            fresh = _silent_returns(plan, found)
            changed = changed or fresh != found[plan.name]
            found[plan.name] = fresh
    return found


def _silent_returns(plan: Plan, silent: Silent) -> set[str]:
    todo = [] if plan.start is None else [plan.start]
    seen, found = set(todo), set()
    while todo:
        step = todo.pop()
        for edge in plan.edges[step]:
            if not _is_quiet(plan, step, edge, silent):
                continue
            if edge.returns is not None:
                found.add(edge.returns)
            elif edge.target is not None and edge.target not in seen:
                seen.add(edge.target)
                todo.append(edge.target)
    return found


def _endless(plan: Plan, quiet: Ways) -> Iterator[list[str]]:
    """The circles that never end. One that counts, by a `set` or a lookup, may leave by a `choose`."""
    for circle in circles(_graph(quiet)):
        inside = set(circle)
        changes = any(edge.way.sets for step in circle for edge in quiet[step] if edge.target in inside)
        leaves = {step for step in circle if changes and _chooses_to_leave(plan, step, inside)}
        stays = {step: [e for e in quiet[step] if e.target in inside - leaves] for step in circle if step not in leaves}
        graph = _graph(stays)
        for endless in circles(graph):
            yield a_round(graph, endless)


def _chooses_to_leave(plan: Plan, step: str, inside: set[str]) -> bool:
    return plan.steps[step].kind == "choose" and any(edge.target not in inside for edge in plan.edges[step])


def _graph(ways: Ways) -> dict[str, list[str]]:
    return {step: [edge.target for edge in edges if edge.target is not None] for step, edges in ways.items()}


def _unheard(source: Source, plan: Plan, quiet: Ways, told: set[str]) -> Iterator[Fault]:
    """Circles that a dead line stays in: every question in them is left by silence."""
    without_a_word = {
        step: quiet[step] + [edge for edge in edges if edge.label in MISSES and edge not in quiet[step]]
        for step, edges in plan.edges.items()
    }
    graph = _graph(without_a_word)
    for circle in circles(graph):
        round_ = a_round(graph, circle)
        asks = any(
            edge.target == after and edge not in quiet[step]
            for step, after in zip(round_, [*round_[1:], round_[0]], strict=True)
            for edge in without_a_word[step]
        )
        if asks and told.isdisjoint(circle):
            sentence = f"a caller who says nothing is asked for ever: {way_shown([*round_, round_[0]])}"
            hint = "Let `nothing:` lead to an end at last: a person, a message or a `hangup`"
            yield Fault(source.step(plan.name, round_[0]), sentence, hint, "warning")


def _runs(made: Plans) -> dict[str, list[str]]:
    return {name: [flow for step in plan.steps.values() if (flow := called(step))] for name, plan in made.items()}


def _descents(source: Source, made: Plans, runs: Mapping[str, list[str]]) -> Iterator[Fault]:
    """Flows that run each other in a circle: each round stands one deeper, and nothing is ever come back from."""
    for circle in circles(runs):
        round_ = a_round(runs, circle)
        flow, after = round_[0], round_[1 % len(round_)]
        step = next(name for name, kind in made[flow].steps.items() if called(kind) == after)
        sentence = f"flows run each other in a circle: {way_shown([*round_, flow])}"
        hint = "Come back by `return` instead of running the flow again"
        yield Fault(source.step(flow, step, "do"), sentence, hint)
