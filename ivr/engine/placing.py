"""What a caller's place in line is worth and who may be rung for it, by the rules of queues.yaml."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.call.tasks import GRADE, TakePlace, Target
from ivr.engine.draft import Draft
from ivr.engine.hinting import COMPLAINTS
from ivr.flow.caller_rules import CallerClass, HeadStart, Preferred
from ivr.flow.queues import Queue, Reserve
from ivr.flow.refs import BY_RULES
from ivr.flow.skills import levels
from ivr.routing.order import head_start

MOST_PREFERRED = 3
"""Rules of `preferred:` that count for one caller: nobody waits for ever for somebody better."""

MOST_TIMES = 100.0
"""How often a head start can count."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a step asks for."""

    queue: str
    skills: Mapping[str, int]
    """Besides those of the queue."""
    ready: bool
    """Agents may be rung at once."""
    context: dict[str, Any]
    """What the agent shall see."""
    number: str = ""
    """Whom it is for, where that is not the caller's own number."""


def line_of(draft: Draft, queue: str) -> str:
    """The queue that is named; for `by_rules` the one the caller was led to, or the first one of queues.yaml."""
    return queue if queue != BY_RULES else draft.state.line or next(iter(draft.hotline.queues.queues))


def take_place(draft: Draft, asked: Asked) -> TakePlace:
    """The place this caller takes in a queue."""
    rules, queue = draft.hotline.queues, asked.queue
    spec = rules.queues[queue]
    wished = [one for one in _fitting(draft, rules.needs) if one.queue in (None, queue)]
    needed = _highest([levels(spec.skills), asked.skills, *(levels(one.skills) for one in wished)])
    terms = {start.id: start.seconds * _times(draft, start) for start in rules.head_starts if draft.holds(start.when)}
    start = head_start(terms, **({} if spec.most_head_start_s is None else {"most_s": spec.most_head_start_s}))
    caller_class = next((one for one in rules.classes if draft.holds(one.when)), CallerClass(id=""))
    return TakePlace(
        queue=queue,
        ready=asked.ready,
        context=asked.context,
        head_start_s=start.seconds,
        head_starts=dict(start.terms),
        urgent=caller_class.urgent,
        rate=caller_class.rate,
        caller_class=caller_class.id,
        skills=needed,
        language=draft.state.language,
        limit=spec.limit,
        foretell=spec.tells == "wait",
        number=asked.number or str(draft.state.profile.get("number") or draft.state.caller),
        seats=tuple(name for name, one in rules.queues.items() if _may_have(name, one.reserve, queue, caller_class.id)),
        never=tuple(sorted(_never(draft))),
        preferred=(*_familiar(draft, queue, spec), *_preferred(draft, queue, needed)),
        overflow=tuple(
            Target(
                queue=str(step.to),
                skills=levels(rules.queues[step.to].skills),
                why="overflow",
                after_s=step.after_s,
                only_if=step.only_if or "",
            )
            for step in spec.overflow
            if step.only_if != "closed"
        ),
    )


def context(draft: Draft) -> dict[str, Any]:
    """What the agent shall see before taking the call (R76)."""
    state, summary = draft.state, draft.state.summary
    return {
        "caller": state.profile.get("number"),
        "name": state.profile.get("name"),
        "tier": state.profile.get("tier"),
        "language": state.language,
        "intent": state.wish,
        "answered": list(summary.answered),
        "complaints": bool(state.profile.get(COMPLAINTS)),
        "consents": summary.consents,
        "requests": summary.requests,
    }


def _may_have(keeper: str, reserve: Reserve | None, queue: str, caller_class: str) -> bool:
    """Whether a caller of this queue and class has a right to the agents whom `keeper` reserves."""
    if reserve is None:
        return False
    return bool({queue, caller_class} & {*(reserve.for_ or (keeper,))})


def _never(draft: Draft) -> set[str]:
    """Agents who are not to have this caller."""
    rules = [rule for rule in draft.hotline.queues.never if draft.holds(rule.when)]
    return {str(agent) for rule in rules for written in rule.agents if (agent := draft.value(written))}


def _familiar(draft: Draft, queue: str, spec: Queue) -> Iterable[Target]:
    """The agent who served this caller last (R68)."""
    agent = draft.state.profile.get("last_agent")
    if spec.familiar_s and agent:
        yield Target(queue=queue, agent=str(agent), why="familiar", for_s=spec.familiar_s)


def _preferred(draft: Draft, queue: str, needed: Mapping[str, int]) -> Iterable[Target]:
    rules: list[Preferred] = list(_fitting(draft, draft.hotline.queues.preferred))
    for rule in rules[:MOST_PREFERRED]:
        agent = str(draft.value(rule.agent) or "") if rule.agent is not None else ""
        if rule.agent is not None and not agent:
            continue
        wanted = {} if agent else _highest([needed, levels(rule.skills), {GRADE: rule.grade} if rule.grade else {}])
        yield Target(queue=queue, skills=wanted, agent=agent, why=rule.id, for_s=rule.for_s)


def _fitting(draft: Draft, rules: Iterable[Any]) -> Iterable[Any]:
    """Those for this caller and this wish."""
    for rule in rules:
        if rule.intent in (None, draft.state.wish) and draft.holds(rule.when):
            yield rule


def _highest(all_levels: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Of each skill the highest level that is asked for."""
    found: dict[str, int] = {}
    for one in all_levels:
        for skill, level in one.items():
            found[skill] = max(level, found.get(skill, 0))
    return found


def _times(draft: Draft, start: HeadStart) -> float:
    """How often a head start counts; what is no number counts as nothing."""
    if start.times is None:
        return 1.0
    times = draft.value(start.times)
    if isinstance(times, bool) or not isinstance(times, int | float) or not math.isfinite(times):
        return 0.0
    return min(max(float(times), 0.0), MOST_TIMES)
