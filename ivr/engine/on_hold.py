"""A talk whose room is empty: the agent is away for a moment, to send the caller on or to bring somebody in, or has
gone. Which of the two only the agent's own line tells, and that may come after the news of the empty room.
"""

from __future__ import annotations

from ivr.call.events import AgentAway, AgentBack
from ivr.call.state import CallState
from ivr.call.verbs import Join, Wait
from ivr.engine.draft import Draft
from ivr.engine.transfers import present

DOUBT_S = 4.0
"""So long a caller waits in a room that ended for what the agent's line has to tell; mostly that takes no second."""
LONGEST_S = 180.0
"""After so long without news an agent who is away is taken to be gone."""
LOOK_EVERY_S = 1.0


def is_on_hold(state: CallState) -> bool:
    """Whether all who talked with this caller are away."""
    return bool(state.away) and present(state) <= set(state.away)


def away(draft: Draft, event: AgentAway) -> None:
    """Told twice, or again and again while the agent is away, it changes nothing but the time of the last news."""
    state = draft.state
    was = is_on_hold(state)
    state.scratch["away_at"] = draft.now
    if event.agent not in state.away:
        state.away = [*state.away, event.agent]
    if is_on_hold(state) and not was:
        begin(draft)


def begin(draft: Draft) -> None:
    """Nobody is with the caller just now."""
    draft.state.scratch["empty_since"] = draft.now
    wait(draft)


def back(draft: Draft, event: AgentBack) -> None:
    """Somebody is with the caller again, or the caller was not alone."""
    state = draft.state
    if event.visit != state.returns.get(event.agent, 0):
        return
    was = is_on_hold(state)
    state.returns = {**state.returns, event.agent: event.visit + 1}
    state.away = [one for one in state.away if one != event.agent]
    if was:
        meet(draft)


def meet(draft: Draft) -> None:
    """Into the room of this talk."""
    draft.state.scratch.pop("empty_since", None)
    draft.verbs.append(Join(room=draft.state.scratch["room"], agent=str(draft.state.agent)))


def emptied(draft: Draft) -> None:
    """The room has ended, and nobody has told why."""
    draft.state.scratch.setdefault("empty_since", draft.now)
    wait(draft)


def wait(draft: Draft) -> None:
    """Music while somebody is away; while nobody knows, a moment of silence."""
    if is_on_hold(draft.state):
        spec = draft.hotline.queues.queues.get(draft.state.scratch["queue"])
        if spec is not None:
            draft.play(spec.music)
    draft.verbs.append(Wait(LOOK_EVERY_S))


def is_empty(state: CallState) -> bool:
    """Whether the caller is on the line and not in the room."""
    return state.agent is not None and "empty_since" in state.scratch


def is_given_up(state: CallState, now: float) -> bool:
    """Nobody is coming back."""
    if not is_empty(state):
        return False
    if is_on_hold(state):
        return bool(now - state.scratch.get("away_at", now) > LONGEST_S)
    return bool(now - state.scratch["empty_since"] > DOUBT_S)
