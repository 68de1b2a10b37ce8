"""What the engine asks of the world. A question's answer comes back as an event within the turn;
a chore is done after the turn is stored, once, and has no answer."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from ivr.call.habits import Habit
from ivr.call.past import PastCall


class Task(msgspec.Struct, frozen=True, tag_field="task", tag=True):
    """Parent of all tasks."""


# --- questions ----------------------------------------------------------------------------------------


class Lookup(Task, frozen=True):
    """Ask business data: operation `name` (`connector.operation`) with plain values.

    `once` is the same whenever this very step is tried again, so a write can be made only once.
    Answer: LookupDone, LookupEmpty, LookupFailed, or LookupSlow when it takes longer than a turn may wait.
    """

    name: str
    arguments: dict[str, Any]
    once: str
    again: bool = False
    """Asked in an earlier turn already: see whether the answer has come, begin nothing anew."""


class Understand(Task, frozen=True):
    """Find out what an answer means. Answer: MeaningFound where `expect` is intent, else ValueRead."""

    text: str
    """The words, or the keys where `by` is keys."""
    language: str
    expect: str
    """intent, yes_no, choice, digits, amount, date, phone or text."""
    by: str = "speech"
    """`speech` or `keys`."""
    among: dict[str, tuple[str, ...]] = {}
    """intent: the intents that count -> keys that mean it; empty for all. choice: option -> phrases that mean it."""


GRADE = "grade"
"""An agent's experience stands among the skills under this name: 1 is new, 5 a senior (R56, R65)."""


class Target(msgspec.Struct, frozen=True):
    """Agents who may be rung for a caller: of a queue, with skills and their least levels, or one by name."""

    queue: str
    skills: dict[str, int] = {}
    agent: str = ""
    """This one and nobody else."""
    why: str = "queue"
    """familiar, overflow, or the id of a rule."""
    for_s: float = 0.0
    """Preferred agents: so long nobody else is rung, if one of them is there."""
    after_s: float = 0.0
    """Overflow: from so many seconds in line on …"""
    only_if: str = ""
    """… and only if all of the queue's able agents are busy (`all_busy`) or not there (`all_out`)."""


class TakePlace(Task, frozen=True):
    """Take a place in line, or keep the one held. Answer: Placed or NoPlace."""

    queue: str
    ready: bool = True
    """False while the caller is still being told something: the place counts, but no agent is rung for it yet."""
    head_start_s: float = 0.0
    head_starts: dict[str, float] = {}
    """What it is made of, for those who ask why: name → seconds."""
    urgent: bool = False
    rate: float = 1.0
    """How many seconds one second of waiting counts."""
    caller_class: str = ""
    skills: dict[str, int] = {}
    """Skill → least level."""
    language: str = "en"
    limit: int = 1000
    foretell: bool = False
    """How long it is going to take is wanted, too."""
    number: str = ""
    """The caller's: a callback promised there and not made yet ends with this, and its time is kept."""
    since: float = 0.0
    """When the place was first taken, in seconds since 1970, should the line have forgotten it. 0: never before."""
    seats: tuple[str, ...] = ()
    """Queues whose reserved agents may be had."""
    never: tuple[str, ...] = ()
    """Agents who are not to be rung for this caller."""
    preferred: tuple[Target, ...] = ()
    """Tried before the queue, one after another."""
    overflow: tuple[Target, ...] = ()
    """Added to the queue, as time goes on."""
    context: dict[str, Any] = {}
    """What the agent shall see: intent, what was answered, consent, name. No secrets."""
    part: str = ""
    """Set where the place is for an expert who is to join a talk: the call may have several, each with its own name."""


class AskPlace(Task, frozen=True):
    """Where in line is the caller now? Answer: Placed, or NoPlace when the place is gone."""

    queue: str
    foretell: bool = False


class SeePeople(Task, frozen=True):
    """How are these queues doing? Answer: PeopleSeen."""

    queues: tuple[str, ...]


class Recall(Task, frozen=True):
    """What is remembered of this caller: earlier calls, and hints that were told? Answer: Recalled."""

    number: str


Question = Lookup | Understand | TakePlace | AskPlace | SeePeople | Recall

# --- chores -------------------------------------------------------------------------------------------


class LeaveLine(Task, frozen=True):
    """Give the place in line up: `why` is hangup, served, answered, voicemail or callback."""

    queue: str
    why: str
    at: float = 0.0
    """When it was decided, in seconds since 1970: a place taken again after that is kept. 0: just now."""
    part: str = ""
    """Of a place for an expert, as in TakePlace."""


class SendSms(Task, frozen=True):
    """Send a text message."""

    to: str
    text: str
    secret: bool = False


class BookCallback(Task, frozen=True):
    """Promise a call back: a place in line with nobody on it. `since` keeps the original place: seconds since 1970."""

    number: str
    queue: str
    since: float
    reason: str = ""
    place: TakePlace | None = None
    """What the place counts for and who may be rung for it; None: only the list of promises gets it."""


class KeepVoicemail(Task, frozen=True):
    """A message was left: fetch its file, put it on the list of new messages, have it written down."""

    recording: str
    duration_s: float
    queue: str
    number: str
    language: str = "en"
    """What the caller speaks: whose ears write the message down."""
    secret: bool = False
    """It holds a secret: nobody writes it down."""


class Remember(Task, frozen=True):
    """Keep how this call went, for the caller's next one."""

    number: str
    past: PastCall


class KeepHint(Task, frozen=True):
    """Remember that this caller was told a hint, or has done what it tells of."""

    number: str
    rule: str
    what: Literal["told", "accepted"]
    at: float
    version: str
    """Of the hotline, when it was told."""


class RefuseHints(Task, frozen=True):
    """Remember that this caller wants no hints any more, or wants them again."""

    number: str
    refused: bool
    at: float


class KeepHabit(Task, frozen=True):
    """Remember what this call has shown of how its caller likes to be served."""

    number: str
    habit: Habit


class KeepWish(Task, frozen=True):
    """Remember how the caller wants to be served, as was said outright."""

    number: str
    name: str
    """language, input, pace or way."""
    value: str
    at: float


class ForgetHabits(Task, frozen=True):
    """Forget what is known of how this caller likes to be served."""

    number: str
    at: float


class FollowUp(Task, frozen=True):
    """Somebody showed an opportunity and was served by nobody: put him on the list of the outbound team."""

    number: str
    intent: str
    outcome: str
    """How the call ended."""


Memo = Remember | KeepHint | RefuseHints | KeepHabit | KeepWish | ForgetHabits
"""What is kept of the caller: written together with the turn."""
Errand = LeaveLine | SendSms | BookCallback | KeepVoicemail | FollowUp
"""What a worker does once the turn is stored, and tries again where it fails."""
Chore = Memo | Errand


def place_name(call: str, part: str) -> str:
    """Under which name a call, or an expert for it, stands in line."""
    return f"{call}.{part}" if part else call


def call_of(place: str) -> tuple[str, str]:
    """The call that a place in line belongs to, and the part."""
    call, _, part = place.partition(".")
    return call, part


def is_promise(place: str) -> bool:
    """Whether a place in line is that of somebody who is to be called back: CALL.n, named after a chore. An expert's
    part begins with a letter."""
    return call_of(place)[1][:1].isdigit()
