"""Several agents for one caller: handed over from one to the next, and experts brought into a talk (R74, R75).

Whatever happens among the agents, the caller stays with somebody, or goes back to the line or the flow.
"""

from __future__ import annotations

import msgspec

from ivr.call.events import (
    AgentAway,
    AgentBack,
    ExpertAsked,
    ExpertDismissed,
    ExpertJoined,
    OneLeft,
    Transferred,
)
from ivr.call.state import Beside, CallState
from ivr.call.tasks import LeaveLine, TakePlace, Target
from ivr.engine import outcomes, placing
from ivr.engine.draft import Draft
from ivr.flow.hotline import Hotline
from ivr.flow.skills import levels

NOTE = "transfer"
"""Under which name a step's scratch keeps what a transfer asks for."""
WITHIN_S = 30.0
"""So long those alone are rung to whom the caller was sent; then also who sent him, and later his first queue."""
NO_LIMIT = 1_000_000
"""Of the queue: who has been in line is never turned away."""
EXPERT = "expert"
EARLIER = "called_back"
"""The head start of who was called back: what he waited for that. A step's scratch keeps it under this name, too."""


# --- handed over -------------------------------------------------------------------------------------------------


def hand_over(draft: Draft, event: Transferred) -> None:
    """The talk is over for everybody in it; `task` tells the place that is to be taken."""
    state = draft.state
    first = state.scratch.get("queue", "")
    draft.note("transferred", agent=event.agent, queue=event.queue, note=event.note, **_more(event))
    end_talk(draft)
    state.scratch.update({"queue": event.queue, NOTE: {**msgspec.to_builtins(event), "first": first}})


def task(draft: Draft, usual: TakePlace) -> TakePlace:
    """The place, for a caller whom an agent has sent on: those he was sent to, then who sent him, then where he was."""
    usual, note = _as_before(draft, usual), draft.state.scratch.get(NOTE)
    if note is None:
        return usual
    sender, first = note["agent"], note["first"]
    back = Target(queue=first, agent=sender, why="given_back")
    context = {**usual.context, "sent_by": sender, "note": note["note"]}
    usual = msgspec.structs.replace(usual, context=context, limit=NO_LIMIT)
    if note["to"]:
        to = Target(queue=usual.queue, agent=note["to"], why="transfer", for_s=WITHIN_S)
        preferred = (to, msgspec.structs.replace(back, for_s=WITHIN_S))
        return msgspec.structs.replace(usual, preferred=preferred)
    rules = draft.hotline.queues.queues
    again = [msgspec.structs.replace(back, after_s=WITHIN_S)]
    if first in rules:
        home = Target(queue=first, skills=levels(rules[first].skills), why="given_back", after_s=2 * WITHIN_S)
        again.append(home)
    return msgspec.structs.replace(usual, preferred=(), overflow=(*usual.overflow, *again))


def _as_before(draft: Draft, usual: TakePlace) -> TakePlace:
    """Who was called back has waited before this call, too."""
    earlier_s = draft.state.scratch.get(EARLIER, 0.0)
    if not earlier_s:
        return usual
    terms = {**usual.head_starts, EARLIER: earlier_s}
    return msgspec.structs.replace(usual, head_start_s=usual.head_start_s + earlier_s, head_starts=terms)


# --- brought in --------------------------------------------------------------------------------------------------


def ask_in(draft: Draft, event: ExpertAsked) -> TakePlace | None:
    """A place in line for somebody who is to join; the caller talks on meanwhile. None: asked for already."""
    state = draft.state
    if any(not one.agent and (one.queue, one.to) == (event.queue, event.to) for one in state.beside):
        return None
    state.asked_in += 1
    part = f"x{state.asked_in}"
    state.beside = [*state.beside, Beside(part=part, queue=event.queue, to=event.to)]
    draft.note("expert_asked", agent=event.agent, queue=event.queue, note=event.note, **_more(event))
    wanted = (Target(queue=event.queue, agent=event.to, why=EXPERT, for_s=WITHIN_S),) if event.to else ()
    spec = draft.hotline.queues.queues[event.queue]
    context = {**placing.context(draft), "sent_by": event.agent, "note": event.note, "room": state.scratch["room"]}
    return TakePlace(
        queue=event.queue,
        urgent=True,  # a caller and an agent wait together
        caller_class=EXPERT,
        skills=levels(spec.skills),
        language=state.language,
        limit=NO_LIMIT,
        never=tuple(sorted(present(state))),
        preferred=wanted,
        context=context,
        part=part,
    )


