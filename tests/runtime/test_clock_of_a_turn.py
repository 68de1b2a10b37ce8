"""One turn is one moment: what is asked of the clock twice may have two answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
import redis
from runtime_house import MORNING, Company, House, said

from ivr.call.events import AgentLeft, AgentTook, DigitsPressed, Event, Polled
from ivr.call.tasks import LeaveLine
from ivr.engine.on_hold import DOUBT_S
from ivr.store.line import RedisLine


class Leaping:
    """A clock that leaps once it has been read so often: a second ahead, or as far as is said."""

    def __init__(self, leap_s: float = 1.0) -> None:
        self.now, self.reads_left, self.leap_s = MORNING, -1, leap_s

    def __call__(self) -> float:
        self.reads_left -= 1
        if self.reads_left == -1:
            self.now += self.leap_s
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds


class Noted(RedisLine):
    """The real line, and who was said to have been served."""

    served = 0

    def leave(self, hotline: str, call: str, task: LeaveLine, *, now: float) -> float:
        self.served += task.why == "served"
        return super().leave(hotline, call, task, now=now)


@pytest.mark.parametrize("reads", range(1, 5))
def test_a_talk_that_is_given_up_in_the_middle_of_a_turn_is_over_for_line_and_flow_or_for_neither(
    client: redis.Redis, reads: int
) -> None:
    clock = Leaping()
    house = House(client, clock=clock)  # type: ignore[arg-type]
    line = Noted(client)
    house.conductor.world = replace(house.conductor.world, line=line)
    house.hears(house.begins().turn, DigitsPressed("0"))
    house.told(AgentTook("amy", "room-1"))
    house.told(AgentLeft("amy", 5.0, sure=False))
    clock.now += DOUBT_S - 0.5
    clock.reads_left = reads
    assert house.told(Polled()) is not None
    assert (house.state().agent is None) == bool(line.served)


class Timed(Company):
    """How long it was waited for."""

    waited_s = -1.0

    def wait(self, seconds: float) -> Event | None:
        self.waited_s = seconds
        return super().wait(seconds)


@pytest.mark.parametrize("reads", range(8))
@pytest.mark.parametrize("leap_s", [-3600.0, 3600.0])
def test_a_clock_that_is_set_in_the_middle_of_a_turn_lengthens_no_silence(
    client: redis.Redis, reads: int, leap_s: float
) -> None:
    clock, company = Leaping(leap_s), Timed()
    house = House(client, clock=clock)  # type: ignore[arg-type]
    house.conductor.world = replace(house.conductor.world, lookups=company)
    turn = house.begins().turn
    clock.reads_left = reads
    assert said(house.hears(turn, DigitsPressed("1")))[0] == "Northwind: it is 42."
    assert 0 < company.waited_s <= 2.0
