"""Scripted calls: `calls/*.yaml` of a hotline, the designers' own tests.

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

from collections.abc import Callable, Mapping
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
from ivr.sim.call import SimCall
from ivr.sim.stubs import stub_of

START = "2026-11-23T10:00"
"""When a call is made that says no time: a Monday morning, in the hotline's own time zone."""

Act = Callable[[SimCall, Any], None]
ACTS: Mapping[str, Act] = {
    "hears": lambda call, text: _each(call.hears, text),
    "hears_not": lambda call, text: _each(call.does_not_hear, text),
    "presses": lambda call, keys: call.presses(keys),
    "says": lambda call, text: call.says(str(text)),
    "waits": lambda call, seconds: call.waits(float(seconds)),
    "silence": lambda call, seconds: call.waits(float(seconds)),
    "hangs_up": lambda call, _: call.hangs_up(),
    "message": lambda call, seconds: call.leaves_message(float(seconds)),
    "queue": lambda call, name: call.is_in_queue(*_place(name)),
    "no_queue": lambda call, _: call.is_not_in_queue(),
    "agent": lambda call, name: call.agent_takes(str(name)),
    "agent_declines": lambda call, name: call.agent_declines(str(name)),
    "agent_leaves": lambda call, seconds: call.agent_leaves(float(seconds)),
    "dial_ends": lambda call, status: call.line.dial_ends(str(status), 30.0),
    "transferred": lambda call, number: call.is_transferred_to(str(number)),
    "sms": lambda call, text: call.got_sms(str(text)),
    "no_sms": lambda call, _: call.got_no_sms(),
    "over": lambda call, why: call.is_over(None if why is True else str(why)),
    "record": lambda call, data: _summary(call, data),
    "entry": lambda call, data: call.recorded(data["kind"], **{k: v for k, v in data.items() if k != "kind"}),
}
"""What a turn may be: one of these words and its value."""


@written
@dataclass(frozen=True, slots=True)
class WrittenStub:
    """What a lookup answers in this call."""

    answers: Any = None
    """What it gives, in its declared shape."""
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
    stubs: Mapping[str, WrittenStub] = field(default_factory=dict)
    """Lookups that answer what this call needs: `connector.operation` → the answer."""
    by: Literal["any", "engine"] = "any"
    """`engine` for what only the engine's own line can do."""

    def __post_init__(self) -> None:
        for n, turn in enumerate(self.turns, start=1):
            if len(turn) != 1 or next(iter(turn)) not in ACTS:
                raise ValueError(f"turn {n} should be one of: {', '.join(ACTS)}")
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
    if script is None:
        raise BadScript("\n".join(str(fault) for fault in faults))
    assert isinstance(script, Script)
    return script


def play(script: Script, call: SimCall) -> None:
    """Make the call and check every turn; AssertionError with the whole call where something is not so."""
    __tracebackhide__ = True
    for agent in script.agents:
        call.agent_signs_in(agent)
    for lookup, stub in script.stubs.items():
        call.rehearsal.lookups.stubs[lookup] = stub_of(
            stub.answers, none=stub.none, fails=stub.fails, delay_s=stub.delay_s
        )
    call.dials(script.to, caller=script.from_)
    for turn in script.turns:
        ((what, value),) = turn.items()
        ACTS[what](call, value)


def _each(check: Callable[[str], None], value: Any) -> None:
    __tracebackhide__ = True
    for one in value if isinstance(value, list | tuple) else [value]:
        check(str(one))


def _place(value: Any) -> tuple[str, int | None]:
    """`general`, or `general 2` for the second in line."""
    name, _, position = str(value).partition(" ")
    return name, int(position) if position else None


def _summary(call: SimCall, wanted: Mapping[str, Any]) -> None:
    __tracebackhide__ = True
    call.recorded("ended", **wanted)
