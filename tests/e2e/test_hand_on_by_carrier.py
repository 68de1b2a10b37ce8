"""Transfers and conferences through the carrier: whoever leaves a room, the caller stays with somebody or goes on."""

from __future__ import annotations

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.cloud import Call

AMY = "+12025550111"
BEN = "+12025550112"


def leg(house: CarrierRehearsal, agent: str) -> Call:
    return house.people._legs["telecom", agent]


def agents(house: CarrierRehearsal) -> dict[str, str]:
    return {agent.name: agent.state for agent in house.agents.all("telecom", now=house.clock())}


def test_who_sends_a_caller_on_has_the_line_free_and_the_caller_hears_it(  # R74
    house: CarrierRehearsal, talk: CarrierCall
) -> None:
    first = leg(house, "amy")
    talk.agent_transfers("agent:ben", "wants the old number back")
    talk.hears("connecting you with a colleague")
    assert first.state == "over"
    talk.agent_takes("ben")
    talk.is_with("ben")
    assert "Note: wants the old number back." in leg(house, "ben").heard[-1]
    assert agents(house)["amy"] in ("wrap_up", "ready")
    talk.agent_leaves(5)
    talk.hears("How well were you helped")
    talk.hangs_up()


def test_a_caller_who_cannot_be_fetched_is_let_out_by_the_end_of_the_agents_leg(
    house: CarrierRehearsal, talk: CarrierCall
) -> None:
    house.cloud.rest_refuses = (500, 20500)
    talk.agent_transfers("queue:technical")
    house.cloud.rest_refuses = None
    house.switchboard.round("telecom")
    talk.waits(1)
    talk.is_in_queue("technical", 1)
    talk.hangs_up()


def test_three_in_one_room_and_each_may_leave(house: CarrierRehearsal, talk: CarrierCall) -> None:  # R75
    talk.agent_brings_in("queue:technical")
    talk.expert_joins("ben")
    amy, ben = leg(house, "amy"), leg(house, "ben")
    assert ben.talks_with == {talk.line.call, amy.sid}
    talk.one_leaves("amy")
    assert ben.talks_with == {talk.line.call}
    talk.one_leaves("ben")
    talk.hears("How well were you helped")
    talk.hangs_up()
    talk.recorded("ended", agents=["amy", "ben"])


def test_a_caller_who_leaves_ends_it_for_all(house: CarrierRehearsal, talk: CarrierCall) -> None:  # R75
    talk.agent_brings_in("queue:technical")
    talk.expert_joins("ben")
    amy, ben = leg(house, "amy"), leg(house, "ben")
    talk.hangs_up()
    house.cloud.do_orders()
    assert (amy.state, ben.state) == ("over", "over")
    assert {agents(house)["amy"], agents(house)["ben"]} <= {"wrap_up", "ready"}


def test_where_the_carrier_keeps_no_room_open_who_stays_is_asked_and_comes_back(
    house: CarrierRehearsal, talk: CarrierCall
) -> None:
    talk.agent_brings_in("queue:technical")
    house.switchboard.round("telecom")
    phone = house.cloud.leg(BEN)
    phone.answer()
    house.cloud.rest_refuses = (500, 20500)
    phone.press("1", at_once=True)
    house.cloud.rest_refuses = None
    talk.one_leaves("amy")
    talk.waits(1)
    assert "The caller hears music" in phone.heard[-1], "the room has ended, for whatever reason"
    phone.press("*")
    talk.waits(1)
    assert phone.talks_with == {talk.line.call}
    talk.hangs_up()


def test_an_expert_whose_caller_has_gone_is_not_kept(house: CarrierRehearsal, talk: CarrierCall) -> None:
    talk.agent_brings_in("queue:technical")
    house.switchboard.round("telecom")
    phone = house.cloud.leg(BEN)
    talk.hangs_up()
    house.switchboard.round("telecom")
    house.cloud.do_orders()
    assert phone.status != "ringing"
    assert agents(house)["ben"] == "ready"
