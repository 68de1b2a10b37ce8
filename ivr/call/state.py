"""Where a call stands between two events. Small and bounded: what was said and heard goes to the record, not here."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from ivr.call.habits import Wish
from ivr.call.past import PastCall, ToldHint
from ivr.call.tasks import BookCallback, Lookup
from ivr.call.verbs import Listen

TRAIL_LENGTH = 12
"""How many questions "go back" remembers."""


class Frame(msgspec.Struct, omit_defaults=True):
    """A step that waits for a sub-flow to come back, with the names its own flow knew."""

    flow: str
    step: str
    names: dict[str, Any] = {}
    secrets: list[str] = []
    scratch: dict[str, Any] = {}


class Asked(msgspec.Struct, frozen=True):
    """A question the caller was asked, for "go back"."""

    flow: str
    step: str
    depth: int


class Ahead(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was said or pressed at a question that it is no answer to: the next question for a wish hears it. One of
    both."""

    wish: str = ""
    """The intent."""
    text: str = ""
    """Its words."""
    key: str = ""


class Left(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the call knew at the question where a person was asked for: the way back from the line."""

    names: dict[str, Any] = {}
    secrets: list[str] = []
    frames: list[Frame] = []
    trail: list[Asked] = []
    """Its last one is that question."""


class HeldPlace(msgspec.Struct, frozen=True):
    """A place in line, as the caller was last told of it."""

    queue: str
    since: float
    position: int = 0
    size: int = 0
    wait: tuple[float, float] | None = None
    """The least and the most seconds, where they are known and no worse than what was told before."""
    told_until: float = 0.0
    """By when the caller was told to be served, in seconds since 1970; 0: nothing was told."""


class CallRecording(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether the call is recorded."""

    wanted: bool = False
    """The caller has agreed, or was told of it, and nobody has ended it since."""
    running: bool = False
    """The line is recording just now: what is secret is left out."""
    part: int = 0
    """How many parts have begun."""
    stopping: tuple[int, ...] = ()
    """Parts that the last answer orders to end; the line may not have come to that yet."""


class Later(msgspec.Struct, frozen=True, omit_defaults=True):
    """A call back that was promised while the call goes on."""

    booked: BookCallback
    met: int = 0
    """How many people the caller had met before."""


class Offering(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rule of handoff.yaml has the caller asked whether to be connected, or served in another form; the call goes on
    with `then` after a no."""

    point: str
    """entry, intent, mood or request."""
    rule: str
    queue: str
    """Empty where no people are offered."""
    then: str = ""
    """A step of this flow; empty: the first step of the call, or of a request the line."""
    form: str = ""
    """callback, message, or a way under `elsewhere:`; empty: a person, now."""

    @property
    def key(self) -> str:
        """Of its question among `Hotline.offers`."""
        return f"{self.point}.{self.rule}.{self.form}".removesuffix(".")


class Handed(msgspec.Struct, frozen=True):
    """A rule of handoff.yaml moves the caller to a person: into this queue."""

    point: str
    rule: str
    queue: str


class Beside(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody else who was asked into a talk."""

    part: str
    """The name of the place in line that was taken for it."""
    agent: str = ""
    """Who came; empty while nobody has."""
    queue: str = ""
    to: str = ""
    """Who was asked for: of this queue, or this one by name."""


class Summary(msgspec.Struct, omit_defaults=True):
    """What the call's row in the records will say. Times are seconds since 1970."""

    intent: str | None = None
    """The first thing the caller wanted."""
    mode: str = "self_service"
    """self_service (keys only) or smart (speech was understood); the record says human where an agent took it: R1."""
    opportunities: list[str] = []
    """Intents the caller showed that are a chance to sell, in order."""
    answered: list[str] = []
    """Intents whose wanted information the caller was given."""
    answered_at: float | None = None
    """The first time."""
    answered_last_at: float | None = None
    offers: int = 0
    consents: int = 0
    requests: int = 0
    """How often the caller asked for a person."""
    queue: str | None = None
    queued_at: float | None = None
    waited_s: float | None = None
    talking_since: float | None = None
    """While an agent is with the caller."""
    talked_s: float | None = None
    """With agents, in seconds."""
    converted: list[str] = []
    """Opportunities the caller took."""
    converted_at: float | None = None
    """The last time."""
    caller_says: Literal["solved", "not_solved"] | None = None
    """The caller's own word on what served last."""
    agent: str | None = None
    """Who took the caller last."""
    agents: list[str] = []
    """Everyone who took part, in order."""
    rating_machine: int | None = None
    rating_person: int | None = None
    outcome: str | None = None
    """Set where a step knows it: voicemail, callback, ticket …"""


class Acts(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the caller has done in this call that shows how he likes to be served."""

    keys: int = 0
    """Answers by key where speech would have done, too."""
    spoken: int = 0
    pace: Literal["slow", "normal"] | None = None
    """What was asked for."""


class CallState(msgspec.Struct, omit_defaults=True):
    """Everything the engine knows of a call; the store keeps it as MessagePack."""

    call: str
    hotline: str
    version: str
    caller: str
    called: str
    channel: str
    language: str
    started_at: float
    phase: str = "opening"
    """opening, flow or over."""
    flow: str = ""
    step: str = ""
    names: dict[str, Any] = {}
    """What this flow's steps have set."""
    secrets: list[str] = []
    """Names among `names` whose values must be written down nowhere."""
    scratch: dict[str, Any] = {}
    """The present step's own notes; gone when the call moves on."""
    frames: list[Frame] = []
    trail: list[Asked] = []
    left: Left | None = None
    wishes: Asked | None = None
    """The last question for a wish that the call can be led back to."""
    ahead: Ahead | None = None
    profile: dict[str, Any] = {}
    wish: str | None = None
    """The intent understood last: what the caller wants now."""
    visits: int = 0
    """Steps entered in this call; makes each visit's `once` its own."""
    steps: int = 0
    """Steps since the caller was last heard; the guard against endless loops."""
    held_back: list[str] = []
    """Ids of the request rules that have held this caller back."""
    last: PastCall | None = None
    """The caller's last call of this day."""
    hints: dict[str, ToldHint] = {}
    """What the caller was told unasked, in this call and before, by name."""
    refuses_hints: bool = False
    complained: bool = False
    """The caller has complained in this call, or was in a mood that handoff.yaml has a rule for."""
    acted: bool = False
    """The caller has pressed or said something since the call began, was told a hint, or was silent: what follows is
    his own doing."""
    people: dict[str, Any] = {}
    """How queues were doing when that was last asked, for rules."""
    mood: str | None = None
    """What a recogniser last said of the caller."""
    offering: Offering | None = None
    acts: Acts = Acts()
    learned: dict[str, Any] = {}
    """What earlier calls have shown of the caller's preferences."""
    said: dict[str, Wish] = {}
    """And what was said of them outright."""
    forgets: bool = False
    """The caller wants it forgotten: nothing is learned from this call."""
    later: list[Later] = []
    """Calls back that were promised in this call, to be booked when it is over."""
    offered: dict[str, int] = {}
    """Rule → how often it was applied."""
    line: str = ""
    """The queue a step led the caller to last, whether it took him or not; empty before."""
    handed: Handed | None = None
    place: HeldPlace | None = None
    alarmed_at: float | None = None
    """Since when the caller stood in line when the alarm was raised; of a later place it is raised again."""
    agent: str | None = None
    """Who the caller is talking with now."""
    beside: list[Beside] = []
    """Who else was asked into the talk."""
    away: list[str] = []
    """Which of those who talk with the caller have left the room for a moment."""
    returns: dict[str, int] = {}
    """How often each has come back."""
    asked_in: int = 0
    """How many were asked in during this call."""
    shared: bool = False
    """More than one agent has been in this talk, so that one who leaves does not end it."""
    listening: Listen | None = None
    """The last prompt, for "repeat"."""
    pending: Lookup | None = None
    pending_since: float = 0.0
    rate: float = 1.0
    """How fast this caller wants to be spoken to; 1.0 is the voice's own pace."""
    recording: CallRecording = CallRecording()
    summary: Summary = msgspec.field(default_factory=Summary)
