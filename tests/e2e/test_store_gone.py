"""Redis goes away in mid-call: an apology while it is tried again, the call goes on after, or is handed on."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_house import Rehearse

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.store import embedded
from ivr.store.connect import connect
from ivr.store.embedded import Embedded
from ivr.store.server_process import server_lives

CALLER = "+12025550101"
APOLOGY = "technical problem"
FALLBACK = "+12025550190"


class Store:
    """A Redis server that stays away when it was killed: nobody starts it again but the test."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._running: Embedded | None = None
        self.comes_back()
        assert self._running is not None
        self.client = connect(f"unix://{self._running.socket}", timeout_s=60)

    def dies(self) -> None:
        assert self._running is not None
        os.kill(self._running.pid, signal.SIGKILL)
        while server_lives(self.directory):
            pass
        os.close(self._running.share)
        self._running = None

    def comes_back(self) -> None:
        self._running = embedded.start(self.directory)

    def close(self) -> None:
        self.client.close()
        if self._running is not None:
            self._running.stop()


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store(tmp_path_factory.mktemp("redis"))
    yield made
    made.close()


@pytest.fixture
def house(store: Store, by_carrier: Rehearse) -> CarrierRehearsal:
    return by_carrier(client=store.client)


@pytest.fixture
def call(house: CarrierRehearsal) -> CarrierCall:
    return CarrierCall(house, caller=CALLER)


def test_ten_seconds_without_redis_cost_the_caller_a_wait(store: Store, call: CarrierCall) -> None:
    call.dials()
    call.hears("How can I help you")
    store.dies()
    call.presses(1)
    call.hears(APOLOGY)
    call.waits(10)
    call.hears(APOLOGY)
    store.comes_back()
    call.waits(10)
    call.hears("How can I help you")
    call.presses(1)
    call.hears("Your balance is 42 dollars")
    call.hangs_up()
    call.recorded("ended", outcome="answered")
    assert not call.line.phone.errors


def test_more_than_thirty_seconds_without_redis_lead_to_the_fallback_number(store: Store, call: CarrierCall) -> None:
    call.dials()
    store.dies()
    call.presses(1)
    call.waits(45)
    call.hears(APOLOGY)
    call.is_transferred_to(FALLBACK)
    call.is_over("transferred")


def test_who_calls_while_redis_is_away_is_asked_to_wait_and_then_served(store: Store, call: CarrierCall) -> None:
    store.dies()
    call.dials()
    call.hears(APOLOGY)
    store.comes_back()
    call.waits(10)
    call.hears("Welcome back")
    call.presses(1)
    call.hears("Your balance is 42 dollars")
    call.hangs_up()


def test_what_was_answered_before_is_not_lost_with_the_server(store: Store, call: CarrierCall) -> None:
    call.dials()
    call.presses(1)
    before = call.entries()
    store.dies()
    store.comes_back()
    assert call.entries() == before
    call.hears("if there is anything else")
    call.presses(2)
    call.hears("How well did I help you")
    call.hangs_up()


def test_a_place_in_line_outlives_the_server(store: Store, call: CarrierCall, house: CarrierRehearsal) -> None:
    call.dials()
    call.presses(0)
    second = CarrierCall(house, caller="+12025550104")
    second.dials()
    second.presses(0)
    store.dies()
    call.waits(20)
    store.comes_back()
    call.waits(15)
    second.waits(5)
    call.is_in_queue("general", 1)
    second.is_in_queue("general", 2)
    call.agent_signs_in("amy")
    call.agent_takes("amy")
    call.is_with("amy")
    call.hangs_up()
    second.hangs_up()


def test_the_embedded_server_is_started_again_before_the_caller_notices(
    by_carrier: Rehearse, tmp_path_factory: pytest.TempPathFactory
) -> None:
    running = embedded.start(tmp_path_factory.mktemp("redis"))
    client = connect(running.url, timeout_s=60)
    call = CarrierCall(by_carrier(client=client), caller=CALLER)
    call.dials()
    os.kill(running.pid, signal.SIGKILL)
    while server_lives(running.directory):
        pass
    call.presses(1)
    call.hears("Your balance is 42 dollars")
    call.does_not_hear(APOLOGY)
    call.hangs_up()
    client.close()
    running.stop()
