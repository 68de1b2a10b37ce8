"""A surge at the sample hotline: everybody is told of it, nobody is lost, and callbacks keep their turn."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.sim.call import SimCall
from ivr.sim.rehearsal import Rehearsal
from ivr.testing.stage import Stage

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        yield stage


def caller(house: Rehearsal, n: int) -> SimCall:
    """A newcomer who asks for a person."""
    call = SimCall(house, caller=f"+1202555{1000 + n}")
    call.dials()
    call.presses(1)
    call.presses(0)
    return call


def test_in_a_surge_everybody_is_told_and_served_in_turn(stage: Stage) -> None:  # R58
    with stage.rehearse([TELECOM]) as house:
        surge = [caller(house, n) for n in range(12)]
        for n, call in enumerate(surge, start=1):
            call.is_in_queue("newcomers", n)
            call.hears("You are next in line" if n == 1 else f"You are number {n} in line")
        for call in surge[::3]:
            call.presses(1)
            call.promise_is("waiting")
        surge[0].agent_signs_in("amy")
        for n, call in enumerate(surge):
            if n % 3 == 0:
                call.agent_takes("amy")
                call.is_called_back("confirms")
                house.people.finish("telecom", "amy", 1)
                call.promise_is("served")
            else:
                call.agent_takes("amy")
                call.is_with("amy")
                call.agent_leaves(1)
                call.hangs_up()
            house.pass_time(20)
        assert {one.calls_taken for one in house.agents.all("telecom", now=house.clock()) if one.name == "amy"} == {12}


def test_a_number_that_cannot_be_rung_is_promised_nothing(stage: Stage) -> None:
    with stage.rehearse([TELECOM]) as house:
        for number in ("anonymous", "client:bob", "12345"):
            call = SimCall(house, caller=number)
            call.dials()
            call.presses(1)
            call.presses(0)
            call.is_in_queue("newcomers", 1)
            call.presses(1)
            call.hears("leave a message with your number after the tone")
            call.is_not_in_queue()
            call.hangs_up()
        assert house.callbacks == []
