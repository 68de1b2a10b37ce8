"""Who may be rung for a caller, and when, in the texts of the scripts."""

from __future__ import annotations

from typing import Any

import msgspec

from ivr.call.codec import to_json
from ivr.call.tasks import TakePlace, Target
from ivr.routing.order import bounded, bounded_rate
from ivr.routing.skills import Needs
from ivr.store.line_keys import name_text, needs_text
from ivr.store.scripts import Argument


def place_arguments(task: TakePlace) -> tuple[Argument, ...]:
    """What `line_take` wants to know of a place, behind the call's name."""
    return (
        name_text(task.queue),
        int(task.urgent),
        bounded(task.head_start_s),
        bounded_rate(task.rate),
        task.limit,
        int(task.ready),
        to_json(task.context),
        msgspec.msgpack.encode(plan(task)),
    )


def caller_arguments(task: TakePlace) -> tuple[Argument, ...]:
    """What it wants besides of a caller on the line."""
    return ("", task.number)


def plan(task: TakePlace) -> dict[str, Any]:
    """The groups of agents, each once: one that comes again would ring nobody new."""
    main = needs_text(home_needs(task))
    made: dict[str, Any] = {"main": main}
    if task.head_starts:
        made["terms"] = task.head_starts
    if task.caller_class:
        made["class"] = task.caller_class
    seen = {main}
    for part, targets in (("preferred", task.preferred), ("overflow", task.overflow)):
        groups = []
        for target in targets:
            text = needs_text(target_needs(task, target))
            if text not in seen:
                seen.add(text)
                groups.append(
                    {
                        "text": text,
                        "why": target.why,
                        "for_s": target.for_s,
                        "after_s": target.after_s,
                        "only_if": target.only_if,
                    }
                )
        if groups:
            made[part] = groups
    return made


def home_needs(task: TakePlace) -> Needs:
    """What the queue itself asks of an agent."""
    return Needs(task.queue, task.skills, task.language, frozenset(task.seats), frozenset(task.never))


def target_needs(task: TakePlace, target: Target) -> Needs:
    """What preferred agents, or those who help out, must be."""
    seats, never = frozenset(task.seats), frozenset(task.never)
    return Needs(target.queue, target.skills, task.language, seats, never, target.agent)
