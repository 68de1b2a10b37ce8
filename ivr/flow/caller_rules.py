"""Rules of queues.yaml about callers: who counts for what in line, and which agents are theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ivr.flow.edge import written
from ivr.flow.expressions import Condition, Value
from ivr.flow.handoff import ALWAYS, RuleId
from ivr.flow.refs import IntentRef, QueueRef
from ivr.flow.skills import Grade, Skills

HeadSeconds = Annotated[float, Field(ge=0, le=7200)]


@written
@dataclass(frozen=True, slots=True)
class HeadStart:
    """Seconds added to the time a caller has waited; all that hold are summed up."""

    id: str
    """Its name in the records."""
    when: Condition
    """For whom."""
    seconds: HeadSeconds
    """How much longer the caller counts as having waited."""
    times: Value | None = None
    """How many times it counts, as `"{{ caller.complaints }}"`: callers who come again rise with each time (R63)."""


@written
@dataclass(frozen=True, slots=True)
class CallerClass:
    """How a caller's waiting counts. The first class that fits is the caller's; who fits none counts as one."""

    id: RuleId
    """Its name, in the records and under `reserve:`."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""
    urgent: bool = False
    """Comes before all callers who are not (R65)."""
    rate: Annotated[float, Field(ge=0.1, le=10)] = 1.0
    """How many seconds one second of waiting counts: with 2 a caller passes those who came before, in time."""


@written
@dataclass(frozen=True, slots=True)
class Needed:
    """Skills a caller's wish asks for, besides those of the queue. All rules that fit count; the higher level wins."""

    id: RuleId
    """Its name in the records."""
    skills: Skills
    """Skill and least level: `{fibre: 2}`, or a list."""
    queue: QueueRef | None = None
    """In this queue; in every queue where left out."""
    intent: IntentRef | None = None
    """For callers who want this."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""


@written
@dataclass(frozen=True, slots=True)
class Preferred:
    """Agents who are tried before the rest of the queue, for so long; nobody waits for agents who are not there."""

    id: RuleId
    """Its name in the records."""
    for_s: Annotated[float, Field(ge=1, le=3600)]
    """So long only they are rung."""
    agent: Value | None = None
    """One agent: a name, or `"{{ caller.agent }}"` (R54)."""
    skills: Skills = ()
    """Agents with these skills: recommended by what the caller said (R72)."""
    grade: Grade | None = None
    """Agents of this grade and above (R56)."""
    intent: IntentRef | None = None
    """For callers who want this."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""

    def __post_init__(self) -> None:
        if self.agent is None and not self.skills and self.grade is None:
            raise ValueError("say which agents come first: `agent:`, `skills:` or `grade:`")
        if self.agent is not None and (self.skills or self.grade is not None):
            raise ValueError("`agent:` names one agent; `skills:` and `grade:` cannot stand beside it")


@written
@dataclass(frozen=True, slots=True)
class Never:
    """Agents who are not to have a caller."""

    id: RuleId
    """Its name in the records."""
    agents: Annotated[tuple[Value, ...], Field(min_length=1)]
    """Who: names, or `"{{ caller.complained_about }}"`."""
    when: Condition
    """Whom: `caller.number == '+12025550100'`."""
