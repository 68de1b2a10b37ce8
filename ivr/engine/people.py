"""What decisions are made on (R13): who calls, what is wanted, and how the queues are doing just now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ivr.call.events import PeopleSeen
from ivr.call.tasks import SeePeople
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask
from ivr.flow.expressions import Condition

INPUTS = ("tier", "value", "kind", "known", "age", "expects", "tags", "complaints")
"""Of the caller, kept with every decision, besides what rules of handoff.yaml ask of him."""
PEOPLE = "people"
NONE_SEEN = {"waiting": 0, "idle": 0, "busy": 0, "off": 0, "wait_s": 0.0, "kept": 0}


def matter(conditions: Iterable[Condition]) -> bool:
    """Whether any of them asks how a queue is doing."""
    return any(path[0] == PEOPLE for condition in conditions for path in condition.reads)


def see(draft: Draft) -> Ask:
    """Ask how the queues are doing; the answer goes to `seen`."""
    return Ask(SeePeople(queues=tuple(draft.hotline.queues.queues)))


def seen(draft: Draft, event: PeopleSeen) -> None:
    """Let conditions know it."""
    draft.state.people = {
        name: {**NONE_SEEN, **_counts(event, name), "open": draft.is_open(name)} for name in draft.hotline.queues.queues
    }
    draft.forget_names()


def _counts(event: PeopleSeen, queue: str) -> dict[str, Any]:
    found = event.queues.get(queue)
    if found is None:
        return {}
    return {name: getattr(found, name) for name in NONE_SEEN}


def inputs(draft: Draft, queue: str) -> dict[str, Any]:
    """For the record of a decision."""
    state = draft.state
    wished = draft.hotline.intents.get(state.wish or "")
    reads = (path for when in draft.hotline.handoff.conditions() for path in when.reads)
    asked = {path[1] for path in reads if path[0] == "caller" and path[1:]}
    names = (*INPUTS, *sorted(asked.difference(INPUTS)))
    of_caller = {name: value for name in names if (value := state.profile.get(name)) not in (None, [], False)}
    of_wish = {"type": wished.type, **({"urgent": True} if wished.urgent else {})} if wished else {}
    seen = {name: value for name, value in state.people.get(queue, {}).items() if name != "kept" or value}
    of_queue = {PEOPLE: seen} if seen else {}
    return {**of_caller, "wish": state.wish, **of_wish, **of_queue}
