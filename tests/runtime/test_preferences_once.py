"""What a call shows of its caller counts once, however often its turns come (R33)."""

from __future__ import annotations

import redis
from runtime_house import CALLER, HOTLINE, House, shop

from ivr.call.events import DigitsPressed, HungUp
from ivr.call.habits import Habit
from ivr.store import keys
from ivr.store.memory import RedisMemory


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
    habits = RedisMemory(client).recall("shop", CALLER).habits
    assert habits == (Habit(house.clock(), language="en", input="keys", way="machine"),)


def test_it_is_kept_when_the_line_hears_the_end_and_leaves_no_errand(client: redis.Redis) -> None:  # R33
    house = called(client)
    assert house.state().phase == "over"
    assert house.chores() == []


def test_what_somebody_spoilt_in_the_store_costs_no_caller_a_turn(client: redis.Redis) -> None:
    house = House(client, shop(hotline=HOTLINE + "preferences: {}\n"))
    turn = house.begins().turn
    client.set(keys.caller_prefers("shop", CALLER), "no hash of ours")
    house.hears(turn, DigitsPressed("1"))
    house.told(HungUp())
    assert house.state().phase == "over"
    assert client.get(keys.caller_prefers("shop", CALLER)) == b"no hash of ours"
