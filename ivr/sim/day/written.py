"""What a day is made of: `days/*.yaml` of a hotline, written by its designers.

about: an ordinary Monday
seed: 7
date: 2026-11-23
calls: {many: 500, rate: {"07:00": 10, "10:00": 70, "12:00": 40, "18:00": 15}, until: "20:00"}
who:
  regulars:
    weight: 3
    like: ["+12025550101"]
    wants: {balance: 4, fault: 1, person: 1}
    patience_s: {median: 150}
agents:
  front: {like: amy, count: 8, shift: "07:00-15:00", pauses: ["11:00-11:30"]}
talks: {any: {median: 180}, fault: {median: 300}}
expect: {abandoned_at_most: 0.05, service_level: {at_least: 0.8, within_s: 60}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from ivr.flow.edge import written
from ivr.sim.day.chance import Lasting, Seconds

Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, le=1_000_000)]
Weights = Mapping[str, Weight]
Clock = Annotated[str, Field(pattern=r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]
Span = Annotated[str, Field(pattern=r"^([01]?[0-9]|2[0-3]):[0-5][0-9]-(([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)$")]

AT_ONCE = Lasting(always=0)
SOON_S = Lasting(from_=2, to=6)
FIVE_MINUTES = Lasting(always=300)
ANY = "any"
Closed = Literal["solved", "not_solved", "converted", "nothing"]


@written
@dataclass(frozen=True, slots=True)
class Calls:
    """When they call."""

    rate: Annotated[Mapping[Clock, Weight], Field(min_length=1)]
    """Time → callers an hour from then on, until the next time. Callers come by chance, as in life."""
    until: Clock
    """When the last one may come."""
    many: Annotated[int | None, Field(ge=1, le=100_000)] = None
    """Just so many callers; `rate:` then only says when more of them come, and when fewer."""

    def __post_init__(self) -> None:
        times = [*map(seconds_of, self.rate), seconds_of(self.until)]
        if times != sorted(set(times)):
            raise ValueError("the times of `rate:` and `until:` must follow one another")
        if not any(self.rate.values()):
            raise ValueError("nobody calls: every `rate:` is 0")


@written
@dataclass(frozen=True, slots=True)
class Leaving:
    """Leaving the line by one of its keys."""

    share: Share
    """How many of these callers do so when they wait for so long."""
    after_s: Lasting = AT_ONCE
    """How long they wait first."""


@written
@dataclass(frozen=True, slots=True)
class Again:
    """Calling again after giving up in line."""

    share: Share
    after_s: Lasting
    at_most: Annotated[int, Field(ge=1, le=10)] = 1
    """How often."""


@written
@dataclass(frozen=True, slots=True)
class Who:
    """One kind of caller."""

    wants: Annotated[Weights, Field(min_length=1)]
    """What they call for: intent → weight."""
    patience_s: Lasting
    """Seconds in line after which they hang up."""
    weight: Weight = 1
    """How many of all callers are of this kind, compared with the others."""
    like: tuple[str, ...] = ()
    """Numbers of people whom the company knows; each of these callers has a number of his own and the data of one of
    them. Nobody: the company does not know them."""
    keys: Share = 0.5
    """How many press keys where they can; the others speak."""
    says: Mapping[str, Annotated[tuple[str, ...], Field(min_length=1)]] = field(default_factory=dict)
    """Intent → how they say it; the examples of intents.yaml where left out."""
    language: str | None = None
    """What they speak; the hotline's first language where left out."""
    takes_offers: Share = 0.7
    """How many say yes when they are asked whether to be connected to a person."""
    answers: Mapping[str, Weights] = field(default_factory=dict)
    """What they answer to a question, by the name of its words: answer → weight, such as
    `anything_else: {done: 8, more: 1, nothing: 1}`. An offer named here does not go by `takes_offers`."""
    leaves: Mapping[str, Leaving] = field(default_factory=dict)
    """Ways out of the line that they take while waiting, such as `call_back: {share: 0.3, after_s: {mean: 60}}`."""
    answers_callbacks: Share = 0.85
    """How many are there, each time they are rung back."""
    calls_again: Again | None = None
    """What who gave up in line does later in the day."""
    ratings: Weights = field(default_factory=dict)
    """Score → weight; none: they hang up when they are asked for a rating."""


