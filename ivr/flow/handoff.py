"""When and where a caller is moved to a person: `handoff.yaml`.

entry:              # once, before the first step; the first rule that fits is used
  - {id: campaign, when: "'campaign' in caller.tags", move: direct, say: sales_at_once, queue: sales}
  - {id: gold, when: "caller.tier == 'gold'", move: ask, offer: may_i_connect_you, queue: vip, only_if: idle}
intent:             # whenever this is understood
  upgrade: {move: ask, offer: shall_sales_help, later: shall_sales_call_you, queue: sales, only_if: idle}
mood:               # whenever the caller is so: by these phrases, or as a recogniser tells
  upset: {move: ask, offer: may_a_person_help, queue: complaints, phrases: {en: [ridiculous, fed up]}}
offers_when: "people.general.wait_s < 300"
elsewhere:          # other ways than this line
  video: {way: human_video, words: link_to_video}
request:            # somebody asks for a person; the first rule that fits is used
  - {id: answer_first, when: "caller.expects == 'balance'", first: tell_balance}
  - {id: show_it, when: "call.intent == 'fault' and people.technical.wait_s > 120", form: video, offer: shall_we_look}
  - {id: crowded, when: "people.general.wait_s > 600", form: callback, offer: shall_we_call_you_back}
line:               # which queue a request joins
  - {id: gold_now, when: "caller.tier == 'gold'", queue: vip, form: connect}
  - {id: rest, queue: general}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.flow.boundaries import Boundary
from ivr.flow.edge import written
from ivr.flow.elsewhere import CALLBACK, Elsewhere, LineForm
from ivr.flow.expressions import Condition
from ivr.flow.intents import ServiceType, ServiceWay
from ivr.flow.refs import BY_RULES, ElsewhereRef, FlowRef, FormRef, IntentRef, QueueRef, WordsRef

ALWAYS = Condition("true")
RuleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
OnlyIf = Literal["always", "open", "idle"]


@written
@dataclass(frozen=True, slots=True)
class EntryRule:
    """Who is led to a person as soon as the call comes in."""

    later: ClassVar[None] = None
    elsewhere: ClassVar[None] = None

    id: RuleId
    """Its name in the records."""
    queue: QueueRef
    """Whose people."""
    move: Literal["direct", "ask"]
    """`direct` connects without a question, for callers known by a tag or by their age; `ask` asks first, and no is no
    worse a call."""
    offer: WordsRef | None = None
    """The question of `ask`, by its name in `words/*.yaml`."""
    say: WordsRef | None = None
    """What who is connected `direct` hears before the line: a greeting, and why he is connected at once (R105)."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""
    only_if: OnlyIf = "open"
    """`open`: while the queue is open. `idle`: while somebody of it is free, too. `always`: at any hour."""
    off: bool = False
    """`true` switches the rule off; it stays written, and its figures so far stay with it."""

    def __post_init__(self) -> None:
        if (self.move == "ask") != (self.offer is not None):
            raise ValueError("`move: ask` needs `offer:`, the words of its question; `move: direct` asks nothing")
        if self.move == "ask" and self.say is not None:
            raise ValueError("`say:` is for `move: direct`; the words of `offer:` can say it all")


