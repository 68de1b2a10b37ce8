"""What a call shows of its caller counts once, however often its turns and chores come (R33)."""

from __future__ import annotations

import redis
from runtime_house import CALLER, HOTLINE, House, shop
from test_chore_worker import Office

from ivr.call.events import DigitsPressed, HungUp
from ivr.call.habits import Habit
from ivr.store.preferences import RedisPreferences


def called(client: redis.Redis) -> House:
    """A call for a balance by key, every request of which has come twice."""
    house = House(client, shop(hotline=HOTLINE + "preferences: {}\n"))
    turn = house.begins().turn
    assert house.begins().turn == turn
    for _ in range(2):
        house.hears(turn, DigitsPressed("1"))
    for _ in range(2):
        house.told(HungUp())
    return house


def test_doubled_requests_show_one_habit(client: redis.Redis) -> None:  # R33
    house = called(client)
    assert [chore["task"] for chore in house.chores()].count("KeepHabit") == 1
    assert Office(house).works() > 0
    habits, _ = RedisPreferences(client).of("shop", CALLER)
    assert habits == (Habit(house.clock(), language="en", input="keys", way="machine"),)


def test_a_worker_that_dies_before_it_said_so_has_counted_nothing_twice(client: redis.Redis) -> None:  # R33
    house = called(client)
    first, second = Office(house), Office(house)
    (*due,) = first.queue.read(20, None, now=house.clock())
    for one in due:
        first.worker.do(one)  # and then it dies: nobody is told that the chore is done
        second.worker.do(one)
    habits, _ = RedisPreferences(client).of("shop", CALLER)
    assert len(habits) == 1
    assert house.state().phase == "over"
