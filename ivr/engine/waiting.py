"""What a caller in line is told as time goes by, and who is told of a wait that is too long."""

from __future__ import annotations

import msgspec

from ivr.call.events import Placed
from ivr.call.state import HeldPlace
from ivr.call.tasks import TakePlace
from ivr.engine.draft import Draft
from ivr.engine.transfers import NO_LIMIT
from ivr.flow.queues import Queue

GIVEN_BESIDE = ("callback", "elsewhere")
"""Outcomes of what was given before: who joins a line after all wanted more than that."""
WORSE_S = 60.0
"""A forecast that is so much later than the one that was told is not told: who heard ten minutes and after five hears
fifteen trusts neither."""
KEPT_S = 1.0
"""A place that is so much older than the wish for it was held before."""


def placed(draft: Draft, place: Placed) -> None:
    """Remember the place. The position told never goes up: head starts of others are not the caller's affair."""
    state, summary = draft.state, draft.state.summary
    held, counts = state.place, state.scratch.get("counts", {"head_starts": {}})
    recounted = state.scratch.pop("recounted", False)
    if held is None or held.queue != place.queue:
        # A call back that was promised to him, or a place he had left: the time of that still counts.
        kept = {"since": place.since} if held is None and draft.now - place.since >= KEPT_S else {}
        draft.note("queued", queue=place.queue, position=place.position, size=place.size, **counts, **kept)
        position = place.position
    else:
        position = min(held.position, place.position)
        if recounted or position < held.position:
            draft.note("position", queue=place.queue, position=position, **(counts if recounted else {}))
    summary.queue = place.queue
    if held is None:
        summary.queued_at = draft.now
        if summary.outcome in GIVEN_BESIDE:
            summary.outcome = None
    found = HeldPlace(place.queue, place.since, position, max(place.size, position), place.wait)
    state.place = foretold(draft.now, held, found)
    draft.forget_names()


def as_held(task: TakePlace, held: HeldPlace, *, forgotten: bool) -> TakePlace:
    """For who stands in line already: at his time, should the line know it no more, and he was let in before."""
    return msgspec.structs.replace(task, since=held.since, limit=NO_LIMIT if forgotten else task.limit)


def waited_s(draft: Draft) -> float:
    """In line, since this call first took a place that it still holds."""
    queued_at = draft.state.summary.queued_at
    return 0.0 if queued_at is None else max(0.0, draft.now - queued_at)


def comfort(draft: Draft, spec: Queue) -> None:
    """The next words for who waits for long, when their time has come; of several that are due, one."""
    scratch = draft.state.scratch
    due = int(waited_s(draft) // spec.comfort_every_s)
    if spec.comfort and due > scratch.get("comforted", 0):
        scratch["comforted"] = due
        draft.say(str(spec.comfort[(due - 1) % len(spec.comfort)]))


def alarm(draft: Draft) -> None:
    """Written down once for each place in line, in whatever the caller is told meanwhile (R73)."""
    state = draft.state
    place = state.place
    spec = draft.hotline.queues.queues.get(place.queue) if place is not None else None
    late = spec is not None and spec.alarm_after_s is not None and waited_s(draft) >= spec.alarm_after_s
    if late and place is not None and state.alarmed_at != state.summary.queued_at:
        state.alarmed_at = state.summary.queued_at
        draft.note("alarm", queue=place.queue, waited_s=round(waited_s(draft), 1), position=place.position)


def foretold(now: float, held: HeldPlace | None, place: HeldPlace) -> HeldPlace:
    """The place with a wait that may be told: as a range, never one that has grown."""
    told_until = held.told_until if held is not None and held.queue == place.queue else 0.0
    if place.wait is None:
        return msgspec.structs.replace(place, told_until=told_until)
    until = now + place.wait[1]
    if told_until and until > told_until + WORSE_S:
        return msgspec.structs.replace(place, wait=None, told_until=told_until)
    return msgspec.structs.replace(place, told_until=min(until, told_until or until))
