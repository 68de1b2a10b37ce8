"""`choose`: go where the first condition that holds leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Go, Move
from ivr.flow.edge import written
from ivr.flow.expressions import Condition
from ivr.flow.kinds import Way
from ivr.flow.refs import StepRef


@written
@dataclass(frozen=True, slots=True)
class Case:
    """One condition and where it leads."""

    when: Condition
    """What must hold."""
    next: StepRef
    """Where to go then."""


@kind("choose")
@dataclass(frozen=True, slots=True)
class Choose(Step):
    """Go where the first condition that holds leads.

    who_is_it:
      choose:
        - {when: "caller.tier == 'gold'", next: greet_by_name}
        - {when: "not hours.open", next: off_hours}
      otherwise: greet
    """

    choose: Annotated[tuple[Case, ...], Field(min_length=1)]
    """Conditions, tried from the first to the last."""
    otherwise: StepRef
    """Where to go when none of them holds."""

    def ways(self) -> Iterable[Way]:
        return [*(Way(case.when.source, case.next) for case in self.choose), Way("otherwise", self.otherwise)]

    def enter(self, draft: Draft) -> Move:
        return Go(next((case.next for case in self.choose if draft.holds(case.when)), self.otherwise))
