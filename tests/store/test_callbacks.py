"""Callbacks in line: at their true place, rung one for each free agent, once, whatever happens to workers."""

import pytest
from line_world import LineWorld

from ivr.call.tasks import TakePlace
from ivr.store.callbacks import LEASE_S, RedisCallbacks

ALICE = "+12025550101"


@pytest.fixture
def world(client):
    return LineWorld(client)


@pytest.fixture
def backs(client):
    return RedisCallbacks(client)


def books(world, backs, name="c1.1", number=ALICE, since=None):
    return backs.book("h", name, TakePlace("care", number=number), since or world.now, now=world.now)


def find(world, backs, name="c1.1"):
    return backs.find("h", name, now=world.now)


def taken(world, backs, name="c1.1"):
    """An agent has pressed 1 for this callback, and its caller is to be rung."""
    offer = world.offers_next(leg="")
    assert offer.call == name
    world.offers.rung(offer.token, "agents-leg", now=world.now)
    assert world.offers.take(offer.token, now=world.now)
    backs.to_dial("h", name, now=world.now)
    return offer


def test_a_callback_keeps_the_place_of_its_call(world, backs):  # R83
    world.takes("c1")
    world.waits(60)
    world.takes("c2")
    world.leaves("c1", "callback")
    assert books(world, backs) == "booked"
    assert world.in_line() == ["c1.1", "c2"]
    world.has_agents("amy")
    offer = world.offers_next(leg="")
    assert (offer.call, offer.number) == ("c1.1", ALICE)
    assert world.offers_next(leg="") is None


def test_booked_twice_it_is_booked_once(world, backs):
    assert books(world, backs) == "booked"
    assert books(world, backs) == "booked"
    assert world.in_line() == ["c1.1"]


def test_a_number_has_one_callback_and_the_first_one_stands(world, backs):
    assert books(world, backs) == "booked"
    assert books(world, backs, "c9.1") == "twice"
    assert world.in_line() == ["c1.1"]


def test_who_rings_in_has_the_time_of_the_callback_and_no_callback(world, backs):
    books(world, backs, since=world.now)
    world.takes("c2")
    world.waits(100)
    world.takes("c3", number=ALICE)
    assert world.in_line() == ["c3", "c2"]
    assert find(world, backs).why == "rang_in"


def test_who_rings_in_while_an_agents_phone_rings_for_it_frees_the_agent(world, backs):
    books(world, backs)
    world.has_agents("amy")
    offer = world.offers_next(leg="")
    world.offers.rung(offer.token, "leg", now=world.now)
    world.takes("c3", number=ALICE)
    assert [one.token for one in world.offers.cancels("h", now=world.now)] == [offer.token]
    assert world.offers_next(leg="").call == "c3"


def test_a_caller_is_rung_by_one_worker_and_by_another_when_that_one_dies(world, backs):
    books(world, backs)
    world.has_agents("amy")
    taken(world, backs)
    assert [one.name for one in backs.dials("h", now=world.now)] == ["c1.1"]
    assert backs.dials("h", now=world.now) == []
    world.waits(LEASE_S)
    assert [one.tries for one in backs.dials("h", now=world.now)] == [2]
    assert backs.rung("h", "c1.1", "leg-2", now=world.now)
    world.waits(LEASE_S)
    assert backs.dials("h", now=world.now) == []


def test_of_two_legs_one_is_the_callers(world, backs):
    books(world, backs)
    world.has_agents("amy")
    taken(world, backs)
    backs.dials("h", now=world.now)
    assert backs.rung("h", "c1.1", "leg-1", now=world.now)
    assert backs.rung("h", "c1.1", "leg-1", now=world.now)
    assert not backs.rung("h", "c1.1", "leg-2", now=world.now)
    assert backs.confirm("h", "c1.1", "leg-2", now=world.now) is None
    assert backs.confirm("h", "c1.1", "leg-1", now=world.now).confirmed
    assert backs.confirm("h", "c1.1", "leg-1", now=world.now).agent == "amy"


