"""`hint`: tell the caller something unasked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ivr.engine import hinting
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Go, Move
from ivr.flow.kinds import Way
from ivr.flow.refs import HintsRef, StepRef


@kind("hint")
@dataclass(frozen=True, slots=True)
class HintStep(Step):
    """Tell the caller what hints.yaml has for this place: the first hint that fits him and was not told to him too
    often. Where none fits, nothing is said.

    before_the_menu:
      hint: welcome         # hints with `at: welcome`, and those without `at:`
      next: need

    It does not wait for an answer. Best stands a question after it: what is said becomes a part of that, so the caller
    may talk into it, and may say at once that he wants no such things (`no_hints` of `always:`).
    """

    hint: HintsRef
    """The name of this place; several steps may have the same."""
    next: StepRef
    """Where to go then."""
    at_most: Annotated[int, Field(ge=1, le=3)] = 1
    """How many are told one after the other."""

    def ways(self) -> Iterable[Way]:
        return (Way("next", self.next),)

    def enter(self, draft: Draft) -> Move:
        hinting.tell(draft, self.hint, self.at_most)
        return Go(self.next)
