"""Who may be rung for a caller, and when, in the texts of the scripts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from ivr.call.codec import to_json
from ivr.call.tasks import TakePlace
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
    return ("", task.number, int(task.foretell), task.since)


def plan(task: TakePlace) -> dict[str, Any]:
    """The groups of agents. Those of the queue itself stand in no other part: they would ring nobody new. Any other
    group is rung from the first of its steps that holds."""
    main = needs(task, task.queue, task.skills)
    made: dict[str, Any] = {"main": main}
    if task.head_starts:
        made["terms"] = task.head_starts
    if task.caller_class:
        made["class"] = task.caller_class
    for part, targets in (("preferred", task.preferred), ("overflow", task.overflow)):
        groups: dict[tuple[str, float, str], dict[str, Any]] = {}
        for target in targets:
            text = needs(task, target.queue, target.skills, target.agent)
            group = {
                "text": text,
                "why": target.why,
                "for_s": target.for_s,
                "after_s": target.after_s,
                "only_if": target.only_if,
            }
            if text != main:
                groups.setdefault((text, target.after_s, target.only_if), group)
        if groups:
            made[part] = [*groups.values()]
    return made


def needs(task: TakePlace, queue: str, skills: Mapping[str, int], agent: str = "") -> str:
    """What a caller requires of these agents, as text."""
    return _needs(queue, tuple(skills.items()), task.language, task.seats, task.never, agent)


@lru_cache(maxsize=4096)
def _needs(
    queue: str,
    skills: tuple[tuple[str, int], ...],
    language: str,
    seats: tuple[str, ...],
    never: tuple[str, ...],
    agent: str,
) -> str:
    """The same ones come again and again."""
    return needs_text(Needs(queue, dict(skills), language, frozenset(seats), frozenset(never), agent))