@written
@dataclass(frozen=True, slots=True)
class DialogueRule:
    """Who is offered a person, or another way, in the middle of a talk. Nobody is moved then without a yes.

    It changes the way that the caller has chosen, so it stands at a boundary of that way: the intent is one that people
    serve best, or a complaint, or an opportunity, or the rule tells by `because:` what it is.
    """

    queue: QueueRef | None = None
    """Whose people."""
    offer: WordsRef | None = None
    """The question whether to be connected now, by its name in `words/*.yaml`."""
    later: WordsRef | None = None
    """The question whether to be called back about it, while this call goes on here (R32). With `offer:` as well it is
    put where nobody can be offered now; alone, always. Who has no number that can be rung is not asked."""
    elsewhere: ElsewhereRef | None = None
    """Instead of people: what `offer:` asks about, by its name under `elsewhere:`. The link comes as a text message,
    and this call goes on here."""
    because: Boundary | None = None
    """Why the way that the caller has chosen cannot serve this, where the intent does not tell."""
    move: Literal["ask"] = "ask"
    """Always `ask`."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""
    only_if: OnlyIf = "idle"
    """When `offer:` is put. `idle`: while somebody of the queue is free (R17). `open`: while it is open. `always`: at
    any hour."""
    at_most: Annotated[int, Field(ge=0, le=3)] = 1
    """How often in a call; 0 switches the rule off."""
    off: bool = False
    """`true` switches the rule off; it stays written, and its figures so far stay with it."""

    def __post_init__(self) -> None:
        if self.elsewhere is not None:
            if self.queue is not None or self.later is not None or self.offer is None:
                raise ValueError("`elsewhere:` needs `offer:`, the words of its question, and no `queue:` or `later:`")
        elif self.queue is None or (self.offer is None and self.later is None):
            raise ValueError(
                "a rule needs `queue:`, and the words of its question: `offer:` to connect the caller now, `later:` to "
                "have him called back, or both"
            )


@written
@dataclass(frozen=True, slots=True)
class MoodRule(DialogueRule):
    """Who is offered a person for how he feels. `upset` is known by itself in English, Mandarin and Korean: by telltale
    phrases, and with a model of meanings by what a sentence means."""

    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What settles it anywhere in a sentence, per language."""
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sentences of callers in this mood, per language; ten or more teach a mood of your own, with a model of
    meanings."""


@written
@dataclass(frozen=True, slots=True)
class RequestRule:
    """What comes before the line when a caller asks for a person: something told, or another form that is offered.

    The place in line is taken before and kept after it: who does not want the other form waits in line. The second
    request passes over every rule.
    """

    id: RuleId
    """Its name in the records."""
    first: FlowRef | None = None
    """A flow that answers or offers something; when it is through, the caller goes on in line."""
    form: FormRef | None = None
    """Or the form that is offered instead of the line: `callback`, `message`, or a name of `elsewhere:`. A yes leads
    along the way `callback`, `message` or `elsewhere` of the step `queue: by_rules`. To who hides the number only
    `message` is offered: the next rule that fits is taken."""
    offer: WordsRef | None = None
    """The question of `form:`, by its name in `words/*.yaml`."""
    when: Condition = ALWAYS
    """For whom; for everybody where left out."""
    at_most: Annotated[int, Field(ge=0, le=1)] = 1
    """How often in a call: 0 switches the rule off, 1 is the most anyone is held back."""
    off: bool = False
    """`true` switches the rule off; it stays written, and its figures so far stay with it."""

    def __post_init__(self) -> None:
        if (self.first is None) == (self.form is None):
            raise ValueError("a rule needs `first:`, a flow that is run, or `form:`, what is offered; one of the two")
        if (self.form is None) != (self.offer is None):
            raise ValueError("`form:` needs `offer:`, the words of its question; a flow asks for itself")

    @property
    def always_fits(self) -> bool:
        """A form that takes a number cannot be offered to everybody."""
        return self.when == ALWAYS and self.first is not None and self.at_most > 0 and not self.off


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
    form: LineForm = "queue"
    """`connect`: only while somebody of the queue is free, so that the caller need not wait; else the next rule that
    fits is taken."""
    off: bool = False
    """`true` switches the rule off; it stays written, and its figures so far stay with it."""

    @property
    def always_fits(self) -> bool:
        return self.when == ALWAYS and self.form == "queue" and not self.off


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule asks, and whose people it is about."""

    key: str
    """Point, rule and form: `intent.upgrade`, `intent.upgrade.callback`, `request.crowded.callback`."""
    words: WordsRef
    queue: QueueRef


@written
@dataclass(frozen=True, slots=True)
class HandoffFile:
    """When a caller is moved to a person, and in what form. Of each list, the first rule that fits is used. Conditions
    may ask how a queue is doing: `people.QUEUE.idle`, `.busy`, `.off`, `.waiting`, `.wait_s`, `.open`."""

    entry: tuple[EntryRule, ...] = ()
    """When the call comes in, before the first step."""
    intent: Mapping[IntentRef, DialogueRule] = field(default_factory=dict)
    """Whenever this is what the caller wants, before the flow goes on with it."""
    mood: Mapping[RuleId, MoodRule] = field(default_factory=dict)
    """Whenever the caller is in this mood: `upset`, and whatever else phrases or a recogniser can tell."""
    offers_when: Condition = ALWAYS
    """Offers of `entry`, `intent` and `mood` to be connected are made only while this holds: at busy times only who
    asks is connected. Those to be called back or led elsewhere are made at any time."""
    follow_up_when: Condition = ALWAYS
    """Whom the follow-up list may hold, who showed an opportunity of intents.yaml and met nobody:
    `'no_marketing' not in caller.tags`. Who has said that he wants no hints is never on it."""
    elsewhere: Mapping[RuleId, Elsewhere] = field(default_factory=dict)
    """Other ways than this line that callers may be led to: a video call, a chat, a page (R9)."""
    request: tuple[RequestRule, ...] = ()
    """What comes before the line when somebody asks for a person."""
    line: tuple[LineRule, ...] = ()
    """Which queue it is; the first queue of queues.yaml where none fits."""
    ways: Mapping[ServiceType, ServiceWay] = field(default_factory=dict)
    """The best way per service type, where it differs from the built-in table (R3)."""

    def conditions(self) -> Iterator[Condition]:
        """What all rules ask before they fit."""
        yield from (rule.when for rule in self.entry)
        yield from (rule.when for rule in self.intent.values())
        yield from (rule.when for rule in self.mood.values())
        yield from (rule.when for rule in self.request)
        yield from (rule.when for rule in self.line)
        yield self.offers_when

    def offers(self) -> Iterator[Question]:
        """Every question that a rule asks."""
        for entry in self.entry:
            if entry.offer is not None:
                yield Question(f"entry.{entry.id}", entry.offer, entry.queue)
        for point, rules in (("intent", self.intent), ("mood", self.mood)):
            for name, rule in rules.items():
                queue = rule.queue or QueueRef(BY_RULES)
                if rule.offer is not None:
                    form = f".{rule.elsewhere}" if rule.elsewhere is not None else ""
                    yield Question(f"{point}.{name}{form}", rule.offer, queue)
                if rule.later is not None:
                    yield Question(f"{point}.{name}.{CALLBACK}", rule.later, queue)
        for request in self.request:
            if request.offer is not None:
                yield Question(f"request.{request.id}.{request.form}", request.offer, QueueRef(BY_RULES))
