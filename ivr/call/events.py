"""What can happen to a call. Events are facts; the engine takes one at a time."""

from __future__ import annotations

from typing import Any

import msgspec

from ivr.call.fact import Fact
from ivr.call.habits import Habit, Wish
from ivr.call.past import PastCall, ToldHint
from ivr.call.talk_events import AgentAway as AgentAway
from ivr.call.talk_events import AgentBack as AgentBack
from ivr.call.talk_events import AgentLeft as AgentLeft
from ivr.call.talk_events import AgentTook as AgentTook
from ivr.call.talk_events import ExpertAsked as ExpertAsked
from ivr.call.talk_events import ExpertDismissed as ExpertDismissed
from ivr.call.talk_events import ExpertJoined as ExpertJoined
from ivr.call.talk_events import OneLeft as OneLeft
from ivr.call.talk_events import Transferred as Transferred

# --- the caller's side -------------------------------------------------------------------------


class CallStarted(Fact, frozen=True):
    """Somebody dialled us. `caller` is any string: a number in E.164, `anonymous`, `client:bob`, `sip:…`."""

    caller: str
    called: str
    channel: str = "console"
    """Which line the call came by: `twilio`, `console`, `sim`; part of the records, never a branch in a flow."""


class CalledBack(CallStarted, frozen=True):
    """Somebody who was promised a call back is on the line, and talks with an agent in `room`."""

    promise: str = ""
    """The name of the callback."""
    agent: str = ""
    queue: str = ""
    room: str = ""
    since: float = 0.0
    """When the place in line was first taken, in seconds since 1970."""
    context: dict[str, Any] = msgspec.field(default_factory=dict)
    """What agents see of the caller, as it was kept with the place."""


class DigitsPressed(Fact, frozen=True):
    """Keys the caller pressed, already joined; the finishing `#` is gone. Only 0-9, `*` and `#`."""

    digits: str


class SpeechHeard(Fact, frozen=True):
    """Words the caller spoke; none where he spoke and was not understood.

    `confidence` is 0-1, or None where the recogniser gave none.
    """

    text: str
    confidence: float | None = None
    sure: bool = True
    """False: the recogniser itself would ask again whether that was said."""
    mood: str | None = None
    """What a recogniser makes of the voice or the words: `upset`, or another name that handoff.yaml knows."""


class NothingHeard(Fact, frozen=True):
    """The prompt's time ran out in silence."""


class HungUp(Fact, frozen=True):
    """The caller is gone; nothing more can be said."""


class Resumed(Fact, frozen=True):
    """The line was interrupted by a fault of ours and is back: say the last prompt again, count no try."""


class Polled(Fact, frozen=True):
    """The time of a `Wait` or of a piece of hold music has passed."""


class Recorded(Fact, frozen=True):
    """The caller's message. `recording` names it at the carrier; `key` ended it, or `hangup` did."""

    recording: str
    duration_s: float
    key: str = ""


class DialEnded(Fact, frozen=True):
    """An outward leg is over: `status` is completed, busy, no-answer, failed or canceled. `hung_up`: by the caller."""

    status: str
    duration_s: float = 0.0
    hung_up: bool = False


# --- answers to tasks ----------------------------------------------------------------------------


class LookupDone(Fact, frozen=True):
    """The connector answered: a mapping, a list of mappings, or one value, in the declared shape."""

    result: Any


class LookupEmpty(Fact, frozen=True):
    """The connector answered that there is no such thing."""


class LookupFailed(Fact, frozen=True):
    """No usable answer: `reason` is timeout, refused, shape, open (the circuit breaker) or an error's own words."""

    reason: str


class LookupSlow(Fact, frozen=True):
    """The answer is not here yet; say a filler and poll."""


class MeaningFound(Fact, frozen=True):
    """What the recogniser of intents made of a sentence. `intent` is None when out of scope."""

    intent: str | None
    confidence: float
    """0-1, calibrated: 0.9 means that nine in ten such answers are right. 1.0 for a keyword."""
    because: str = "model"
    """`keyword`, `model` or `out_of_scope`."""
    others: tuple[tuple[str, float], ...] = ()
    """Runners-up, best first."""
    mood: str | None = None
    """How the caller feels, from the words: a mood that handoff.yaml has a rule for."""


class ValueRead(Fact, frozen=True):
    """What an answer to a question other than an intent means; None when it fits nothing.

    yes_no: bool. choice: the option's name. digits: str. amount: str of a decimal (`12.50`). date: ISO date.
    phone: E.164. text: str.
    """

    value: bool | str | None
    confidence: float = 1.0
    doubts: bool = False
    """Without a value: all that was said is about the question ("what?", "I am not sure"), and holds no wish."""


class Placed(Fact, frozen=True):
    """The caller holds a place in line. `position` counts from 1; it may fall and, with head starts, rise."""

    queue: str
    position: int
    size: int
    since: float
    """When the place was first taken, in seconds since 1970."""
    wait: tuple[float, float] | None = None
    """The least and the most seconds it is going to take; None where nobody knows or it was not asked for."""


class NoPlace(Fact, frozen=True):
    """The line took nobody more: `why` is full, closed or down."""

    queue: str
    why: str


class QueueSeen(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a queue is doing: callers who wait, and its people."""

    waiting: int = 0
    idle: int = 0
    """Free to be rung now."""
    busy: int = 0
    """Ringing, talking, or writing up after a call."""
    off: int = 0
    """Signed out, paused, or taken out because they did not answer."""
    wait_s: float = 0.0
    """What one who comes now may have to wait; 0 where somebody is free."""
    kept: int = 0
    """Of the busy, those who are free but kept for callers of other queues or classes."""


class PeopleSeen(Fact, frozen=True):
    """How queues are doing just now, by name."""

    queues: dict[str, QueueSeen]


class Recalled(Fact, frozen=True):
    """What is still remembered of a caller."""

    calls: tuple[PastCall, ...] = ()
    """Earlier ones, the latest last."""
    hints: dict[str, ToldHint] = msgspec.field(default_factory=dict)
    """By their names in hints.yaml."""
    refuses_hints: bool = False
    """He has said that he wants none."""
    habits: tuple[Habit, ...] = ()
    """What earlier calls have shown of how he likes to be served, the latest last."""
    said: dict[str, Wish] = msgspec.field(default_factory=dict)
    """What he has said of that outright, by its name."""


Event = (
    CallStarted
    | CalledBack
    | DigitsPressed
    | SpeechHeard
    | NothingHeard
    | HungUp
    | Resumed
    | Polled
    | Recorded
    | DialEnded
    | LookupDone
    | LookupEmpty
    | LookupFailed
    | LookupSlow
    | MeaningFound
    | ValueRead
    | Placed
    | NoPlace
    | PeopleSeen
    | Recalled
    | AgentTook
    | AgentLeft
    | AgentAway
    | AgentBack
    | OneLeft
    | Transferred
    | ExpertAsked
    | ExpertDismissed
    | ExpertJoined
)
