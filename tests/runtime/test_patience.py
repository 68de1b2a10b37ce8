"""A store that stands still for a moment is waited for; an outage is told, and costs nobody else more silence."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
import redis
from runtime_house import HOTLINE, Clock, Company, FlakyCalls, House, shop

from ivr.call.events import DigitsPressed, Event
from ivr.errors import StoreDown
from ivr.runtime.conductor import Conductor, World
from ivr.runtime.patience import STALL_S, TURN_S, Patience

TRY_S = 1.4
"""What a try that fails takes where the store says nothing."""


class Store:
    """Stands still from its making for so long, on a clock that passes by asking and by pauses."""

    def __init__(self, away_s: float, ask_s: float = 1.4) -> None:
        self.now, self.back_at, self.ask_s, self.asked = 1000.0, 1000.0 + away_s, ask_s, 0
        self.patience = Patience(lambda: self.now, self.passes)

    def passes(self, seconds: float) -> None:
        self.now += seconds

    def answers(self) -> str:
        self.asked += 1
        if self.now < self.back_at:
            self.passes(self.ask_s)
            raise StoreDown("it took too long")
        return "here"

    def ask(self) -> str:
        return self.patience.ask(self.answers, self.now)


@pytest.mark.parametrize("ask_s", [0.0, 0.7, 1.4])
@pytest.mark.parametrize("away_s", [0.0, 0.5, 1.5, 2.5])
def test_a_short_stall_is_waited_for(away_s: float, ask_s: float) -> None:
    store = Store(away_s, ask_s)
    assert store.ask() == "here"
    assert store.now - 1000.0 <= away_s + ask_s + 0.2


@pytest.mark.parametrize("ask_s", [0.0, 1.4])
def test_an_outage_is_told_while_a_caller_still_waits(ask_s: float) -> None:
    store = Store(3600.0, ask_s)
    with pytest.raises(StoreDown):
        store.ask()
    assert STALL_S <= store.now - 1000.0 <= STALL_S + ask_s + 0.2


def test_who_comes_later_to_an_outage_is_told_at_once() -> None:
    store = Store(3600.0, 0.0)
    for _ in range(5):
        with pytest.raises(StoreDown):
            store.ask()
        store.passes(3)
    before = store.asked
    with pytest.raises(StoreDown):
        store.ask()
    assert store.asked == before + 1


def test_the_next_stall_is_waited_for_again() -> None:
    store = Store(3600.0, 0.0)
    with pytest.raises(StoreDown):
        store.ask()
    store.back_at = store.now
    assert store.ask() == "here"
    store.passes(600)
    store.back_at = store.now + 2
    assert store.ask() == "here"


def test_a_clock_that_stands_still_keeps_nobody_for_ever() -> None:
    store = Store(3600.0, 0.0)
    patience = Patience(lambda: 1000.0, lambda seconds: None)
    with pytest.raises(StoreDown):
        patience.ask(store.answers, 1000.0)


@pytest.mark.parametrize("set_by_s", [-3600.0, 3600.0])
def test_a_clock_that_is_set_keeps_nobody_for_ever(set_by_s: float) -> None:
    store = Store(1e9, 0.0)
    with pytest.raises(StoreDown):
        store.ask()
    store.passes(set_by_s)
    began = store.now
    with pytest.raises(StoreDown):
        store.ask()
    assert store.now - began <= STALL_S + 0.2


def test_a_clock_that_is_set_back_while_somebody_waits_does_not_keep_him_waiting() -> None:
    store = Store(1e9, TRY_S)

    def asked() -> str:
        store.now -= 3600 if store.asked == 1 else 0
        return store.answers()

    with pytest.raises(StoreDown):
        store.patience.ask(asked, store.now)
    assert store.asked == 2


class Silent(FlakyCalls):
    """What is asked of it while it is down costs the time of a try."""

    def __init__(self, client: redis.Redis, clock: Clock) -> None:
        super().__init__(client)
        self.clock = clock

    def _fail(self, what: str) -> None:
        self.clock.now += TRY_S if self.down_for[what] else 0.0
        super()._fail(what)


@dataclass(slots=True)
class Slow(Company):
    """Takes all the time it is given."""

    clock: Clock | None = None

    def wait(self, seconds: float) -> Event | None:
        assert self.clock is not None
        self.clock.now += seconds
        return None


@pytest.mark.parametrize(("at_open", "at_commit"), [(0, 0), (2, 0), (2, 1), (2, 100), (0, 1), (0, 100), (100, 0)])
def test_a_turn_of_many_stalls_and_a_slow_company_ends_before_a_carrier_drops_the_call(
    client: redis.Redis, at_open: int, at_commit: int
) -> None:
    house = House(client, shop(hotline=f"{HOTLINE}limits: {{turn_s: 8}}\n"))
    calls, company = Silent(client, house.clock), Slow(clock=house.clock)
    world = World(calls, company, house.ears, house.line, house.memory, house.clock, house.clock.pause)
    house.conductor = Conductor(house.shelf, world)
    turn, began = house.begins().turn, house.clock()
    calls.down_for.update(open=at_open, commit=at_commit)
    try:
        assert house.hears(turn, DigitsPressed("1")).turn == turn + 1
    except StoreDown:
        assert at_open + at_commit > 2
    assert house.clock() - began <= TURN_S + 2 * TRY_S
