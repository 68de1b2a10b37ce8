"""Calls whose end nobody told of are closed; those in which somebody talks are not."""

from __future__ import annotations

import pytest
from app_house import Line

from ivr.app.house import House
from ivr.app.stale import STALE_S, TALK_STALE_S, Sweep
from ivr.call.events import AgentTook
from ivr.store import keys
from ivr.store.records.reader import RecordsReader


@pytest.fixture
def sweep(house: House) -> Sweep:
    return Sweep(house.works)


def ages(house: House, call: str, seconds: float) -> None:
    """Its last event was so long ago."""
    house.works.client.zincrby(keys.running("telecom"), -seconds, call)


def outcome(house: House, call: str) -> str | None:
    while house.writer.step(1_000.0):
        pass
    record = RecordsReader(house.engine).call(call)
    return record.summary.outcome if record else None


def test_a_quiet_call_is_closed(house: House, line: Line, sweep: Sweep) -> None:
    line.dials().presses("1")
    ages(house, line.call, STALE_S - 60)
    assert sweep.round("telecom") == 0
    ages(house, line.call, 120)
    assert sweep.round("telecom") == 1
    assert outcome(house, line.call) == "answered"
    assert sweep.round("telecom") == 0


def test_a_caller_who_talks_to_somebody_is_left_alone(house: House, line: Line, sweep: Sweep) -> None:
    line.dials().presses("0")
    house.works.conductor.tell("telecom", line.call, AgentTook(agent="amy", room="r"))
    ages(house, line.call, STALE_S + 60)
    assert sweep.round("telecom") == 0
    ages(house, line.call, TALK_STALE_S)
    assert sweep.round("telecom") == 1
    assert outcome(house, line.call) == "connected"


def test_a_call_that_the_store_has_forgotten_is_counted_no_longer(house: House, line: Line, sweep: Sweep) -> None:
    line.dials()
    house.works.client.delete(keys.call("telecom", line.call))
    ages(house, line.call, STALE_S + 60)
    assert sweep.round("telecom") == 1
    assert sweep.round("telecom") == 0


def test_a_line_that_asks_after_it_was_closed_is_told_that_it_is_over(house: House, line: Line, sweep: Sweep) -> None:
    line.dials()
    ages(house, line.call, STALE_S + 60)
    sweep.round("telecom")
    assert "<Hangup" in line.presses("1").last


def test_many_long_talks_hide_no_quiet_call(house: House, line: Line, sweep: Sweep) -> None:
    talking = [Line(line.client, call=f"CA{n:032x}") for n in range(110)]
    for one in talking:
        one.dials().presses("0")
        house.works.conductor.tell("telecom", one.call, AgentTook(agent="amy", room="r"))
        ages(house, one.call, STALE_S + 600)
    line.dials()
    ages(house, line.call, STALE_S + 60)
    assert sweep.round("telecom") == 1
    assert outcome(house, line.call) is not None
