"""A caller who is with an agent: the talk ends, or the line asks where it belongs."""

from __future__ import annotations

from typing import Literal

from ivr.call.events import (
    AgentAway,
    AgentBack,
    AgentLeft,
    AgentTook,
    Event,
    ExpertAsked,
    ExpertDismissed,
    ExpertJoined,
    NoPlace,
    OneLeft,
    Placed,
    Transferred,
)
from ivr.call.state import CallState
from ivr.engine import on_hold, transfers
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask, Stay


def hear(draft: Draft, event: Event) -> Literal["over", "in_line"] | Ask | Stay:
    """over: the talk is. in_line: the caller is to have a place again, at the time of the first one."""
    match event:
        case AgentLeft(lost=True, agent=agent):
            why = "the agent's line broke; back in line at the time of the first place"
            draft.note("agent_left", agent=agent, duration_s=_talked_s(draft), why=why)
            transfers.end_talk(draft)
            draft.say("handed_over")
            return "in_line"
        case AgentLeft(met=False, agent=agent):
            draft.note("agent_left", agent=agent, why="they never met; back in line at the time of the first place")
            draft.state.agent = draft.state.summary.agent = draft.state.summary.waited_s = None
            draft.state.summary.agents = draft.state.summary.agents[:-1]
            return "in_line"
        case AgentLeft(sure=False):
            on_hold.emptied(draft)
            return Stay()
        case AgentLeft(agent=agent, duration_s=duration_s):
            draft.note("agent_left", agent=agent, duration_s=duration_s or _talked_s(draft))
            transfers.end_talk(draft)
            return "over"
        case OneLeft():
            return _one_left(draft, event)
        case AgentAway():
            on_hold.away(draft, event)
            return Stay()
        case AgentBack():
            on_hold.back(draft, event)
            return Stay()
        case Transferred():
            transfers.hand_over(draft, event)
            draft.say("handed_over")
            return "in_line"
        case ExpertAsked():
            task = transfers.ask_in(draft, event)
            return Stay() if task is None else Ask(task)
        case ExpertDismissed():
            transfers.dismiss(draft, event)
            return Stay()
        case ExpertJoined():
            held = on_hold.is_on_hold(draft.state)
            transfers.joined(draft, event)
            if held:
                on_hold.meet(draft)
            return Stay()
        case Placed():
            return Stay()  # for an expert: the caller talks on
        case NoPlace(why=why):
            transfers.not_found(draft, why)
            return Stay()
        case AgentTook(room=room):
            draft.state.scratch["room"] = room
        case _ if on_hold.is_given_up(draft.state, draft.now):
            draft.note("agent_left", agent=draft.state.agent, duration_s=_talked_s(draft), why="the line is silent")
            transfers.end_talk(draft)
            return "over"
        case _ if on_hold.is_empty(draft.state):
            on_hold.wait(draft)
            return Stay()
    on_hold.meet(draft)
    return Stay()


def _one_left(draft: Draft, event: OneLeft) -> Literal["over"] | Stay:
    held = on_hold.is_on_hold(draft.state)
    if not transfers.one_left(draft, event):
        return "over"
    if on_hold.is_on_hold(draft.state) and not held:
        on_hold.begin(draft)
    return Stay()


def ends_with(state: CallState, event: Event, now: float) -> bool:
    """Whether the place in line that led to this talk is done with, before the flow goes on."""
    match event:
        case AgentLeft():
            return event.sure
        case AgentAway() | AgentBack() | ExpertAsked() | ExpertDismissed() | ExpertJoined():
            return False
        case Transferred() | OneLeft():
            return transfers.ends_talk(state, event)
        case _:
            return on_hold.is_given_up(state, now)


def _talked_s(draft: Draft) -> float:
    """Since the caller was connected, for a line that does not tell how long a talk was."""
    summary = draft.state.summary
    if summary.queued_at is None or summary.waited_s is None:
        return 0.0
    return round(max(0.0, draft.now - summary.queued_at - summary.waited_s), 3)