def test_served_is_over(world, backs):
    books(world, backs)
    world.has_agents("amy")
    offer = taken(world, backs)
    backs.dials("h", now=world.now)
    backs.rung("h", "c1.1", "leg-1", now=world.now)
    backs.confirm("h", "c1.1", "leg-1", now=world.now)
    assert world.offers.finish(offer.token, now=world.now)
    assert (find(world, backs).state, find(world, backs).why) == ("gone", "served")
    assert books(world, backs) == "over"
    assert backs.live("h", now=world.now) == []


def test_not_reached_it_sleeps_at_its_place_and_the_agent_is_free(world, backs):
    since = world.now
    books(world, backs)
    world.has_agents("amy")
    offer = taken(world, backs)
    backs.dials("h", now=world.now)
    backs.rung("h", "c1.1", "leg-1", now=world.now)
    assert not backs.again("h", "c1.1", "leg-0", "busy", world.now + 600, now=world.now)
    assert backs.again("h", "c1.1", "leg-1", "busy", world.now + 600, now=world.now)
    assert not backs.again("h", "c1.1", "leg-1", "busy", world.now + 900, now=world.now)
    assert world.agent("amy").state == "ready"
    assert [one.token for one in world.offers.cancels("h", now=world.now)] == [offer.token]
    world.waits(60)
    world.takes("c2")
    assert world.offers_next(leg="").call == "c2"
    world.leaves("c2")
    world.waits(600)
    world.offers.expire("h", now=world.now)
    again = world.offers_next(leg="")
    assert (again.call, again.since) == ("c1.1", since)


def test_given_up_it_is_gone(world, backs):
    books(world, backs)
    world.has_agents("amy")
    taken(world, backs)
    backs.dials("h", now=world.now)
    backs.rung("h", "c1.1", "leg-1", now=world.now)
    assert backs.again("h", "c1.1", "leg-1", "not_reached", 0, now=world.now)
    assert (find(world, backs).state, find(world, backs).why) == ("gone", "not_reached")
    assert world.in_line() == []
    assert books(world, backs, "c7.1") == "booked", "the number may be promised another one"


def test_put_off_it_is_as_if_it_had_not_been_rung(world, backs):
    books(world, backs)
    world.has_agents("amy")
    taken(world, backs)
    backs.dials("h", now=world.now)
    assert backs.again("h", "c1.1", None, "agent_left", world.now + 1, now=world.now, tries=-1)
    assert (find(world, backs).tries, find(world, backs).rung_at) == (0, 0)


def test_an_agent_who_misses_a_caller_who_is_on_the_line_costs_no_place(world, backs):
    books(world, backs)
    world.has_agents("amy", "ben")
    offer = world.offers_next(leg="")
    backs.to_dial("h", "c1.1", now=world.now)
    backs.dials("h", now=world.now)
    backs.rung("h", "c1.1", "leg-1", now=world.now)
    assert backs.confirm("h", "c1.1", "leg-1", now=world.now).state == "reserved"
    world.offers.miss(offer.token, "declined", now=world.now)
    assert find(world, backs).confirmed
    second = world.offers_next(leg="")
    assert (second.call, second.agent) == ("c1.1", "ben")


def test_dropped_it_rings_nobody(world, backs):
    books(world, backs)
    assert backs.drop("h", "c1.1", "worked", now=world.now)
    assert not backs.drop("h", "c1.1", "worked", now=world.now)
    world.has_agents("amy")
    assert world.offers_next(leg="") is None


def test_a_place_of_a_caller_on_the_line_is_no_callback(world, backs):
    world.takes("c1")
    assert find(world, backs, "c1") is None
    assert not backs.drop("h", "c1", "worked", now=world.now)


def test_what_becomes_of_it_is_told_of_the_call_that_asked(world, backs):
    books(world, backs)
    world.has_agents("amy")
    taken(world, backs)
    backs.dials("h", now=world.now)
    backs.again("h", "c1.1", "", "fault", 0, now=world.now)
    assert [kind for kind, _ in world.told("c1")] == ["offered", "dialled"]
    assert world.told("c1")[-1][1] == {"number": ALICE, "status": "fault", "tries": 1}
