"""A caller who is with an agent: the talk ends, or the line asks where it belongs."""

from __future__ import annotations

from typing import Literal

from ivr.call.events import AgentLeft, AgentTook, Event, ExpertAsked, ExpertJoined, NoPlace, OneLeft, Placed, Transferred
from ivr.call.verbs import Join
from ivr.engine import transfers
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask, Stay


def hear(draft: Draft, event: Event) -> Literal["over", "in_line"] | Ask | Stay:
    """over: the talk is. in_line: the caller is to have a place again, at the time of the first one."""
    match event:
        case AgentLeft(met=False, agent=agent):
            draft.note("agent_left", agent=agent, why="they never met; back in line at the time of the first place")
            draft.state.agent = draft.state.summary.agent = draft.state.summary.waited_s = None
            draft.state.summary.agents = draft.state.summary.agents[:-1]
            return "in_line"
        case AgentLeft(agent=agent, duration_s=duration_s):
            draft.note("agent_left", agent=agent, duration_s=duration_s or _talked_s(draft))
            transfers.end_talk(draft)
            return "over"
        case OneLeft():
            return Stay() if transfers.one_left(draft, event) else "over"
        case Transferred():
            transfers.hand_over(draft, event)
            draft.say("handed_over")
            return "in_line"
        case ExpertAsked():
            return Ask(transfers.ask_in(draft, event))
        case ExpertJoined():
            transfers.joined(draft, event)
            return Stay()
        case Placed():
            return Stay()  # for an expert: the caller talks on
        case NoPlace(why=why):
            transfers.not_found(draft, why)
            return Stay()
        case AgentTook(room=room):
            draft.state.scratch["room"] = room
    draft.verbs.append(Join(room=draft.state.scratch["room"], agent=str(draft.state.agent)))
    return Stay()


def _talked_s(draft: Draft) -> float:
    """Since the caller was connected, for a line that does not tell how long a talk was."""
    summary = draft.state.summary
    if summary.queued_at is None or summary.waited_s is None:
        return 0.0
    return round(max(0.0, draft.now - summary.queued_at - summary.waited_s), 3)
