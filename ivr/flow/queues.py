"""Who answers: `queues.yaml`.

queues:
  general: {}
  vip: {ring_s: 15, hours: {open: {daily: "00:00-24:00"}}}
  technical: {skills: [lines], limit: 50}
agents:
  amy: {phone: "+12025550111", queues: [general, vip], label: Amy}
  ben: {phone: "+12025550112", queues: [general, technical], skills: [lines], languages: [en]}
head_starts:
  - {id: gold, when: "caller.tier == 'gold'", seconds: 120}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from ivr.flow.edge import written
from ivr.flow.expressions import Condition
from ivr.flow.refs import QueueRef, SoundRef, WordsRef

HOLD = SoundRef("hold.wav")
IN_LINE = WordsRef("you_are_in_line")
Key = Annotated[str, Field(pattern=r"^[0-9*#]$")]
Seconds = Annotated[float, Field(ge=0, le=86_400)]


@written
@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there."""

    timezone: str | None = None
    """Where the hours are meant; the hotline's own where left out."""
    open: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    """`mon-fri: 08:00-18:00`, several spans as a list; `22:00-06:00` runs past midnight."""
    holidays: str | None = None
    """A country, or a country and its part, whose public holidays are closed: `US`, `US-NY`."""
    closed: tuple[str, ...] = ()
    """Single days: `2026-12-24`."""


@written
@dataclass(frozen=True, slots=True)
class Queue:
    """One line of waiting callers, and how it treats them."""

    hours: Hours | None = None
    """Where left out: the hotline's own hours."""
    limit: Annotated[int, Field(ge=0, le=100_000)] = 1000
    """Callers who may wait at once; the next one takes the `full` way."""
    skills: tuple[str, ...] = ()
    """An agent must have all of them."""
    music: SoundRef = HOLD
    """Played while a caller waits; a file below `audio/`."""
    waiting: WordsRef = IN_LINE
    """Said on joining and with every position news; knows `place.position` and `place.size`."""
    ring_s: Annotated[int, Field(ge=5, le=120)] = 20
    """Seconds an agent's phone rings before the next one is tried."""
    wrap_up_s: Seconds = 15
    """Seconds an agent has for notes after each call."""


@written
@dataclass(frozen=True, slots=True)
class AgentSpec:
    """A person who takes calls."""

    phone: str
    """Rung by the carrier: E.164, `client:…` or `sip:…`."""
    queues: Annotated[tuple[QueueRef, ...], Field(min_length=1)]
    """The queues this agent answers."""
    skills: tuple[str, ...] = ()
    """What this agent can do; a queue may want it."""
    languages: tuple[str, ...] = ()
    """What this agent speaks; where left out, all of the hotline's."""
    label: str | None = None
    """The name the records show; the key where left out."""


@written
@dataclass(frozen=True, slots=True)
class HeadStart:
    """Seconds added to the time a caller has waited; all that hold are summed up."""

    id: str
    """Its name in the records."""
    when: Condition
    """For whom."""
    seconds: Annotated[float, Field(ge=0, le=7200)]
    """How much longer the caller counts as having waited."""


@written
@dataclass(frozen=True, slots=True)
class QueuesFile:
    """The lines callers wait in, and the people who take calls."""

    queues: Mapping[str, Queue] = field(default_factory=dict)
    """Queue by name."""
    agents: Mapping[str, AgentSpec] = field(default_factory=dict)
    """Agent by name."""
    head_starts: tuple[HeadStart, ...] = ()
    """Who comes before others who have waited as long."""
