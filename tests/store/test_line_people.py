"""How queues are doing, as rules of handoff.yaml ask (R13)."""

import pytest
from line_world import LineWorld
from redis import Redis

from ivr.call.events import QueueSeen
from ivr.call.tasks import SeePeople
from ivr.routing.assign import Policy
from ivr.routing.skills import Ability


@pytest.fixture
def world(client: Redis) -> LineWorld:
    return LineWorld(client)


def seen(world: LineWorld, *queues: str) -> dict[str, QueueSeen]:
    return world.line.people("h", SeePeople(queues or ("care",)), now=world.now).queues


def test_nobody_is_there_before_anybody_signs_in(world: LineWorld) -> None:
    world.has_agents("ann")
    world.signs_out("ann")
    assert seen(world)["care"].idle == 0
    assert seen(world)["care"].off == 1


def test_agents_are_counted_by_what_they_do(world: LineWorld) -> None:
    world.has_agents("ann", "ben", "cid", "dan")
    world.takes("a")
    world.offers_next()
    world.pauses("dan", "lunch")
    assert seen(world)["care"] == QueueSeen(waiting=1, idle=2, busy=1, off=1, wait_s=0.0)


def test_each_queue_has_its_own_people_and_callers(world: LineWorld) -> None:
    world.has_agents("ann", queues=("care", "sales"))
    world.takes("a", "sales")
    found = seen(world, "care", "sales", "vip")
    assert (found["care"].waiting, found["care"].idle) == (0, 1)
    assert (found["sales"].waiting, found["sales"].idle) == (1, 1)
    assert (found["vip"].waiting, found["vip"].idle) == (0, 0)


def test_who_comes_to_a_longer_line_waits_longer(world: LineWorld) -> None:
    waits = []
    for n in range(4):
        world.takes(f"call {n}")
        waits.append(seen(world)["care"].wait_s)
    assert waits == sorted(waits)
    assert waits[0] > 0


def test_who_is_kept_for_another_queue_is_not_to_be_had(world: LineWorld) -> None:  # R25
    both = Ability(frozenset({"care", "sales", "vip"}))
    world.declares({"ann": both, "ben": both}, sales=Policy(seats=1, open_to=frozenset({"sales", "vip"})))
    world.signs_in("ann")
    found = seen(world, "care", "sales", "vip")
    assert (found["care"].idle, found["care"].busy, found["sales"].idle, found["vip"].idle) == (0, 1, 1, 1)
    assert (found["care"].kept, found["sales"].kept, found["vip"].kept) == (1, 0, 0)
    world.signs_in("ben")
    assert (seen(world, "care")["care"].idle, seen(world, "care")["care"].kept) == (2, 0)
