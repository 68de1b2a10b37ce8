"""The checked hotline: everything a call needs, in one value that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

from ivr.flow.boundaries import Boundary, of_intent
from ivr.flow.edge import written
from ivr.flow.expressions import Condition, Value
from ivr.flow.handoff import HandoffFile
from ivr.flow.hints import Hint
from ivr.flow.intents import BEST_WAY, BY_PEOPLE, Intent, ServiceWay
from ivr.flow.kinds import Kind
from ivr.flow.preferences import Preferences
from ivr.flow.queues import Hours, Key, QueuesFile, Seconds
from ivr.flow.refs import FlowRef, LookupRef, PlaceRef, StepRef
from ivr.flow.words import Words

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
CALLBACK_HOURS = "callback hours"
"""Where they stand among `Hotline.hours`; no queue has a blank in its name."""


@written
@dataclass(frozen=True, slots=True)
class Always:
    """What works at every question. The phrases that mean it stand in the words `always`, under `choices`."""

    key: Key | None = None
    """The key that means it, unless a step uses that key itself."""
    go: PlaceRef | None = None
    """Where `person` leads; the others lead nowhere else."""


AlwaysName = Literal["person", "repeat", "back", "slower", "faster", "no_hints", "hints_again"]


@written
@dataclass(frozen=True, slots=True)
class Profile:
    """Who is calling: asked before the first step, never longer than a turn may wait."""

    lookup: LookupRef
    """The operation that knows callers; what it gives stands in `caller`."""
    with_: Annotated[Mapping[str, Value], Field(alias="with")] = field(default_factory=dict)
    """What it takes; only `call` is known yet: `{number: "{{ call.caller }}"}`."""
    history: LookupRef | None = None
    """Earlier contacts as a list of `{at: date, intent: text}`; three months in a row make `caller.expects`."""
    history_with: Mapping[str, Value] = field(default_factory=dict)
    """What that takes."""


@written
@dataclass(frozen=True, slots=True)
class Limits:
    """How far a call may go before it is ended with an apology and a transfer, and how sure is sure."""

    steps: Annotated[int, Field(ge=10, le=10_000)] = 100
    """Steps in a row without an answer from the caller."""
    call_s: Annotated[float, Field(ge=60, le=86_400)] = 7200
    """The longest call in seconds, waiting included."""
    sure: Annotated[float, Field(ge=0, le=1)] = 0.7
    """Confidence from which an intent is taken at its word."""
    unsure: Annotated[float, Field(ge=0, le=1)] = 0.35
    """Confidence from which "did you mean …" is asked; below, it was not understood."""
    turn_s: Annotated[float, Field(ge=0.1, le=8)] = 2.0
    """Seconds a lookup may take before the caller hears "one moment"."""
    person_within: Annotated[int, Field(ge=1, le=50)] = 3
    """Answers after which a caller who wants a person can have one, from every question; `ivr check` proves it."""
    off_hours: Literal["message", "words"] = "message"
    """What a request for a person ends in when nobody is there: a message or a callback, as `ivr check` proves;
    `words`: being told the hours may be all."""


@written
@dataclass(frozen=True, slots=True)
class Costs:
    """What a minute costs, in the hotline's currency."""

    person_minute: Annotated[float, Field(ge=0)]
    """Of an agent: wages, seat and all."""
    machine_minute: Annotated[float, Field(ge=0)] = 0.0
    """Of a call on the line: carrier, recogniser, server."""


@written
@dataclass(frozen=True, slots=True)
class Goals:
    """How `ivr goals` and `ivr rules` tell what is solved and what was needless."""

    solved_if_quiet_days: Annotated[int, Field(ge=1, le=90)] = 7
    """Days without another call for the same wish after which it counts as solved, where nobody has said."""
    short_talk_s: Annotated[float, Field(ge=0, le=600)] = 30.0
    """A talk shorter than that, for a wish the machine serves best, was needless."""


