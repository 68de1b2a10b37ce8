"""Somebody who was called back talks with an agent, and becomes a call like others: he can be sent on, others can be
brought in, and he has the place in line that he had before he was called."""

from __future__ import annotations

from ivr.call.events import CalledBack
from ivr.engine import on_hold, outcomes
from ivr.engine.draft import Draft
from ivr.engine.moves import Stay
from ivr.engine.transfers import EARLIER
from ivr.flow.house_flows import CALLED_BACK
from ivr.flow.known import caller_fields


def begin(draft: Draft, event: CalledBack) -> Stay:
    """In the room with the agent."""
    state, summary, told = draft.state, draft.state.summary, event.context
    if told.get("language") in draft.hotline.file.languages:
        state.language = told["language"]
    known = {name: told.get(name) for name in ("name", "tier")}
    state.profile = {**caller_fields(draft.hotline), **known, "number": state.caller}
    state.wish = told.get("intent")
    summary.answered = list(told.get("answered") or ())
    draft.note_start(callback=event.promise)
    house = draft.hotline.house[CALLED_BACK]
    state.phase, state.flow, state.step = "flow", house.name, house.start
    waited_s = round(max(0.0, draft.now - event.since), 3)
    state.scratch = {"queue": event.queue, "room": event.room, EARLIER: waited_s}
    summary.queue, summary.queued_at, summary.waited_s = event.queue, event.since, waited_s
    state.agent = summary.agent = event.agent
    summary.agents = [event.agent]
    outcomes.met(draft)
    draft.note("connected", agent=event.agent, queue=event.queue, waited_s=waited_s)
    draft.forget_names()
    on_hold.meet(draft)
    return Stay()
