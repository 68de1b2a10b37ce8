"""A store that stands still for a moment is waited for; an outage is told, and costs nobody else more silence."""

from __future__ import annotations

import pytest

from ivr.errors import StoreDown
from ivr.runtime.patience import STALL_S, Patience


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
        return self.patience.ask(self.answers)


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
        patience.ask(store.answers)


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
