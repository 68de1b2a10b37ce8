"""`callback`: a place in line for somebody who does not stay on the line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ivr.engine import ending, placing, promising
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move
from ivr.flow.expressions import Value
from ivr.flow.kinds import Way
from ivr.flow.refs import QueueRef, StepRef


@kind("callback")
@dataclass(frozen=True, slots=True)
class Callback(Step):
    """Promise to ring the caller back: a place in line with nobody on it, at the time of the one that is held. When its
    turn has come and an agent is free, the number is rung, and whoever answers presses 1 to be connected.

    call_me_back:
      callback: by_rules        # by the line the caller is in; or the name of a queue
      on: {booked: say_booked, impossible: leave_message}

    How a queue calls back stands under its `callback:`, and when callers may be rung under `callback_hours:` of
    hotline.yaml. What is said to them are the words `called_back`. Who rings in and asks for a person meanwhile has the
    place, and is not called back.
    """

    callback: QueueRef
    """Whose agents ring back; `by_rules`: those of the line the caller is in, or that took him not."""
    on: Mapping[Literal["booked", "impossible"], StepRef]
    """`impossible`: there is no number to ring."""
    number: Value | None = None
    """The caller's own where left out."""

    def __post_init__(self) -> None:
        need(self.on, "callback", "booked", "impossible")

    def ways(self) -> Iterable[Way]:
        return [Way(outcome, step) for outcome, step in self.on.items()]

    def enter(self, draft: Draft) -> Move:
        number = str(draft.value(self.number)) if self.number else promising.own_number(draft)
        if not draft.can_ring(number):
            return Go(self.on["impossible"])
        queue, reason = placing.line_of(draft, self.callback), draft.state.summary.intent or ""
        draft.chores.append(promising.promise(draft, queue, number, reason))
        ending.leave_line(draft, "callback")
        return Go(self.on["booked"])