@written
@dataclass(frozen=True, slots=True)
class Staff:
    """An agent's day, or that of several alike."""

    shift: Span
    """When he is there."""
    like: str | None = None
    """An agent of queues.yaml whose queues and skills these have; where left out, the agent of this very name."""
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    """So many; they are called NAME, or NAME_1, NAME_2 … where they are several."""
    pauses: tuple[Span, ...] = ()
    """Away in between."""
    stagger_s: Seconds = 0
    """Each of several has shift and pauses so much later than the one before."""
    misses: Share = 0.0
    """How many rings nobody answers."""
    answers_in_s: Lasting = SOON_S
    """From the first ring to the key that takes the call."""
    back_in_s: Lasting = FIVE_MINUTES
    """When somebody who was taken out for not answering signs in again."""
    talks: Annotated[float, Field(gt=0, le=10)] = 1.0
    """How long his talks take, compared with others': 1.2 is slower."""


@written
@dataclass(frozen=True, slots=True)
class Level:
    """How many are to be answered how soon."""

    at_least: Share
    within_s: Seconds


@written
@dataclass(frozen=True, slots=True)
class Wanted:
    """What a line must come to; of those who came into it, without those who left for a callback or a message."""

    service_level: Level | None = None
    abandoned_at_most: Share | None = None
    """Share of callers who hung up in line."""
    wait_95_at_most_s: Seconds | None = None
    """19 of 20 who reached an agent waited no longer."""


@written
@dataclass(frozen=True, slots=True)
class Expect(Wanted):
    """What must come out. That nobody is lost, that every complaint moved with a yes and the like is always checked."""

    by_machine_at_least: Share | None = None
    """Share of all calls that had their answer without a person."""
    occupancy_at_most: Share | None = None
    """Of the time the agents are there, how much they ring, talk and write up."""
    queues: Mapping[str, Wanted] = field(default_factory=dict)
    """The same of single queues."""


@written
@dataclass(frozen=True, slots=True)
class Day:
    """A whole day of a hotline."""

    calls: Calls
    who: Annotated[Mapping[str, Who], Field(min_length=1)]
    """Kinds of callers, by name."""
    agents: Mapping[str, Staff]
    """Who answers; agents of queues.yaml who are not named here are not there."""
    talks: Mapping[str, Lasting]
    """How long a talk takes, by what the caller called for; `any` for all else."""
    closes: Mapping[str, Mapping[Closed, Weight]] = field(default_factory=dict)
    """How agents close their talks, by what the caller called for, `any` for all else: `{any: {solved: 8, nothing: 2},
    plans: {converted: 2, solved: 6}}`. Where left out they say nothing of it."""
    about: str = ""
    """What it shows, in a sentence."""
    seed: int = 1
    """The same seed is the same day."""
    date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] = "2026-11-23"
    """In the hotline's own time zone."""
    within_s: Seconds = 20
    """For the column that says how many were answered how soon."""
    expect: Expect = field(default_factory=Expect)

    def __post_init__(self) -> None:
        date.fromisoformat(self.date)
        if ANY not in self.talks:
            raise ValueError("`talks:` must say how long `any:` talk takes")
        if not any(kind.weight for kind in self.who.values()):
            raise ValueError("nobody calls: every `weight:` of `who:` is 0")


def seconds_of(clock: str) -> float:
    """`08:30` as seconds since midnight."""
    hours, _, minutes = clock.partition(":")
    return int(hours) * 3600.0 + int(minutes) * 60.0


def span_of(span: str) -> tuple[float, float]:
    """`08:00-16:00` as seconds since midnight; one that ends before it begins runs past midnight."""
    begins, _, ends = span.partition("-")
    first, last = seconds_of(begins), seconds_of(ends)
    return first, last if last > first else last + 86_400.0


def time_of(seconds: float) -> time:
    whole = int(seconds) % 86_400
    return time(whole // 3600, whole % 3600 // 60, whole % 60)
