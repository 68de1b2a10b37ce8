"""`set`: keep values under names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Go, Move
from ivr.engine.nodes.dial import DIALLED
from ivr.flow.expressions import Value
from ivr.flow.hotline import Language, Name
from ivr.flow.kinds import Way
from ivr.flow.refs import StepRef


@kind("set")
@dataclass(frozen=True, slots=True)
class SetStep(Step):
    """Keep values under names, for later steps of this flow; or change the language that is spoken.

    remember:
      set: {topic: fault, reported: "{{ line.number }}"}
      next: offer_ticket

    chinese:
      set: {}
      language: zh
      next: welcome
    """

    set: Mapping[Name, Value]
    """Names and their values; `{}` for none."""
    next: StepRef
    """Where to go then."""
    language: Language | None = None
    """Speak this language from here on."""
    outcome: Annotated[str | None, Field(pattern=r"^[a-z_]+$")] = None
    """What the records say came of the call, unless a person takes it: `ticket`."""

    def ways(self) -> Iterable[Way]:
        return (Way("next", self.next, tuple(self.set)),)

    def enter(self, draft: Draft) -> Move:
        secret = {name: draft.is_secret(value) for name, value in self.set.items()}
        for name, value in draft.values(self.set).items():
            draft.set(name, value, secret=secret[name])
        if self.language is not None:
            draft.state.language = self.language
            draft.forget_names()
        if self.outcome is not None and draft.state.summary.outcome != DIALLED:
            draft.state.summary.outcome = self.outcome
        return Go(self.next)
