"""What callers are told unasked: `hints.yaml`.

bill_due:                 # told at each `hint` step, the first one that fits
  when: "caller.bill_due_in_days is not none and caller.bill_due_in_days <= 3"
  say: your_bill_is_due
  sms: your_bill_is_due_by_text
  every_days: 20
say_it:                   # another way of doing what was done: told until the caller takes it
  kind: habit
  at: goodbye
  when: "'balance' in call.answered"
  say: you_can_just_say_it
  tries: {way: speech}
cheaper_plan:             # an advertisement
  kind: offer
  at: answered
  when: "caller.kind == 'person'"
  not_for: "'no_marketing' in caller.tags"
  say: a_cheaper_plan
  tries: {intent: plans}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from ivr.flow.edge import written
from ivr.flow.expressions import Condition
from ivr.flow.refs import HintsRef, IntentRef, PlaceRef, WordsRef

ALWAYS = Condition("true")
SELDOM = 3
"""How often in a year a caller hears of another way, or the same advertisement."""
DAY_S = 86_400.0
Days = Annotated[int, Field(ge=1, le=365)]


@written
@dataclass(frozen=True, slots=True)
class Tries:
    """What a caller does who takes the hint. One of these."""

    intent: IntentRef | None = None
    """He says or keys that he wants this."""
    step: PlaceRef | None = None
    """He comes to this flow, or this step of it."""
    sms: WordsRef | None = None
    """These words are sent to him as a text message."""
    way: Literal["speech"] | None = None
    """He says what he wants, and is understood."""

    def __post_init__(self) -> None:
        if len(self.named) != 1:
            raise ValueError("`tries:` names one thing that the caller does: `intent`, `step`, `sms` or `way`")

    @property
    def named(self) -> dict[str, str]:
        """What is written of the fields."""
        found = {"intent": self.intent, "step": self.step, "sms": self.sms, "way": self.way}
        return {name: str(value) for name, value in found.items() if value is not None}

    def is_done_by(self, what: str, name: str) -> bool:
        """Whether this is it: `intent` plans, `step` main.pay (of a flow each step), `sms` words, `way` speech."""
        wanted = self.named.get(what)
        return wanted is not None and (name == wanted or (what == "step" and name.partition(".")[0] == wanted))


@written
@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that callers are told unasked, at the `hint` steps of the flows.

    Nobody is told the same one twice in a call. Who hides the number is told none, for nobody could know what he was
    told before; nor is who has said that he wants none (`no_hints` of `always:`). An `offer` or a `habit` is kept from
    who has complained in this call, is upset, or has an open complaint (`caller.complaints` of the profile, or the
    last call of this day), and from calls in which something else was told already.
    """

    say: WordsRef
    """The words, by their name in `words/*.yaml`. They know the caller and the call, and nothing a flow has set."""
    kind: Literal["notice", "habit", "offer"] = "notice"
    """`notice`: something of the caller's own, such as a bill that is due. `habit`: another way of doing what he does,
    told until he takes it. `offer`: an advertisement."""
    at: HintsRef | None = None
    """The `hint` steps where it is told, by what stands behind their `hint:`; at each of them where left out."""
    when: Condition = ALWAYS
    """Whom it is for; everybody where left out."""
    not_for: Condition | None = None
    """Whom it is kept from all the same: `"'no_marketing' in caller.tags"`. An `offer` needs it."""
    sms: WordsRef | None = None
    """Words of a text message that goes out with it."""
    tries: Tries | None = None
    """What the caller does who takes it, so that it can be counted: `{intent: plans}`. A `habit` needs it."""
    every_days: Days = 30
    """Days until the same caller may be told it again."""
    at_most: Annotated[int, Field(ge=1, le=50)] | None = None
    """How often the same caller is told it in a year. Where left out, a `habit` and an `offer` 3 times, a `notice` as
    often as `every_days` lets it."""
    within_days: Days | None = None
    """Days in which doing it counts as having taken the hint; those of `every_days` where left out."""
    off: bool = False
    """true: it is told to nobody."""

    def __post_init__(self) -> None:
        if self.kind == "habit" and self.tries is None:
            raise ValueError("a `habit` needs `tries:`, what a caller does who has taken it on")
        if self.kind == "offer" and self.not_for is None:
            raise ValueError("an `offer` needs `not_for:`, whom it must be kept from")

    @property
    def most(self) -> int | None:
        """Tellings to one caller in a year."""
        return self.at_most or (None if self.kind == "notice" else SELDOM)

    @property
    def pause_s(self) -> float:
        """Between two tellings to one caller."""
        return self.every_days * DAY_S

    @property
    def counts_s(self) -> float:
        """How long after being told doing it counts as having taken it."""
        return (self.within_days or self.every_days) * DAY_S


HintName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Hints = Mapping[HintName, Hint]
"""The file: name → hint. Of those that fit, the first ones are told."""


def told_at(hints: Hints, place: str) -> list[str]:
    """The hints of a place, in their order, those that are off left out."""
    return [name for name, hint in hints.items() if not hint.off and hint.at in (None, place)]
