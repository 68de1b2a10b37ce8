"""`dial`: connect the caller to a telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.call.events import DialEnded, Event
from ivr.call.verbs import Dial as DialOrder
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move, Over, Stay
from ivr.flow.expressions import Value
from ivr.flow.kinds import Way
from ivr.flow.refs import StepRef

DIALLABLE = re.compile(r"\+?[0-9]{3,15}|(sip|client):\S+")
Outcome = Literal["completed", "busy", "no_answer", "failed"]
DIALLED = "dialled"
"""The outcome of a call whose caller has talked to somebody outside."""
WAYS: Mapping[str, Outcome] = {
    "completed": "completed",
    "answered": "completed",
    "busy": "busy",
    "no-answer": "no_answer",
}
"""What the carrier calls it → the way."""


@kind("dial")
@dataclass(frozen=True, slots=True)
class DialStep(Step):
    """Connect the caller to a number outside, and go on when that talk is over.

    to_the_shop:
      dial: "+12025550123"
      ring_s: 25
      on: {completed: solved, failed: leave_message}
    """

    waits: ClassVar[bool] = True

    dial: Value
    """A number in E.164, or an expression that comes to one."""
    on: Mapping[Outcome, StepRef]
    """`completed`: they have talked. `failed`: no connection; serves for `busy` and `no_answer` where those are left
    out."""
    ring_s: Annotated[int, Field(ge=5, le=120)] = 30
    """How long it rings before the way `no_answer`, in seconds."""

    def __post_init__(self) -> None:
        need(self.on, "dial", "completed", "failed")

    def ways(self) -> Iterable[Way]:
        return [Way(status, step) for status, step in self.on.items()]

    def enter(self, draft: Draft) -> Move:
        number = str(draft.value(self.dial))
        if not DIALLABLE.fullmatch(number):
            draft.note("dialled", number=number, status="failed", why="this is no number that can be dialled")
            return Go(self.on["failed"])
        draft.state.scratch["number"] = number
        draft.verbs.append(DialOrder(number=number, ring_s=self.ring_s))
        return Stay()

    def hear(self, draft: Draft, event: Event) -> Move:
        if not isinstance(event, DialEnded):
            return self.enter(draft)
        draft.note("dialled", number=draft.state.scratch.get("number"), status=event.status, seconds=event.duration_s)
        way = WAYS.get(event.status, "failed")
        if way == "completed":
            draft.state.summary.outcome = DIALLED
        return Over("hung_up") if event.hung_up else Go(self.on.get(way) or self.on["failed"])
