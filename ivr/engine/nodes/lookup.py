"""`lookup`: ask business data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from ivr.call.events import Event, LookupDone, LookupEmpty, LookupFailed
from ivr.engine import slow
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move
from ivr.flow.expressions import Value
from ivr.flow.hotline import Name
from ivr.flow.kinds import Way
from ivr.flow.refs import LookupRef, StepRef


@kind("lookup")
@dataclass(frozen=True, slots=True)
class LookupStep(Step):
    """Ask a connector of hotline.yaml. The result is kept under the operation's name, or under `as:`.

        look_up_balance:
          lookup: billing.balance
          with: {account: "{{ caller.account }}"}
          on: {ok: read_balance, none: no_account, failed: balance_unknown}

    When it takes longer than two seconds the caller hears "one moment", and the call goes on when the answer is here.
    """

    lookup: LookupRef
    """`connector.operation`."""
    on: Mapping[Literal["ok", "none", "failed"], StepRef]
    """`ok`: there is a result. `none`: no such thing. `failed`: no usable answer, or `none` where that is left out."""
    with_: Annotated[Mapping[str, Value], Field(alias="with")] = field(default_factory=dict)
    """What the operation takes, each name with its value."""
    as_: Annotated[Name | None, Field(alias="as")] = None
    """The name the result is kept under; the operation's own where left out."""

    def __post_init__(self) -> None:
        need(self.on, "lookup", "ok", "failed")

    @property
    def name(self) -> str:
        """What the result is kept under."""
        return self.as_ or self.lookup.operation

    def ways(self) -> Iterable[Way]:
        for answer, step in self.on.items():
            ok = answer == "ok"
            yield Way(answer, step, (self.name,) if ok else (), {self.name: self.lookup} if ok else {})

    def enter(self, draft: Draft) -> Move:
        return slow.look_up(draft, self.lookup, draft.values(self.with_))

    def hear(self, draft: Draft, event: Event) -> Move:
        match event:
            case LookupDone(result=result):
                draft.note("looked_up", name=self.lookup, outcome="ok")
                draft.set(self.name, result, secret=any(draft.is_secret(value) for value in self.with_.values()))
                return Go(self.on["ok"])
            case LookupEmpty():
                draft.note("looked_up", name=self.lookup, outcome="none")
                return Go(self.on.get("none") or self.on["failed"])
            case LookupFailed(reason=reason):
                draft.note("looked_up", name=self.lookup, outcome="failed", why=reason)
                return Go(self.on["failed"])
            case _:
                return self.enter(draft)