def joined(draft: Draft, event: ExpertJoined) -> None:
    """Told twice, it happens once."""
    state = draft.state
    if event.agent in present(state):
        return
    state.beside = [
        msgspec.structs.replace(one, agent=event.agent) if one.part == event.part else one for one in state.beside
    ]
    state.shared = True
    state.summary.agents = [*state.summary.agents, event.agent]
    draft.note("expert_joined", agent=event.agent)


def not_found(draft: Draft, why: str) -> None:
    """The last expert asked for has no place in line."""
    if draft.state.beside and not draft.state.beside[-1].agent:
        last = draft.state.beside[-1]
        draft.state.beside = draft.state.beside[:-1]
        draft.note("note", why=f"no expert: {why}", part=last.part)


def dismiss(draft: Draft, event: ExpertDismissed) -> None:
    """Who is rung to join is rung no more. Who is there leaves by his own line."""
    state = draft.state
    named = event.expert or "all others"
    by = {"by": event.by} if event.by else {}
    draft.note("expert_dismissed", agent=event.agent, expert=named, **by)
    for one in [] if event.expert else [one for one in state.beside if not one.agent]:
        draft.chores.append(LeaveLine(queue="", why="dismissed", part=one.part))
    state.beside = [one for one in state.beside if one.agent or event.expert]


def one_left(draft: Draft, event: OneLeft) -> bool:
    """Somebody is gone. Whether the talk goes on; where it does not, nobody is with the caller any more."""
    state = draft.state
    state.away = [name for name in state.away if name != event.agent]
    draft.note("agent_left", agent=event.agent, duration_s=event.duration_s)
    state.beside = [one for one in state.beside if one.agent != event.agent]
    if state.agent == event.agent:
        stay = next((one for one in state.beside if one.agent), None)
        state.agent = stay.agent if stay else None
        state.beside = [one for one in state.beside if one is not stay]
    if state.agent is None:
        end_talk(draft)
    return state.agent is not None


# --- both --------------------------------------------------------------------------------------------------------


def present(state: CallState) -> set[str]:
    """The agents in the room."""
    return {name for name in (state.agent, *(one.agent for one in state.beside)) if name}


def end_talk(draft: Draft) -> None:
    """Nobody is with the caller any more, and nobody is rung to join."""
    state = draft.state
    for one in state.beside:
        draft.chores.append(LeaveLine(queue="", why="served", part=one.part))
    state.agent, state.beside, state.away, state.returns, state.shared = None, [], [], {}, False
    state.scratch.pop("empty_since", None)
    outcomes.parted(draft)


def _more(event: Transferred | ExpertAsked) -> dict[str, str]:
    return {name: value for name, value in (("to", event.to), ("by", event.by)) if value}


News = OneLeft | Transferred | ExpertAsked | ExpertDismissed | ExpertJoined | AgentAway | AgentBack
"""What agents' lines and desks tell of a talk."""


def is_late(hotline: Hotline, state: CallState, event: News) -> bool:
    """News of a talk that is over, or that goes on without whom it is about, or has nobody in it to be sent away; and
    of a queue that came with a later version of the hotline than this call's."""
    match event:
        case Transferred(queue=queue) | ExpertAsked(queue=queue) if queue not in hotline.queues.queues:
            return True
        case OneLeft(agent=agent):
            return not state.shared or agent not in present(state)
        case ExpertJoined(part=part):
            mine = [one for one in state.beside if one.part == part]
            return state.agent is None or not mine or mine[0].agent not in ("", event.agent)
        case ExpertDismissed(agent=agent, by=by):
            stays = {agent} if by else {agent, state.agent}
            asked = any(not one.agent for one in state.beside) and not event.expert
            return agent not in present(state) or not (asked or present(state) - stays)
        case AgentAway(agent=agent, visit=visit) if visit != state.returns.get(agent, 0):
            return True
        case _:
            return event.agent not in present(state)


def ends_talk(state: CallState, event: Transferred | OneLeft) -> bool:
    """Whether that ends this talk for all."""
    return isinstance(event, Transferred) or (isinstance(event, OneLeft) and present(state) == {event.agent})
