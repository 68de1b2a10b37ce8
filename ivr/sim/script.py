"""Scripted calls: `calls/*.yaml` of a hotline, the designers' own tests. What a turn may be stands in `acts.py`.

about: a balance is told by key, and a text message follows
from: "+12025550101"
at: 2026-11-23T10:00
turns:
  - hears: welcome to Northwind
  - presses: 1
  - hears: your balance is 42 dollars
  - sms: your balance
  - hangs_up: true
  - record: {outcome: answered}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from ivr.errors import FlowError
from ivr.flow.edge import read_as, written
from ivr.flow.where import Fault
from ivr.flow.yaml import read_file
from ivr.sim.acts import ACTS, fault_of
from ivr.sim.call import SimCall

START = "2026-11-23T10:00"
"""When a call is made that says no time: a Monday morning, in the hotline's own time zone."""


Days = Annotated[float, Field(ge=0, le=365)]
DaysAgo = Days | tuple[Days, ...]


@written
@dataclass(frozen=True, slots=True)
class WrittenStub:
    """What a lookup answers in this call."""

    answers: Any = None
    """What it gives, in its declared shape; with `delay_s` alone: the real answer, late."""
    none: bool = False
    """There is no such thing."""
    fails: str | None = None
    """It fails, for this reason: `timeout`."""
    delay_s: Annotated[float, Field(ge=0)] = 0.0
    """Seconds it takes."""


@written
@dataclass(frozen=True, slots=True)
class Script:
    """One scripted call."""

    about: str
    """What it shows, in a sentence."""
    turns: Annotated[tuple[Mapping[str, Any], ...], Field(min_length=1)]
    """What happens, one after another."""
    from_: Annotated[str, Field(alias="from")] = "+12025550100"
    """Who calls."""
    to: str = ""
    """The number dialled; any of the hotline's where left out."""
    at: str = START
    """Local time of the hotline."""
    shows: tuple[int, ...] = ()
    """Requirements it shows."""
    agents: tuple[str, ...] = ()
    """Who is signed in when the call begins."""
    told: Mapping[str, DaysAgo] = field(default_factory=dict)
    """What this caller was told unasked in earlier calls: hint → how many days ago, or several such numbers."""
    no_hints: bool = False
    """This caller has said in an earlier call that he wants no hints."""
    stubs: Mapping[str, WrittenStub] = field(default_factory=dict)
    """Lookups that answer what this call needs: `connector.operation` → the answer."""
    by: Literal["any", "engine"] = "any"
    """`engine` for what only the engine's own line can do."""

    def __post_init__(self) -> None:
        for n, turn in enumerate(self.turns, start=1):
            if fault := fault_of(turn):
                raise ValueError(f"turn {n}: {fault}")
        datetime.fromisoformat(self.at)

    def starts(self, timezone: str) -> float:
        """When the call begins, in seconds since 1970."""
        return datetime.fromisoformat(self.at).replace(tzinfo=ZoneInfo(timezone)).timestamp()


class BadScript(FlowError):
    """A scripted call cannot be read; the message says where and why."""


def read_script(path: Path, shown_as: str | None = None) -> Script:
    """Raises BadScript with every fault."""
    document = read_file(path, shown_as or str(path))
    faults: list[Fault] = list(document.faults)
    script = None if document.data is None else read_as(Script, document, document.data, (), faults)
    if script is None or faults:
        raise BadScript("\n".join(str(fault) for fault in faults))
    assert isinstance(script, Script)
    return script


def play(script: Script, call: SimCall) -> None:
    """Make the call and check every turn; AssertionError with the whole call where something is not so."""
    __tracebackhide__ = True
    for agent in script.agents:
        call.agent_signs_in(agent)
    call.caller = script.from_
    for hint, days in script.told.items():
        for days_ago in days if isinstance(days, tuple) else (days,):
            call.was_told(hint, days_ago)
    if script.no_hints:
        call.refused_hints()
    for lookup, stub in script.stubs.items():
        call.stub(lookup, stub.answers, none=stub.none, fails=stub.fails, delay_s=stub.delay_s)
    call.dials(script.to, caller=script.from_)
    for turn in script.turns:
        ((what, value),) = turn.items()
        ACTS[what](call, value)
