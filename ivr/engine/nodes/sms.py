"""`sms`: send a text message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ivr.engine import texting
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move
from ivr.flow.expressions import Value
from ivr.flow.kinds import Way
from ivr.flow.refs import StepRef, WordsRef


@kind("sms")
@dataclass(frozen=True, slots=True)
class Sms(Step):
    """Send a text message: what a voice cannot carry, such as a link.

    send_link:
      sms: link_to_plans
      on: {sent: say_sent, impossible: say_by_voice}
    """

    sms: WordsRef
    """The words, in their `sms:` form where they have one."""
    on: Mapping[Literal["sent", "impossible"], StepRef]
    """`impossible`: the number is withheld, a short code, or surely a landline's."""
    to: Value | None = None
    """Where to; the caller's number where left out."""

    def __post_init__(self) -> None:
        need(self.on, "sms", "sent", "impossible")

    def ways(self) -> Iterable[Way]:
        return [Way(outcome, step) for outcome, step in self.on.items()]

    def enter(self, draft: Draft) -> Move:
        to = None if self.to is None else str(draft.value(self.to))
        return Go(self.on["sent" if texting.send(draft, self.sms, to) else "impossible"])
