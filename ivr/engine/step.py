"""The engine: one function from what is and what happened to what comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ivr.call.entries import Entry
from ivr.call.events import (
    AgentAway,
    AgentBack,
    AgentLeft,
    AgentTook,
    CallStarted,
    DigitsPressed,
    Event,
    ExpertAsked,
    ExpertDismissed,
    ExpertJoined,
    HungUp,
    LookupDone,
    LookupEmpty,
    LookupFailed,
    LookupSlow,
    NothingHeard,
    OneLeft,
    Recorded,
    SpeechHeard,
    Transferred,
)
from ivr.call.state import CallState
from ivr.call.tasks import Chore, Question
from ivr.call.verbs import Dial, Hangup, Join, Record, Verb
from ivr.engine import always, ending, handing, opening, preferring, recording, slow, taking, transfers, travel, waiting
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask, Move, Over, Stay
from ivr.errors import FlowError
from ivr.flow.hotline import Hotline

FROM_CALLER = (DigitsPressed, SpeechHeard, NothingHeard, Recorded, CallStarted)
FOUND = (LookupDone, LookupEmpty, LookupFailed)
DEAF = (Record, Dial, Join, Hangup)
"""Verbs under which a caller's keys and words reach nobody here, so that no prompt is waiting for them."""


@dataclass(frozen=True, slots=True)
class Step:
    """The next state; what the line shall do; what the world is asked; what is written down.

    No verbs and no question: the event came too late to change anything, `state` is the one that came in, and the
    line goes on with what it was told before.
    """

    state: CallState
    verbs: tuple[Verb, ...] = ()
    question: Question | None = None
    """When set, its answer must come as the next event before the line gets its verbs."""
    chores: tuple[Chore, ...] = ()
    entries: tuple[Entry, ...] = ()


def step(
    hotline: Hotline,
    state: CallState,
    event: Event,
    *,
    now: float,
    draft_of: Callable[[Hotline, CallState, float], Draft] = Draft,
) -> Step:
    """Take one event; return the next state and what to do about it. Same arguments, same answer.

    `now` is in seconds since 1970. `draft_of` makes the draft that steps fill: a proof has one of its own. Never raises
    for what a designer or a caller can do: a flow that cannot go on ends in a spoken apology and a transfer.
    """
    if state.phase == "over" or is_late(hotline, state, event):
        return Step(state)
    draft = draft_of(hotline, state, now)
    try:
        move = travel.run(draft, react(draft, event))
        waiting.alarm(draft)
    except FlowError as error:
        move = ending.broken(draft, draft.without_secrets(str(error)))
    return ended(draft, event, move)


def ended(draft: Draft, event: Event, move: Ask | Stay | Over) -> Step:
    """What a draft has come to with its last move."""
    question = move.question if isinstance(move, Ask) else None
    recording.ordered(draft, event, over=isinstance(move, Over))
    if isinstance(move, Over):
        ending.close(draft, move.why)
    if draft.verbs and isinstance(draft.verbs[-1], DEAF):
        draft.state.listening = None
    return Step(draft.state, tuple(draft.verbs), question, tuple(draft.chores), tuple(draft.entries))


def is_late(hotline: Hotline, state: CallState, event: Event) -> bool:
    """News of something that nobody waits for any more: an agent for a caller who left the line or is with an agent,
    the end of a talk that was over, the answer to a question that was given up."""
    match event:
        case AgentTook():
            return state.agent is not None or state.place is None or not travel.is_in_line(hotline, state)
        case AgentLeft(room=room):
            return state.agent is None or room not in ("", state.scratch.get("room"))
        case OneLeft() | Transferred() | ExpertAsked() | ExpertDismissed() | ExpertJoined() | AgentAway() | AgentBack():
            return transfers.is_late(hotline, state, event)
        case LookupDone() | LookupEmpty() | LookupFailed() | LookupSlow():
            return state.pending is None
        case _:
            return False


def react(draft: Draft, event: Event) -> Move:
    """Who deals with this event: the end, the opening, what always works, or the step the call stands at."""
    state = draft.state
    if isinstance(event, HungUp):
        return Over(state.scratch.get(ending.BECAUSE, "hung_up"))
    if isinstance(event, AgentTook):
        return travel.joined(draft, event)
    taking.noticed(draft, event)
    preferring.noticed(draft, event)
    if isinstance(event, FROM_CALLER):
        state.steps = 0
    if isinstance(event, SpeechHeard):
        handing.hear_mood(draft, event)
    if state.agent is None and draft.now - state.started_at > draft.hotline.file.limits.call_s:
        return ending.broken(draft, f"the call is longer than {draft.hotline.file.limits.call_s:.0f} s")
    if isinstance(event, LookupSlow):
        return slow.say_filler(draft)
    if state.pending is not None and not isinstance(event, FOUND):
        # Whatever the line brings while the caller waits for an answer: it is time to look for that.
        if not slow.is_lost(draft):
            return slow.look_again(state.pending)
        event = LookupFailed("timeout")
    if isinstance(event, FOUND):
        state.pending = None
    if state.phase == "opening":
        return opening.hear(draft, event)
    if (move := always.hear(draft, event)) is not None:
        return move
    return travel.here(draft).hear(draft, event)
