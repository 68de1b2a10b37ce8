"""`callback`: promise to ring the caller back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ivr.call.tasks import BookCallback
from ivr.engine import ending
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move
from ivr.flow.expressions import Value
from ivr.flow.kinds import Way
from ivr.flow.refs import QueueRef, StepRef


@kind("callback")
@dataclass(frozen=True, slots=True)
class Callback(Step):
    """Promise to ring the caller back. A place in line that is held keeps its time.

    call_me_back:
      callback: general
      on: {booked: say_booked, impossible: leave_message}
    """

    callback: QueueRef
    """Whose agents ring back."""
    on: Mapping[Literal["booked", "impossible"], StepRef]
    """`impossible`: there is no number to ring."""
    number: Value | None = None
    """The caller's own where left out."""

    def __post_init__(self) -> None:
        need(self.on, "callback", "booked", "impossible")

    def ways(self) -> Iterable[Way]:
        return [Way(outcome, step) for outcome, step in self.on.items()]

    def enter(self, draft: Draft) -> Move:
        state = draft.state
        number = str(draft.value(self.number)) if self.number else str(state.profile.get("number") or state.caller)
        if not draft.can_text(number):
            return Go(self.on["impossible"])
        since = state.place.since if state.place else draft.now
        draft.chores.append(
            BookCallback(number=number, queue=self.callback, since=since, reason=state.summary.intent or "")
        )
        draft.note("callback", number=number, queue=self.callback, since=since)
        ending.leave_line(draft, "callback")
        state.summary.outcome = "callback"
        return Go(self.on["booked"])
