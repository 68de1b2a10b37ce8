"""Who answers: `queues.yaml`.

queues:
  general: {}
  vip: {ring_s: 15, familiar_s: 30, hours: {open: {daily: "00:00-24:00"}}, tells: wait, alarm_after_s: 120}
  technical:
    skills: {lines: 2}
    assign: ability
    limit: 50
    overflow:
      - {to: general, after_s: 120}
      - {to: general, only_if: closed}
  complaints: {reserve: {seats: 1}, assign: even_load, callback: {first: caller, tries: 2, every_s: 3600}}
agents:
  amy: {phone: "+12025550111", queues: [general, vip, complaints], grade: 4}
  ben: {phone: "+12025550112", queues: [general, technical], skills: {lines: 3, fibre: 1}, languages: [en]}
classes:
  - {id: outage, when: "caller.kind == 'company' and call.intent == 'fault'", urgent: true}
  - {id: gold, when: "caller.tier == 'gold'", rate: 2}
head_starts:
  - {id: elder, when: "caller.age and caller.age >= 65", seconds: 60}
needs:
  - {id: broken_line, intent: fault, skills: {lines: 1}}
preferred:
  - {id: seniors, when: "caller.kind == 'company'", grade: 3, for_s: 40}
never:
  - {id: bens_ex_landlord, when: "caller.number == '+12025550177'", agents: [ben]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from ivr.flow.callback_rules import CallbackRules
from ivr.flow.caller_rules import CallerClass, HeadStart, Needed, Never, Preferred
from ivr.flow.edge import written
from ivr.flow.refs import QueueRef, SoundRef, WordsRef
from ivr.flow.skills import Grade, Skills

HOLD = SoundRef("hold.wav")
IN_LINE = WordsRef("you_are_in_line")
MAY_WAIT = WordsRef("you_may_wait")
HOLD_ON = WordsRef("please_hold")
Key = Annotated[str, Field(pattern=r"^[0-9*#]$")]
Seconds = Annotated[float, Field(ge=0, le=86_400)]
MOST_STEPS = 5


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
class Overflow:
    """Another queue's agents take callers too, at the place they have. Only that queue's own skills count."""

    to: QueueRef
    """The queue that helps out."""
    after_s: Seconds = 0
    """From so many seconds in line on."""
    only_if: Literal["closed", "all_busy", "all_out"] | None = None
    """`closed`: this queue is, at this hour, and the caller waits in the other one from the start. `all_busy`: none of
    its agents who could serve the caller is free. `all_out`: none of them is signed in, or all pause."""

    def __post_init__(self) -> None:
        if self.only_if == "closed" and self.after_s:
            raise ValueError("`only_if: closed` holds from the start; leave `after_s:` out")


@written
@dataclass(frozen=True, slots=True)
class Reserve:
    """Free agents who are kept, so that others cannot use them up."""

    seats: Annotated[int, Field(ge=1, le=1000)]
    """So many: all others get one of this queue's agents only while more than these are free."""
    for_: Annotated[tuple[str, ...], Field(alias="for")] = ()
    """For callers of these classes, and for all who wait in these queues; for those of this queue where left out."""


