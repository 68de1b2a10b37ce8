"""The engine: one function from what is and what happened to what comes next."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from ivr.call.entries import Entry
from ivr.call.events import (
    AgentTook,
    CallStarted,
    DigitsPressed,
    Event,
    HungUp,
    LookupDone,
    LookupEmpty,
    LookupFailed,
    LookupSlow,
    NothingHeard,
    Polled,
    Recorded,
    SpeechHeard,
)
from ivr.call.state import CallState
from ivr.call.tasks import Chore, Question
from ivr.call.verbs import Verb
from ivr.engine import always, ending, opening, slow, travel
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask, Move, Over
from ivr.errors import FlowError
from ivr.flow.hotline import Hotline

FROM_CALLER = (DigitsPressed, SpeechHeard, NothingHeard, Recorded, CallStarted)


@dataclass(frozen=True, slots=True)
class Step:
    """The next state; what the line shall do; what the world is asked; what is written down."""

    state: CallState
    verbs: tuple[Verb, ...] = ()
    question: Question | None = None
    """When set, its answer must come as the next event before the line gets its verbs."""
    chores: tuple[Chore, ...] = ()
    entries: tuple[Entry, ...] = ()


def step(hotline: Hotline, state: CallState, event: Event, *, now: float) -> Step:
    """Take one event; return the next state and what to do about it. Same arguments, same answer.

    `now` is in seconds since 1970. Never raises for what a designer or a caller can do: a flow that cannot
    go on ends in a spoken apology and a transfer.
    """
    if state.phase == "over":
        return Step(state)
    draft = Draft(hotline, state, now)
    try:
        move = travel.run(draft, react(draft, event))
    except FlowError as error:
        # Half-said sentences of the step that broke would only confuse; the apology stands alone.
        draft = _rewound(draft, state)
        move = travel.run(draft, ending.broken(draft, str(error)))
    question = move.question if isinstance(move, Ask) else None
    if isinstance(move, Over):
        ending.close(draft, move.why)
    return Step(draft.state, tuple(draft.verbs), question, tuple(draft.chores), tuple(draft.entries))


def react(draft: Draft, event: Event) -> Move:
    """Who deals with this event: the end, the opening, what always works, or the step the call stands at."""
    state = draft.state
    if isinstance(event, HungUp):
        return Over("hung_up")
    if isinstance(event, AgentTook):
        return travel.joined(draft, event)
    if isinstance(event, FROM_CALLER):
        state.steps = 0
    if state.agent is None and draft.now - state.started_at > draft.hotline.file.limits.call_s:
        return ending.broken(draft, f"the call is longer than {draft.hotline.file.limits.call_s:.0f} s")
    if isinstance(event, LookupSlow):
        return slow.say_filler(draft)
    if isinstance(event, Polled) and state.pending is not None:
        if not slow.is_lost(draft):
            return slow.look_again(draft)
        event = LookupFailed("timeout")
    if isinstance(event, LookupDone | LookupEmpty | LookupFailed):
        state.pending = None
    if state.phase == "opening":
        return opening.hear(draft, event)
    if (move := always.hear(draft, event)) is not None:
        return move
    return travel.here(draft).hear(draft, event)


def _rewound(draft: Draft, state: CallState) -> Draft:
    fresh = Draft(draft.hotline, msgspec.structs.replace(state), draft.now)
    fresh.entries = draft.entries
    fresh.chores = draft.chores
    fresh.state.flow, fresh.state.step = draft.state.flow, draft.state.step
    return fresh
