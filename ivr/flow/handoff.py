"""When and where a caller is moved to a person: `handoff.yaml`.

entry:              # once, before the first step; the first rule that fits is used
  - {id: campaign, when: "'campaign' in caller.tags", move: direct, queue: sales}
  - {id: gold, when: "caller.tier == 'gold'", move: ask, offer: may_i_connect_you, queue: vip, only_if: idle}
intent:             # whenever this is understood
  upgrade: {move: ask, offer: shall_sales_help, queue: sales, only_if: idle}
mood:               # whenever the caller is so: by these phrases, or as a recogniser tells
  upset: {move: ask, offer: may_a_person_help, queue: complaints, phrases: {en: [ridiculous, fed up]}}
offers_when: "people.general.wait_s < 300"
request:            # somebody asks for a person; the first rule that fits is used
  - {id: answer_first, when: "caller.expects == 'balance'", first: tell_balance}
  - {id: crowded, when: "people.general.wait_s > 600", first: offer_callback}
line:               # which queue a request joins
  - {id: gold, when: "caller.tier == 'gold'", queue: vip}
  - {id: rest, queue: general}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from ivr.flow.edge import written
from ivr.flow.expressions import Condition
from ivr.flow.intents import ServiceType, ServiceWay
from ivr.flow.refs import FlowRef, IntentRef, QueueRef, WordsRef

ALWAYS = Condition("true")
RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
OnlyIf = Literal["always", "open", "idle"]


@written
@dataclass(frozen=True, slots=True)
class EntryRule:
    """Who is led to a person as soon as the call comes in."""

    id: RuleId
    """Its name in the records."""
    queue: QueueRef
    """Whose people."""
    move: Literal["direct", "ask"]
    """`direct` connects without a question, for callers known by a tag or by their age; `ask` asks first, and no is no
    worse a call."""
    offer: WordsRef | None = None
    """The question of `ask`, by its name in `words/*.yaml`."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""
    only_if: OnlyIf = "open"
    """`open`: while the queue is open. `idle`: while somebody of it is free, too. `always`: at any hour."""

    def __post_init__(self) -> None:
        if (self.move == "ask") != (self.offer is not None):
            raise ValueError("`move: ask` needs `offer:`, the words of its question; `move: direct` asks nothing")


@written
@dataclass(frozen=True, slots=True)
class DialogueRule:
    """Who is offered a person in the middle of a talk. Nobody is moved then without a yes."""

    queue: QueueRef
    """Whose people."""
    offer: WordsRef
    """The question, by its name in `words/*.yaml`."""
    move: Literal["ask"] = "ask"
    """Always `ask`."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""
    only_if: OnlyIf = "idle"
    """`idle`: while somebody of the queue is free (R17). `open`: while it is open. `always`: at any hour."""
    at_most: Annotated[int, Field(ge=0, le=3)] = 1
    """How often in a call; 0 switches the rule off."""


@written
@dataclass(frozen=True, slots=True)
class MoodRule(DialogueRule):
    """Who is offered a person for how he sounds. A recogniser may tell the mood, or these phrases do."""

    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What callers in this mood say, per language; anywhere in a sentence."""


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
    """When a caller is moved to a person: at entry, in the dialogue, on request. Of each list, the first rule that fits
    is used. Conditions may ask how a queue is doing: `people.QUEUE.idle`, `.busy`, `.off`, `.waiting`, `.wait_s`,
    `.open`."""

    entry: tuple[EntryRule, ...] = ()
    """When the call comes in, before the first step."""
    intent: Mapping[IntentRef, DialogueRule] = field(default_factory=dict)
    """Whenever this is what the caller wants, before the flow goes on with it."""
    mood: Mapping[RuleId, MoodRule] = field(default_factory=dict)
    """Whenever the caller is in this mood: `upset`, and whatever else phrases or a recogniser can tell."""
    offers_when: Condition = ALWAYS
    """Offers of `entry`, `intent` and `mood` are made only while this holds: at busy times only who asks is
    connected."""
    follow_up_when: Condition = ALWAYS
    """Whom the follow-up list may hold, who showed an opportunity of intents.yaml and met nobody:
    `'no_marketing' not in caller.tags`."""
    request: tuple[RequestRule, ...] = ()
    """What comes before the line when somebody asks for a person."""
    line: tuple[LineRule, ...] = ()
    """Which queue it is; the first queue of queues.yaml where none fits."""
    ways: Mapping[ServiceType, ServiceWay] = field(default_factory=dict)
    """The best way per service type, where it differs from the built-in table (R3)."""

    def offers(self) -> Iterator[tuple[str, EntryRule | DialogueRule]]:
        """Every rule that asks, by the name that its question has."""
        yield from ((f"entry.{rule.id}", rule) for rule in self.entry if rule.move == "ask")
        yield from ((f"intent.{name}", rule) for name, rule in self.intent.items())
        yield from ((f"mood.{name}", rule) for name, rule in self.mood.items())
