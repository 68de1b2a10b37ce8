"""The recording of a call: begun on consent or an announcement only, and never of what is secret.

Steps say `begin` and `end` where they stand; what the line is ordered is worked out here, once for each step taken,
over everything it is about to do. The rule, all of it:

* Nothing is recorded before the caller's yes, or the announcement, stands in the record: `begin` is called by the step
  that notes it, and a turn is stored before the line hears its answer.
* A prompt or a question that holds a secret, words spoken together with it and the caller's answer, is left out: the
  part ends before it and the next one begins after it.
* A message (`record`) is a recording of its own, and who answers at a number outside (`dial`) was not asked: both are
  left out.
* An apology for a broken flow and the transfer after it are left out: the flow can keep no promise any more.
* A talk with an agent of the hotline is recorded.
* Where an agent takes the call, the line is called away from whatever it was doing, and an order to stop that stood
  there may never have been done: it is given again. No other time, since a line may mind being told twice.
"""

from __future__ import annotations

from typing import assert_never

from ivr.call.events import (
    AgentAway,
    AgentBack,
    AgentLeft,
    AgentTook,
    CallStarted,
    DialEnded,
    DigitsPressed,
    Event,
    ExpertAsked,
    ExpertDismissed,
    ExpertJoined,
    HungUp,
    NothingHeard,
    OneLeft,
    Polled,
    Recorded,
    SpeechHeard,
    Transferred,
)
from ivr.call.state import CallRecording
from ivr.call.verbs import (
    Dial,
    Hangup,
    Join,
    Listen,
    Play,
    Record,
    Say,
    StartRecording,
    StopRecording,
    Verb,
    Wait,
)
from ivr.engine.draft import Draft

BEGINS_A_TURN = (
    *(CallStarted, DigitsPressed, SpeechHeard, NothingHeard, HungUp, Polled, Recorded, DialEnded),
    *(AgentTook, AgentLeft, AgentAway, AgentBack, OneLeft),
    *(Transferred, ExpertAsked, ExpertDismissed, ExpertJoined),
)
"""What the line and people bring. All else the world answers within a turn: the verbs of such a step come to the line
together with those before."""
HERE = 0
"""The part of an order that only marks a place; `ordered` gives it its number."""


def begin(draft: Draft) -> None:
    """Record what comes after this; whoever calls it has noted why that is right."""
    draft.verbs.append(StartRecording(HERE))


def end(draft: Draft) -> None:
    """Record nothing that comes after this."""
    draft.verbs.append(StopRecording(HERE))


def ordered(draft: Draft, event: Event, *, over: bool) -> None:
    """Put the line's orders in their places. `over`: the call ends with these verbs, so nothing is begun for them."""
    called_away, within_turn = isinstance(event, AgentTook | Transferred), not isinstance(event, BEGINS_A_TURN)
    tape = draft.state.recording
    wanted, running, part = tape.wanted, tape.running, tape.part
    verbs: list[Verb] = []
    stopping = tape.stopping if called_away or within_turn else ()
    if called_away:
        verbs += map(StopRecording, stopping)
    for verb in draft.verbs:
        if isinstance(verb, StartRecording | StopRecording):
            wanted = isinstance(verb, StartRecording)
            if not running or wanted:
                continue
        if running and (not wanted or holds_back(verb)):
            verbs.append(StopRecording(part))
            draft.note("recording", state="stopped", part=part)
            running, stopping = False, (*stopping, part)
        elif wanted and not running and not over and not holds_back(verb):
            part += 1
            verbs.append(StartRecording(part))
            draft.note("recording", state="started", part=part)
            running = True
        if not isinstance(verb, StopRecording):
            verbs.append(verb)
    draft.verbs = verbs
    draft.state.recording = CallRecording(wanted, running, part, stopping)


def holds_back(verb: Verb) -> bool:
    """Whether a recording must not hold this."""
    match verb:
        case Say(secret=secret):
            return secret
        case Listen(secret=secret, prompts=prompts):
            return secret or any(map(holds_back, prompts))
        case Record() | Dial():
            return True
        case Play() | Wait() | Join() | Hangup() | StartRecording() | StopRecording():
            return False
        case _:
            assert_never(verb)
