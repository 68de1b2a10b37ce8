"""A day looks at the line only when somebody may be rung or silenced, and misses nobody by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sim_stage import TELECOM, a_stage

from ivr.call.tasks import TakePlace, Target
from ivr.sim.day.house import House
from ivr.sim.day.in_line import agents_for, moments_s
from ivr.testing.stage import Stage

FAMILIAR = Target("billing", agent="ben", why="familiar", for_s=20.0)
SENIOR = Target("billing", {"grade": 5}, why="old_customers", for_s=30.0)
HELPERS = Target("general", why="overflow", after_s=60.0)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def test_a_place_of_its_queue_alone_is_looked_at_once() -> None:
    assert moments_s(TakePlace("billing")) == [0.0]


def test_preferred_agents_are_waited_for_one_after_another_or_not_at_all() -> None:
    assert moments_s(TakePlace("billing", preferred=(FAMILIAR, SENIOR))) == [0.0, 20.0, 30.0, 50.0]


def test_who_helps_out_comes_later() -> None:
    assert moments_s(TakePlace("billing", preferred=(FAMILIAR,), overflow=(HELPERS,))) == [0.0, 20.0, 60.0]


def test_agents_of_all_its_queues_and_those_named_may_be_rung(stage: Stage) -> None:
    hotline = stage.hotline(TELECOM)
    agents = hotline.queues.agents
    of = {queue: {name for name in agents if queue in agents[name].queues} for queue in ("billing", "general")}
    named = Target("billing", agent="somebody", why="familiar", for_s=20.0)
    place = TakePlace("billing", preferred=(named,), overflow=(HELPERS,))
    assert agents_for(place, hotline) == of["billing"] | of["general"] | {"somebody"}


def test_looking_every_few_seconds_rings_nobody_sooner(stage: Stage) -> None:
    day = stage.day(TELECOM, "outage", callers=100)
    house = House(stage.hotline(TELECOM), day, stage.scene(TELECOM, day))
    house.net_every_s = 15.0
    try:
        house.play()
        assert house.looks > 50
        assert house.looks_in_vain == 0
    finally:
        house.close()
