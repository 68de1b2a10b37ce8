"""When and where a caller is moved to a person: `handoff.yaml`.

request:            # somebody asks for a person; the first rule that fits is used
  - {id: answer_first, when: "caller.expects == 'balance'", first: tell_balance}
line:               # which queue a request joins
  - {id: gold, when: "caller.tier == 'gold'", queue: vip}
  - {id: rest, queue: general}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from ivr.flow.edge import written
from ivr.flow.expressions import Condition
from ivr.flow.intents import ServiceType, Way
from ivr.flow.refs import FlowRef, QueueRef

ALWAYS = Condition("true")
RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


@written
@dataclass(frozen=True, slots=True)
class RequestRule:
    """What comes before the line when a caller asks for a person.

    The place in line is taken before `first` and kept after it. The second request passes over every rule.
    """

    id: RuleId
    """Its name in the records."""
    first: FlowRef
    """A flow that answers or offers something; when it is through, the caller goes on in line."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""
    at_most: Annotated[int, Field(ge=0, le=1)] = 1
    """How often in a call: 0 switches the rule off, 1 is the most anyone is held back."""


@written
@dataclass(frozen=True, slots=True)
class LineRule:
    """Which queue takes the caller."""

    id: RuleId
    """Its name in the records."""
    queue: QueueRef
    """Where the caller waits."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""


@written
@dataclass(frozen=True, slots=True)
class HandoffFile:
    """What `queue: by_rules` goes by. Of each list, the first rule that fits is used."""

    request: tuple[RequestRule, ...] = ()
    """What comes before the line."""
    line: tuple[LineRule, ...] = ()
    """Which queue it is; the first queue of queues.yaml where none fits."""
    ways: Mapping[ServiceType, Way] = field(default_factory=dict)
    """The best way per service type, where it differs from the built-in table (R3)."""
