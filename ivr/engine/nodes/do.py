"""`do`: run another flow and come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Call, Go, Move
from ivr.errors import FlowError
from ivr.flow.expressions import Value
from ivr.flow.kinds import Way
from ivr.flow.refs import FlowRef, StepRef


@kind("do")
@dataclass(frozen=True, slots=True)
class Do(Step):
    """Run another flow and come back. It knows only what `with:` hands in (its `takes:`) and brings back its `gives:`.

        verify:
          do: verify_pin
          with: {account: "{{ caller.account }}"}
          on: {verified: tell_balance, refused: person}

    A flow comes back by `next: return`, which takes the way `done`, or by `next: return verified`.
    """

    do: FlowRef
    """The flow to run."""
    on: Mapping[str, StepRef]
    """What it comes back with → where to go then. A flow that never comes back has `on: {}`."""
    with_: Annotated[Mapping[str, Value], Field(alias="with")] = field(default_factory=dict)
    """The names it takes, each with its value."""

    def ways(self) -> Iterable[Way]:
        return [Way(outcome, step) for outcome, step in self.on.items()]

    def enter(self, draft: Draft) -> Move:
        secrets = tuple(name for name, value in self.with_.items() if draft.is_secret(value))
        return Call(self.do, draft.values(self.with_), secrets)

    def back(self, draft: Draft, outcome: str) -> Move:
        if outcome not in self.on:
            raise FlowError(f"flow {self.do!r} came back with {outcome!r}; this step has no such way")
        return Go(self.on[outcome])
