"""`say`: tell the caller something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ivr.engine import outcomes, texting
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Go, Move
from ivr.flow.hotline import Language
from ivr.flow.kinds import Way
from ivr.flow.refs import IntentRef, StepRef, WordsRef


@kind("say")
@dataclass(frozen=True, slots=True)
class Say(Step):
    """Say something and go on. With `sms:` the same is sent as a text message to callers who can get one.

    read_balance:
      say: your_balance_is
      answers: balance          # the caller now has what they wanted
      sms: balance_by_text
      next: solved

    say_booked:
      say: bigger_plan_is_booked
      converts: plans           # the caller has bought it: counted for the rules that led here, and for `ivr goals`
      next: goodbye
    """

    say: WordsRef
    """The words, by their name in `words/*.yaml`."""
    next: StepRef
    """Where to go when it has been said."""
    answers: IntentRef | None = None
    """The intent that is served by these words; the record counts the call as answered from here on."""
    converts: IntentRef | None = None
    """The opportunity of intents.yaml that these words confirm: the caller has just taken it."""
    sms: WordsRef | None = None
    """Words of a text message that goes out with it."""
    in_languages: tuple[Language, ...] = ()
    """Say it in each of these, one after the other; in the caller's own where left out."""
    secret: bool = False
    """The words hold a secret and are written down nowhere."""

    def ways(self) -> Iterable[Way]:
        return (Way("next", self.next),)

    def enter(self, draft: Draft) -> Move:
        draft.say_in(self.say, self.in_languages, secret=self.secret)
        if self.sms is not None:
            texting.send(draft, self.sms)
        if self.answers is not None:
            outcomes.answered(draft, self.answers)
        if self.converts is not None:
            outcomes.converted(draft, self.converts)
        return Go(self.next)
