"""Whole calls through the whole stack: one Redis server for all, a rehearsal by way of the carrier for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import redis
from e2e_house import TELECOM, Rehearse

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.cloud import VirtualClock
from ivr.sim.cloud.clock import Time
from ivr.sim.script import START
from ivr.testing.stage import Stage


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as opened:
        yield opened


@pytest.fixture
def by_carrier(stage: Stage, tmp_path: Path) -> Iterator[Rehearse]:
    """`by_carrier(folder, at=…, client=…, clock=…)`: a rehearsal of that hotline behind the carrier's double."""
    with ExitStack() as opened:

        def rehearse(
            folder: Path = TELECOM, *, at: str = START, client: redis.Redis | None = None, clock: Time | None = None
        ) -> CarrierRehearsal:
            hotline = stage.hotline(folder)
            local = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(hotline.file.timezone))
            time = clock or VirtualClock(local.timestamp())
            house = CarrierRehearsal({folder: hotline}, client or stage.client, time, stage.kit, home=tmp_path)
            opened.callback(house.close)
            return house

        yield rehearse


@pytest.fixture
def house(by_carrier: Rehearse) -> CarrierRehearsal:
    """The sample hotline, on a Monday when all queues are open."""
    return by_carrier()


@pytest.fixture
def talk(house: CarrierRehearsal) -> CarrierCall:
    """A caller who talks with amy; ben is there too."""
    call = CarrierCall(house, caller="+12025550101")
    call.dials()
    call.presses(0)
    call.agent_signs_in("amy")
    call.agent_takes("amy")
    call.agent_signs_in("ben")
    return call