@written
@dataclass(frozen=True, slots=True)
class Queue:
    """One line of waiting callers, and how it treats them."""

    label: Mapping[str, str] = field(default_factory=dict)
    """How it is called per language, to agents and callers: `{en: our technicians, zh: 技术支持}`; its name where left
    out."""
    hours: Hours | None = None
    """Where left out: the hotline's own hours."""
    limit: Annotated[int, Field(ge=0, le=100_000)] = 1000
    """Callers who may wait at once; the next one takes the `full` way."""
    skills: Skills = ()
    """An agent must have all of them: `[lines]`, or with the least level `{lines: 2}`."""
    assign: Literal["longest_idle", "even_load", "ability"] = "longest_idle"
    """Who of the able agents is rung: the one free for longest, the one with the fewest calls, or the most able
    one: by the levels of the skills that are needed, then by grade (R67, R69)."""
    familiar_s: Annotated[float, Field(ge=0, le=3600)] = 0
    """So long only the agent of `caller.last_agent` is rung, if there and able (R68)."""
    overflow: Annotated[tuple[Overflow, ...], Field(max_length=MOST_STEPS)] = ()
    """Queues that help out, step by step; of several steps to one queue the one that holds first counts."""
    reserve: Reserve | None = None
    """Agents kept free for callers of this queue."""
    most_head_start_s: Seconds | None = None
    """Where head starts end, all of them together."""
    music: SoundRef = HOLD
    """Played while a caller waits; a file below `audio/`."""
    tells: Literal["position", "wait", "nothing"] = "position"
    """What a caller is told on joining and with every round of the music: how many stand before (`you_are_in_line`),
    how long it may take, as a range and only where that is known (`you_may_wait`), or neither (`please_hold`)."""
    waiting: WordsRef = IN_LINE
    """Other words for that; they know `place.position`, `place.size` and, with `tells: wait`, `place.wait`."""
    comfort: tuple[WordsRef, ...] = ()
    """Words for those who wait for long, one after another, over again."""
    comfort_every_s: Annotated[float, Field(ge=20, le=3600)] = 120
    """Seconds in line between two of them."""
    alarm_after_s: Annotated[float, Field(ge=10, le=86_400)] | None = None
    """From so many seconds in line on a wait is an alarm: in the record, in the log and among the metrics (R73)."""
    callback: CallbackRules = field(default_factory=CallbackRules)
    """How this queue calls back."""
    ring_s: Annotated[int, Field(ge=5, le=120)] = 20
    """Seconds an agent's phone rings before the next one is tried."""
    rings_before_out: Annotated[int, Field(ge=1, le=100)] = 3
    """Calls in a row an agent may miss before he is taken out, until signing in again."""
    wrap_up_s: Seconds = 15
    """Seconds an agent has for notes after each call."""
    agents_close: bool = False
    """Agents on a telephone are asked how a talk ended when the caller has hung up: 1 solved, 2 not solved, 3 solved
    and sold. By the desk and by `ivr agents close` it can be said of any talk."""

    @property
    def words(self) -> WordsRef:
        """What a caller in line is told."""
        usual = {"position": IN_LINE, "wait": MAY_WAIT, "nothing": HOLD_ON}
        return self.waiting if self.waiting != IN_LINE else usual[self.tells]


def spoken(queues: Mapping[str, Queue], name: str, language: str) -> str:
    """How a queue is called in a language; one that this version does not know is called by its name."""
    known = queues.get(name)
    return (known.label.get(language) if known else None) or name.replace("_", " ")


@written
@dataclass(frozen=True, slots=True)
class AgentSpec:
    """A person who takes calls, one at a time."""

    phone: str
    """Rung by the carrier: E.164, `client:…` or `sip:…`."""
    queues: Annotated[tuple[QueueRef, ...], Field(min_length=1)]
    """The queues this agent answers."""
    skills: Skills = ()
    """What this agent can do, from 1 (knows it) to 10: `{lines: 3}`, or a list of what is known."""
    grade: Grade = 1
    """Experience: 1 is new, 5 a senior (R56)."""
    languages: tuple[str, ...] = ()
    """What this agent speaks; where left out, all of the hotline's."""


@written
@dataclass(frozen=True, slots=True)
class QueuesFile:
    """The lines callers wait in, and the people who take calls."""

    queues: Mapping[str, Queue] = field(default_factory=dict)
    """Queue by name."""
    agents: Mapping[str, AgentSpec] = field(default_factory=dict)
    """Agent by name."""
    classes: tuple[CallerClass, ...] = ()
    """Whose waiting counts how; the first one that fits."""
    head_starts: tuple[HeadStart, ...] = ()
    """Who comes before others who have waited as long."""
    needs: tuple[Needed, ...] = ()
    """Skills that wishes ask for."""
    preferred: tuple[Preferred, ...] = ()
    """Agents who are tried first, rule after rule; of the rules that fit a caller the first three."""
    never: tuple[Never, ...] = ()
    """Callers and agents who are not to meet."""