@written
@dataclass(frozen=True, slots=True)
class HotlineFile:
    """The hotline as a whole: its numbers, its languages, and where a call starts.

    hotline: bakery
    start: main
    languages: [en, zh]
    numbers: ["+12025550199"]
    fallback_number: "+12025550190"
    timezone: America/New_York
    hours: {open: {mon-fri: "07:00-18:00", sat: ["07:00-12:00", "14:00-16:00"]}, holidays: US}
    constants: {company: Main Street Bakery, most_cakes: 20}
    always:
      person: {key: "0", go: person}
      repeat: {key: "*"}
      back: {key: "9"}
      slower: {}
      no_hints: {key: "7"}
      hints_again: {}
    try_as: {"+12025550101": buys a cake every week, anonymous: hides the number}
    """

    hotline: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
    """Its name, in links and records."""
    start: FlowRef
    """The flow a call starts in."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    """What it speaks, each with its `words/*.yaml`; the first one until the caller's own is known."""
    numbers: tuple[str, ...] = ()
    """Numbers that reach this hotline; none: it answers whatever no other hotline claims."""
    fallback_number: str | None = None
    """Where callers go when the hotline is broken."""
    sms_from: str | None = None
    """The number text messages come from; the number called where left out."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    """Of amounts that name no other."""
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "US"
    """The country whose phone numbers are said without their country code, and whose money without its country."""
    timezone: str = "UTC"
    """In which times are told and hours are meant: `Europe/Berlin`."""
    hours: Hours | None = None
    """When somebody is there; where left out, always."""
    callback_hours: Hours | None = None
    """When callers may be called back, by our clock and by theirs: `{open: {daily: "09:00-20:00"}}` where left out, and
    never on the holidays of `hours:`."""
    constants: Mapping[Name, Any] = field(default_factory=dict)
    """Values that words and conditions of every flow may name."""
    connectors: Mapping[Name, Any] = field(default_factory=dict)
    """Where business data comes from; see Connectors."""
    profile: Profile | None = None
    """Who is calling, looked up before the first step."""
    remember: Literal["nothing", "same_day"] = "nothing"
    """`same_day`: what became of a caller's earlier calls of the day stands in `caller`: `calls_today`,
    `gave_up_today`, `broke_off`, `last_wish`. Kept for 36 hours, without words."""
    preferences: Preferences | None = None
    """How callers like to be served is kept: `preferences: {}` learns it from what they do. Where left out, nothing is
    known of it but what the profile brings as `prefers`."""
    predict: Mapping[str, Annotated[int, Field(ge=2, le=12)]] = field(default_factory=dict)
    """Intent → months in a row, on the same day of the month, after which it is expected again (R37)."""
    always: Mapping[AlwaysName, Always] = field(default_factory=dict)
    """What works at every question: `person`, `repeat`, `back`, `slower`, `faster`, `no_hints`, `hints_again`."""
    limits: Limits = field(default_factory=Limits)
    """Numbers that few hotlines need to change."""
    easy: Condition | None = None
    """Callers who are spoken to slowly and waited for longer: `caller.age and caller.age >= 65` (R55). A flow may keep
    `call.slowly` by a lookup, so that who asked for it once is known by the profile the next time."""
    ears: Literal["vosk", "carrier"] = "carrier"
    """Who hears callers that come through a carrier: its own recogniser, or ours (`vosk`) by a media stream."""
    costs: Costs | None = None
    """What people and the machine cost: `{person_minute: 0.80, machine_minute: 0.02}`. `ivr goals` tells by it what
    was saved; where left out, it says that it cannot."""
    goals: Goals = field(default_factory=Goals)
    """What counts as solved, and as needless."""
    filler_s: Seconds = 1.5
    """Seconds between two looks whether a slow lookup is through."""
    try_as: Mapping[str, Annotated[str, Field(min_length=1)]] = field(default_factory=dict)
    """Number → a few words; who callers can be tried as, for the browser phone and `ivr call`."""


@written
@dataclass(frozen=True, slots=True)
class FlowFile:
    """One flow, in a file of its name.

    flow: verify_pin
    start: ask_pin
    takes: [account]
    gives: [tries_left]
    steps:
      ask_pin:
        ask: your_pin
        expect: digits
        min_length: 4
        max_length: 4
        as: pin
        secret: true
        on: {ok: check_pin, nothing: return refused}
      check_pin:
        lookup: crm.check_pin
        with: {account: "{{ account }}", pin: "{{ pin }}"}
        on: {ok: keep_tries, none: return refused, failed: return refused}
      keep_tries:
        set: {tries_left: "{{ check_pin.tries_left }}"}
        next: return verified
    """

    flow: Name
    """Its name; the file is called the same."""
    start: StepRef
    """The first step."""
    steps: Mapping[Name, Any]
    """Step by name; each is of one kind, told by its first line."""
    takes: tuple[Name, ...] = ()
    """Names the caller of this sub-flow hands in by `with:`."""
    gives: tuple[Name, ...] = ()
    """Names that come back from it."""


@dataclass(frozen=True, slots=True)
class Flow:
    name: str
    start: str
    steps: Mapping[str, Kind]
    takes: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hotline:
    """All files of one hotline, read and checked; `version` is the hash of their contents."""

    version: str
    file: HotlineFile
    flows: Mapping[str, Flow]
    words: Mapping[str, Words]
    """Language → words."""
    intents: Mapping[str, Intent]
    handoff: HandoffFile
    queues: QueuesFile
    connectors: Mapping[str, Any]
    """Connector name → its declaration, a dataclass of the connectors room."""
    sounds: Mapping[str, float]
    """Path below `audio/` → length in seconds."""
    files: Mapping[str, bytes]
    """The sources, for calls that outlive this version on disk."""
    hours: Mapping[str, Any]
    """Queue name → its opening hours, ready to ask `is_open(at)`; the hotline's own under the empty name, and when
    callers may be called back under CALLBACK_HOURS."""
    hints: Mapping[str, Hint] = field(default_factory=dict)
    """What callers are told unasked, in the order in which it is tried."""
    offers: Mapping[str, Kind] = field(default_factory=dict)
    """The questions of handoff.yaml as steps that stand in no flow: `intent.upgrade` → an `offer`."""
    house: Mapping[str, Flow] = field(default_factory=dict)
    """Flows that stand in no file."""

    @property
    def name(self) -> str:
        return self.file.hotline

    def best_way(self, intent: str) -> ServiceWay | None:
        """Who serves an intent best: its own `way:`, else the way of its service type (R3, R4)."""
        known = self.intents.get(intent)
        if known is None:
            return None
        return known.way or self.handoff.ways.get(known.type) or BEST_WAY[known.type]

    def boundary(self, point: str, name: str, because: Boundary | None) -> Boundary | None:
        """At which boundary of the caller's way a rule of `intent:` or `mood:` stands, by what is written or by what
        its intent tells; None at none (R29)."""
        if because is not None or point == "mood":
            return because or "mood"
        intent = self.intents.get(name)
        return next(iter(of_intent(intent, self.best_way(name))), None) if intent is not None else None

    def for_people(self) -> tuple[str, ...]:
        """Intents that lead to a person from every question: the wish for one, and what a person serves best (R4).
        A complaint is not among them: it moves only after it was asked about (R31)."""
        return tuple(
            name
            for name, intent in self.intents.items()
            if name == "person" or (intent.type != "complaint" and self.best_way(name) in BY_PEOPLE)
        )

    @property
    def language(self) -> str:
        """The first of `languages`: what is spoken until the caller's own is known."""
        return self.file.languages[0]
