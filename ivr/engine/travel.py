"""Moving through the flows: from step to step, into sub-flows and back, within the step limit."""

from __future__ import annotations

from typing import cast

from ivr.call.events import AgentTook
from ivr.call.state import TRAIL_LENGTH, Asked, CallState, Frame
from ivr.engine import ending, handing, leaving, outcomes, taking
from ivr.engine.draft import Draft
from ivr.engine.kind import Step
from ivr.engine.moves import Ask, Call, Go, Jump, Move, Over, Stay
from ivr.errors import FlowError
from ivr.flow.hotline import Hotline
from ivr.flow.refs import StepRef

MAX_DEPTH = 20
"""Sub-flows inside one another; deeper means that they call each other in a circle."""


def run(draft: Draft, move: Move) -> Ask | Stay | Over:
    """Follow the moves until the call waits for the caller, for the world, or is over."""
    limit = draft.hotline.file.limits.steps
    while not isinstance(move, Ask | Stay | Over):
        draft.state.steps += 1
        if draft.state.steps >= limit:
            return ending.broken(draft, f"more than {limit} steps without an answer from the caller")
        move = _one(draft, move)
    if isinstance(move, Stay) and draft.state.place is not None and not is_in_line(draft.hotline, draft.state):
        # Back at the menu, at a tape, with a number outside: no agent shall ring for somebody who waits for none.
        ending.leave_line(draft, draft.leaving)
    return move


def is_in_line(hotline: Hotline, state: CallState) -> bool:
    """Whether a step of this call waits for an agent: the present one, or one that called this flow meanwhile."""
    places = [(frame.flow, frame.step) for frame in state.frames] + [(state.flow, state.step)]
    return any(_kind(hotline, flow, step) == "queue" for flow, step in places)


def _kind(hotline: Hotline, flow: str, step: str) -> str | None:
    known = hotline.flows.get(flow) or hotline.house.get(flow)
    written = known.steps.get(step) if known else None
    return written.kind if written else None


def _one(draft: Draft, move: Go | Call | Jump) -> Move:
    match move:
        case Go(target=target):
            outcome = StepRef(target).returns
            if draft.state.offering is not None:
                return handing.answered(draft, draft.state.offering, outcome)
            return arrive(draft, draft.state.flow, target) if outcome is None else come_back(draft, outcome)
        case Call():
            return _call(draft, move)
        case Jump(flow=flow, step=name):
            leaving.remember(draft)
            unwind(draft, 0)
            # "go back" or a wish must not lead to a question that reads names which are gone.
            draft.state.names, draft.state.secrets, draft.state.trail, draft.state.wishes = {}, [], [], None
            return arrive(draft, flow, name or draft.hotline.flows[flow].start)


def here(draft: Draft) -> Step:
    """The step the call stands at."""
    state = draft.state
    try:
        if state.offering is not None:
            return cast(Step, draft.hotline.offers[state.offering.key])
        flow = draft.hotline.house.get(state.flow) or draft.hotline.flows[state.flow]
        return cast(Step, flow.steps[state.step])
    except KeyError:
        raise FlowError(f"no step {state.flow}.{state.step} in this version of the hotline") from None


def arrive(draft: Draft, flow: str, name: str) -> Move:
    """Enter a step anew."""
    state = draft.state
    state.flow, state.step, state.scratch = flow, name, {}
    state.pending = state.offering = None
    state.visits += 1
    draft.arrives()
    taking.did(draft, "step", f"{flow}.{name}")
    step = here(draft)
    if step.waits and step.kind != "queue":  # a line is no question that one could go back to
        asked = Asked(flow, name, len(state.frames))
        if not state.trail or state.trail[-1] != asked:
            state.trail = [*state.trail[-(TRAIL_LENGTH - 1) :], asked]
    return step.enter(draft)


def _call(draft: Draft, move: Call) -> Move:
    state = draft.state
    if len(state.frames) >= MAX_DEPTH:
        return ending.broken(draft, f"sub-flows call each other more than {MAX_DEPTH} deep")
    state.frames.append(
        Frame(flow=state.flow, step=state.step, names=state.names, secrets=state.secrets, scratch=state.scratch)
    )
    state.names, state.secrets = dict(move.names), list(move.secrets)
    return arrive(draft, move.flow, draft.hotline.flows[move.flow].start)


def come_back(draft: Draft, outcome: str) -> Move:
    """The sub-flow is through: its `gives` come along, and the step that called it goes on."""
    state = draft.state
    if not state.frames:
        return ending.broken(draft, "`return` in a flow that nothing called")
    gives = draft.hotline.flows[state.flow].gives
    brought = [(name, state.names[name], name in state.secrets) for name in gives if name in state.names]
    unwind(draft, len(state.frames) - 1)
    for name, value, secret in brought:
        draft.set(name, value, secret=secret)
    return here(draft).back(draft, outcome)


def unwind(draft: Draft, depth: int) -> None:
    """Leave sub-flows until only `depth` are left; the names are again those of the flow that called."""
    state = draft.state
    while len(state.frames) > depth:
        frame = state.frames.pop()
        state.flow, state.step, state.scratch = frame.flow, frame.step, frame.scratch
        state.names, state.secrets = frame.names, frame.secrets
    # Questions of a sub-flow that is left are out of reach: their names are gone.
    state.trail = [asked for asked in state.trail if asked.depth <= depth]
    if state.wishes is not None and state.wishes.depth > depth:
        state.wishes = None
    draft.forget_names()


def joined(draft: Draft, event: AgentTook) -> Move:
    """An agent has answered: back to the step that put the caller in line, from whatever was told meanwhile."""
    state, summary = draft.state, draft.state.summary
    if state.offering is not None:  # another form than the line was offered, and there is no need of it
        state.offering = None
        unwind(draft, len(state.frames) - 1)
    while here(draft).kind != "queue":
        unwind(draft, len(state.frames) - 1)
    state.pending = None
    waited_s = ending.stop_waiting(draft)
    summary.agent = state.agent = event.agent
    summary.agents = [*summary.agents, event.agent]
    outcomes.met(draft)
    draft.note("connected", agent=event.agent, queue=summary.queue, waited_s=waited_s)
    return here(draft).hear(draft, event)
