"""`prefer`: keep what the caller likes, said outright."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ivr.engine import preferring
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Go, Move
from ivr.flow.expressions import Value
from ivr.flow.kinds import Way
from ivr.flow.preferences import Aspect
from ivr.flow.refs import StepRef


@kind("prefer")
@dataclass(frozen=True, slots=True)
class Prefer(Step):
    """Keep what the caller has said of how he likes to be served, for this call and later ones; or forget all that is
    known of it. Needs `preferences:` in hotline.yaml.

        speak_slowly:
          prefer: {pace: slow}          # language, input (keys, voice), pace (slow, normal) or way
          next: need

        forget_me:
          prefer: forgotten
          next: say_forgotten

    The language and the pace hold at once. After `forgotten` nothing is learned from the rest of the call.
    """

    prefer: Mapping[Aspect, Value] | Literal["forgotten"]
    """What is preferred from now on; `forgotten`: nothing is known of it any more."""
    next: StepRef
    """Where to go then."""

    def ways(self) -> Iterable[Way]:
        return (Way("next", self.next),)

    def enter(self, draft: Draft) -> Move:
        if self.prefer == "forgotten":
            preferring.forget(draft)
            return Go(self.next)
        for name, value in self.prefer.items():
            preferring.say(draft, name, str(draft.value(value)))
        return Go(self.next)
