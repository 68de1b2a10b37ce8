"""The checked hotline: everything a call needs, in one value that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

from ivr.flow.edge import written
from ivr.flow.expressions import Condition, Value
from ivr.flow.handoff import HandoffFile
from ivr.flow.intents import Intent
from ivr.flow.kinds import Kind
from ivr.flow.queues import Hours, Key, QueuesFile, Seconds
from ivr.flow.refs import FlowRef, LookupRef, PlaceRef, StepRef
from ivr.flow.words import Words

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


@written
@dataclass(frozen=True, slots=True)
class Always:
    """What works at every prompt. The phrases that mean it stand in the words `always`, under `choices`."""

    key: Key | None = None
    go: PlaceRef | None = None
    """Where `person` leads; `repeat` and `back` lead nowhere else."""


AlwaysName = Literal["person", "repeat", "back", "slower"]


@written
@dataclass(frozen=True, slots=True)
class Profile:
    """Who is calling: asked before the first step, never longer than a turn may wait."""

    lookup: LookupRef
    with_: Annotated[Mapping[str, Value], Field(alias="with")] = field(default_factory=dict)
    history: LookupRef | None = None
    """Earlier contacts as a list of `{at: date, intent: text}`; three months in a row make `caller.expects`."""
    history_with: Mapping[str, Value] = field(default_factory=dict)


@written
@dataclass(frozen=True, slots=True)
class Limits:
    """Where a call that goes wrong is ended with an apology and a transfer."""

    steps: Annotated[int, Field(ge=10, le=10_000)] = 100
    """Steps without an answer from the caller."""
    call_s: Annotated[float, Field(ge=60, le=86_400)] = 7200
    """The longest call, waiting included."""
    sure: Annotated[float, Field(ge=0, le=1)] = 0.6
    """Confidence from which an intent is taken at its word."""
    unsure: Annotated[float, Field(ge=0, le=1)] = 0.35
    """Confidence from which "did you mean …" is asked; below, it was not understood."""
    turn_s: Annotated[float, Field(ge=0.1, le=8)] = 2.0
    """What a lookup may take before the caller hears a filler."""


@written
@dataclass(frozen=True, slots=True)
class HotlineFile:
    """`hotline.yaml` as written."""

    hotline: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]
    start: FlowRef
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    numbers: tuple[str, ...] = ()
    """Numbers that reach this hotline; none: it answers whatever no other hotline claims."""
    fallback_number: str | None = None
    """Where callers go when the hotline is broken."""
    sms_from: str | None = None
    """The number text messages come from; the number called where left out."""
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "USD"
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "US"
    timezone: str = "UTC"
    hours: Hours | None = None
    """Where left out: always open."""
    constants: Mapping[Name, Any] = field(default_factory=dict)
    connectors: Mapping[Name, Any] = field(default_factory=dict)
    profile: Profile | None = None
    predict: Mapping[str, Annotated[int, Field(ge=2, le=12)]] = field(default_factory=dict)
    """Intent → months in a row, on the same day of the month, after which it is expected again (R37)."""
    always: Mapping[AlwaysName, Always] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    easy: Condition | None = None
    """Callers who are spoken to slowly and waited for longer: `caller.age and caller.age >= 65` (R55)."""
    filler_s: Seconds = 1.5
    """Pause between two looks at a slow lookup."""


@written
@dataclass(frozen=True, slots=True)
class FlowFile:
    """A flow as written; its steps are read by their kinds."""

    flow: Name
    start: StepRef
    steps: Mapping[Name, Any]
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
    """Queue name → its opening hours, ready to ask `is_open(at)`; the hotline's own under the empty name."""

    @property
    def name(self) -> str:
        return self.file.hotline

    @property
    def language(self) -> str:
        """The first of `languages`: what is spoken until the caller's own is known."""
        return self.file.languages[0]
