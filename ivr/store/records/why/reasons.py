"""What is known of the reasons of one call. Times are seconds since 1970; None: not recorded."""

from __future__ import annotations

from typing import Any, Literal

import msgspec


class Consent(msgspec.Struct, frozen=True):
    """What the caller said to being asked."""

    at: float
    """When."""
    answer: Literal["yes", "no", "nothing", "not recorded"]
    """`nothing`: silence, or no clear answer."""
    heard: str
    """The words, or `key`."""


class Decided(msgspec.Struct, frozen=True):
    """A rule of handoff.yaml that fitted the caller, or the choice of a line on request."""

    at: float
    """When."""
    point: str
    """entry, intent, mood or request; `step` where a flow offers a person by itself."""
    rule: str
    """Its name in handoff.yaml; `no_rule`, `second_request` and `default` where none decided."""
    result: str
    """direct or ask; what kept the rule from being applied: offers_when, closed, busy or no_number; on request what
    came before the line, `ask` where another form was offered, or `line`."""
    queue: str
    """Whose people."""
    line_rule: str
    """On request: the rule that named the queue."""
    inputs: dict[str, Any]
    """What the decision was made on."""
    consent: Consent | None
    """Where the caller was asked and has answered."""
    told: str
    """The same in a sentence."""


class Joined(msgspec.Struct, frozen=True):
    """A place in line, and what it counted for."""

    at: float
    """When it was taken, or when it began to count otherwise."""
    queue: str
    """Of which queue."""
    position: int | None
    """At which place, from 1."""
    size: int | None
    """Of how many."""
    head_starts: dict[str, float]
    """Seconds that count as waited, by the rule that gave them."""
    caller_class: str
    """Of `classes:` of queues.yaml; empty: none."""
    rate: float
    """What a second of waiting counts."""
    urgent: bool
    """Before all others."""
    told: str
    """The same in a sentence."""


class Score(msgspec.Struct, frozen=True):
    """What stood behind the choice of this caller and this agent."""

    waited_s: float
    """So long the caller had waited."""
    rate: float
    """What each second counted."""
    head_start_s: float
    """What head starts counted, all together."""
    head_starts: dict[str, float]
    """What they are made of, by rule."""
    total_s: float
    """The sum, by which callers are compared."""
    urgent: bool
    """Before all others, whatever the sum."""
    group: str
    """Whose turn it was: queue, familiar, overflow, or a rule of `preferred:`."""
    assign: str
    """How the queue picks among able agents: longest_idle, even_load or ability."""
    idle_s: float
    """How long the agent had been free."""
    load: int
    """How many calls the agent had had."""
    fit: int
    """The agent's ability for this caller."""
    next_call: str
    """Whom the agent would have had else; empty: nobody."""
    next_score_s: float
    """What that caller's sum was."""
    next_agent: str
    """Who would have had the caller else; empty: nobody."""


class Rung(msgspec.Struct, frozen=True):
    """An agent whose phone rang for the caller."""

    at: float
    """When."""
    agent: str
    """Who."""
    queue: str
    """In which queue the caller waited."""
    times: int | None
    """Which ring it was for this caller, from 1."""
    score: Score | None
    """Why it was this caller and this agent."""
    became: Literal["taken", "missed", "open"]
    """`open`: it rings, or what became of it is not recorded."""
    why_missed: str
    """Of a missed one."""
    told: list[str]
    """The same in sentences."""


class Passed(msgspec.Struct, frozen=True):
    """Another caller was preferred to this one, who came second."""

    at: float
    """When."""
    call: str
    """Who was preferred."""
    agent: str
    """Who was rung for that caller."""
    score_s: float
    """What the other caller's sum was."""
    own_score_s: float
    """What this caller's sum was."""
    told: str
    """The same in a sentence."""


class Connected(msgspec.Struct, frozen=True):
    """The caller met an agent."""

    at: float
    """When."""
    agent: str
    """Whom."""
    queue: str
    """In which queue."""
    waited_s: float | None
    """In line."""
    told: str
    """The same in a sentence."""


class LeftLine(msgspec.Struct, frozen=True):
    """The caller left the line without an agent."""

    at: float
    """When."""
    queue: str
    """Which line."""
    why: str
    """hangup, answered, silent, or the way that was taken: callback, voicemail …"""
    waited_s: float | None
    """In line."""
    told: str
    """The same in a sentence."""


class Also(msgspec.Struct, frozen=True):
    """What else people did with the caller."""

    at: float
    """When."""
    kind: Literal["transferred", "expert_asked", "expert_joined", "callback", "dialled", "alarm", "led"]
    """What: sent on by an agent, somebody asked or come into the talk, a call back promised or tried, a wait longer
    than the queue's alarm, led to another way than this line."""
    told: str
    """The same in a sentence."""


class Hinted(msgspec.Struct, frozen=True):
    """A hint of hints.yaml that fitted the caller, and what came of it."""

    at: float
    """When."""
    rule: str
    """Its name there; of a refusal the last hint that was told before it, or empty."""
    result: str
    """told; what kept it back: unknown, refused, complaint, another, not_for, taken, often or lately; accepted, where
    the caller did what it had told of; hints_refused, hints_wanted."""
    place: str
    """Where in the flows: what stands behind `hint:`."""
    inputs: dict[str, Any]
    """What its `when:` has read."""
    told: str
    """The same in a sentence."""


class CallReasons(msgspec.Struct, frozen=True):
    """Why a call went where it went, in the order of its record."""

    hotline: str
    """Whose call."""
    call: str
    """Its name."""
    running: bool
    """It has not ended: more may come."""
    started_at: float | None
    """When it began."""
    ended: str
    """How it ended, in one word; empty while it runs."""
    decided: list[Decided]
    """Rules that fitted, applied or not, and what each was decided on."""
    joined: list[Joined]
    """Places in line."""
    rung: list[Rung]
    """Agents who were rung."""
    passed: list[Passed]
    """Callers for whom an agent was rung whom this caller would have had else."""
    connected: list[Connected]
    """Agents whom the caller met."""
    left: list[LeftLine]
    """Lines left without an agent."""
    also: list[Also]
    """Transfers, experts, callbacks, alarms."""
    hinted: list[Hinted]
    """What the caller was told unasked, what was kept back, and what he made of it."""
    missing: list[str]
    """What should stand in the record and does not, in sentences."""
