"""An agent on a plain telephone presses the star in a talk: the menu, what it does, and every way it can go wrong."""

from __future__ import annotations

import pytest
from e2e_house import SMALL, Rehearse, choose

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.cloud import Call, Hostile

AMY, BEN = "+12025550111", "+12025550112"


@pytest.fixture
def amy(house: CarrierRehearsal, talk: CarrierCall) -> Call:
    """Her telephone."""
    return house.people._legs["telecom", "amy"]


def star(house: CarrierRehearsal, talk: CarrierCall, amy: Call) -> None:
    amy.press("*", at_once=True)
    settled(house, talk)
    assert "The caller hears music" in amy.heard[-1]


def settled(house: CarrierRehearsal, talk: CarrierCall) -> None:
    """All that is ordered is done, and all chores."""
    for _ in range(3):
        house.cloud.do_orders()
        house.settle()
        house.switchboard.round("telecom")
    house.cloud.settle(talk.line.phone)


def hears_music(talk: CarrierCall) -> bool:
    return talk.line.phone.heard[-1].startswith("♪") and talk.line.phone.state in ("playing", "waiting")


def states(house: CarrierRehearsal) -> dict[str, str]:
    return {agent.name: agent.state for agent in house.agents.all("telecom", now=house.clock())}


def test_the_caller_hears_music_until_the_star_is_pressed_again(house: CarrierRehearsal, talk: CarrierCall, amy: Call):
    star(house, talk, amy)
    assert hears_music(talk)
    amy.wait(2)
    amy.press("*")
    settled(house, talk)
    assert amy.talks_with == {talk.line.call}
    talk.waits(30)
    talk.agent_leaves(60)
    talk.hears("How well were you helped")
    talk.hangs_up()
    assert amy.errors == talk.line.phone.errors == []


def test_a_caller_is_sent_on_to_another_queue(house: CarrierRehearsal, talk: CarrierCall, amy: Call):  # R74
    star(house, talk, amy)
    amy.press("1")
    assert "customer care" not in amy.heard[-1], "where he came from"
    choose(amy, "technicians")
    settled(house, talk)
    assert amy.heard[-1] == "The caller is on the way. Thank you."
    assert amy.state == "over"
    talk.hears("connecting you with a colleague")
    talk.agent_takes("ben")
    talk.is_with("ben")
    assert states(house)["amy"] in ("wrap_up", "ready")


def test_a_caller_is_sent_on_to_an_agent_by_name(house: CarrierRehearsal, talk: CarrierCall, amy: Call):  # R74
    star(house, talk, amy)
    amy.press("2")
    assert amy.heard[-1] == "1: ben. Star: back.", "dina and chen are not there, and amy is on this line"
    amy.press("1")
    settled(house, talk)
    talk.agent_takes("ben")
    talk.recorded("transferred", agent="amy", to="ben")


def test_an_expert_comes_and_is_sent_away(house: CarrierRehearsal, talk: CarrierCall, amy: Call):  # R75
    star(house, talk, amy)
    amy.press("3")
    choose(amy, "ben")
    settled(house, talk)
    assert amy.talks_with == {talk.line.call}, "she is with the caller while ben is rung"
    talk.expert_joins("ben")
    ben = house.people._legs["telecom", "ben"]
    assert ben.talks_with == {talk.line.call, amy.sid}
    amy.press("*", at_once=True)
    settled(house, talk)
    assert ben.talks_with == {talk.line.call}, "the caller has company, and hears no music"
    amy.press("4")
    settled(house, talk)
    assert ben.state == "over"
    assert amy.talks_with == {talk.line.call}
    assert states(house)["ben"] in ("wrap_up", "ready")
    talk.agent_leaves(20)
    talk.hears("How well were you helped")


def test_who_is_rung_to_join_is_rung_no_more(house: CarrierRehearsal, talk: CarrierCall, amy: Call):  # R75
    star(house, talk, amy)
    amy.press("3")
    choose(amy, "ben")
    settled(house, talk)
    ben = house.cloud.leg(BEN)
    star(house, talk, amy)
    amy.press("4")
    settled(house, talk)
    assert ben.state == "over"
    assert states(house)["ben"] == "ready"
    assert amy.talks_with == {talk.line.call}


def test_star_and_star_at_once_is_there_and_back(house: CarrierRehearsal, talk: CarrierCall, amy: Call):
    amy.press("*", at_once=True)
    amy.press("*", at_once=True)
    settled(house, talk)
    assert amy.talks_with == {talk.line.call}


def test_no_key_leads_back(house: CarrierRehearsal, talk: CarrierCall, amy: Call):
    star(house, talk, amy)
    amy.silence()
    settled(house, talk)
    assert amy.state == "listening", "the menu once more"
    amy.silence()
    settled(house, talk)
    assert amy.talks_with == {talk.line.call}


def test_a_caller_who_hangs_up_frees_the_agent(house: CarrierRehearsal, talk: CarrierCall, amy: Call):
    star(house, talk, amy)
    talk.hangs_up()
    settled(house, talk)
    assert amy.heard[-1] == "The caller has hung up."
    house.cloud.settle(amy)
    assert amy.state == "over"
    assert states(house)["amy"] in ("wrap_up", "ready")


def test_an_agent_who_hangs_up_in_the_menu_ends_the_talk(house: CarrierRehearsal, talk: CarrierCall, amy: Call):
    star(house, talk, amy)
    amy.hang_up()
    settled(house, talk)
    talk.hears("How well were you helped")
    assert states(house)["amy"] in ("wrap_up", "ready")


def test_a_queue_that_is_closed_has_no_key(house: CarrierRehearsal, talk: CarrierCall, amy: Call):
    star(house, talk, amy)
    house.clock.advance(0)
    amy.press("1")
    assert "valued customers" in amy.heard[-1]
    talk.hangs_up()


def test_where_nobody_is_there_the_caller_comes_back_to_who_sent_him(
    house: CarrierRehearsal, talk: CarrierCall, amy: Call
):  # R74
    talk.agent_signs_out("ben")
    star(house, talk, amy)
    amy.press("1")
    choose(amy, "technicians")
    settled(house, talk)
    talk.is_in_queue("technical", 1)
    for _ in range(12):
        talk.waits(5)
        house.switchboard.round("telecom")
    talk.agent_takes("amy")
    talk.is_with("amy")


@pytest.mark.parametrize("twice", ["same token", "new token"])
def test_doubled_webhooks_do_nothing_twice(house: CarrierRehearsal, talk: CarrierCall, amy: Call, twice: str):
    house.cloud.hostile = Hostile(twice=twice, callbacks_twice=True)
    star(house, talk, amy)
    amy.press("3")
    choose(amy, "ben")
    settled(house, talk)
    assert amy.talks_with == {talk.line.call}
    assert len([one for one in house.cloud.calls.values() if one.to == BEN]) == 1
    assert len([one for one in house.entries("telecom", talk.line.call) if one.kind == "expert_asked"]) == 1
    star(house, talk, amy)
    amy.press("1")
    choose(amy, "valued customers")
    settled(house, talk)
    assert amy.state == "over"
    talk.is_in_queue("vip", 1)


def test_late_webhooks_bring_nobody_back(house: CarrierRehearsal, talk: CarrierCall, amy: Call):
    """Each document's request is followed by the one before it once more."""
    house.cloud.hostile = Hostile(late=True)
    star(house, talk, amy)
    amy.press("*")
    settled(house, talk)
    assert amy.talks_with == {talk.line.call}
    amy.hang_up()
    settled(house, talk)
    talk.hears("How well were you helped")


def test_where_the_carrier_fetches_nobody_the_music_ends_and_they_meet(
    house: CarrierRehearsal, talk: CarrierCall, amy: Call
):
    star(house, talk, amy)
    house.cloud.rest_refuses = (500, 20500)
    amy.press("*")
    house.cloud.rest_refuses = None
    talk.waits(40)
    assert amy.talks_with == {talk.line.call}


def test_the_news_of_the_agents_leg_may_be_lost(house: CarrierRehearsal, talk: CarrierCall, amy: Call):
    """Nobody hears that her telephone went dead: the caller is not kept in silence, nor she on the call."""
    amy.status_url = None
    amy.asker.browser.server = "http://127.0.0.1:9"
    amy.hang_up()
    for _ in range(8):
        talk.waits(1)
    talk.hears("How well were you helped")
    settled(house, talk)
    assert states(house)["amy"] in ("wrap_up", "ready")


def test_the_expert_cannot_send_away_who_took_the_call(house: CarrierRehearsal, talk: CarrierCall, amy: Call):  # R75
    star(house, talk, amy)
    amy.press("3")
    choose(amy, "ben")
    settled(house, talk)
    talk.expert_joins("ben")
    ben = house.people._legs["telecom", "ben"]
    ben.press("*", at_once=True)
    settled(house, talk)
    ben.press("4")
    assert "That is not possible just now." in ben.heard
    settled(house, talk)
    assert amy.talks_with == {talk.line.call}


def sent_on_by_star(house: CarrierRehearsal) -> tuple[CarrierCall, Call]:
    """A caller whom amy has just sent on to ben, and amy's leg."""
    call = CarrierCall(house, caller="+12025550101")
    call.dials()
    call.agent_signs_in("amy")
    call.agent_signs_in("ben")
    call.agent_takes("amy")
    amy = house.people._legs["people", "amy"]
    amy.press("*", at_once=True)
    amy.press("1", at_once=True)
    choose(amy, "other")
    house.cloud.do_orders()
    return call, amy


def asked_how_it_ended(house: CarrierRehearsal) -> Call:
    """Ben, who got a caller from amy, and whose caller has hung up."""
    call, _ = sent_on_by_star(house)
    call.agent_takes("ben")
    call.hangs_up()
    house.cloud.do_orders()
    house.settle()
    house.switchboard.round("people")
    house.cloud.do_orders()
    ben = house.people._legs["people", "ben"]
    assert "How did the talk end?" in ben.heard[-1]
    return ben


def state_after(house: CarrierRehearsal, seconds: float) -> str:
    house.clock.advance(seconds)
    house.switchboard.round("people")
    return {one.name: one.state for one in house.agents.all("people", now=house.clock())}["ben"]


def test_nobody_is_rung_who_is_still_asked_how_the_talk_ended(by_carrier: Rehearse):  # R75
    house = by_carrier(SMALL / "people")
    asked_how_it_ended(house)
    assert state_after(house, 28) == "wrap_up", "the question is spoken twice, with time for a key"


def test_who_has_said_how_the_talk_ended_is_free_at_once(by_carrier: Rehearse):  # R75
    house = by_carrier(SMALL / "people")
    asked_how_it_ended(house).press("1")
    assert state_after(house, 1) == "ready"


@pytest.mark.parametrize("status", ["completed", "failed"])
def test_whose_leg_ends_instead_is_free_at_once(by_carrier: Rehearse, status: str):  # R75
    house = by_carrier(SMALL / "people")
    asked_how_it_ended(house).end(status)
    assert state_after(house, 1) == "ready"


def test_a_talk_ends_with_a_leg_that_fails(house: CarrierRehearsal, talk: CarrierCall, amy: Call):
    amy.end("failed")
    settled(house, talk)
    talk.hears("How well were you helped")
    assert states(house)["amy"] in ("wrap_up", "ready")


@pytest.mark.parametrize("twice", ["no", "new token"])
def test_how_the_talk_ended_is_asked_when_the_caller_has_gone(by_carrier: Rehearse, twice: str):  # R75
    house = by_carrier(SMALL / "people")
    call, amy = sent_on_by_star(house)
    assert amy.heard[-1] == "The caller is on the way. Thank you.", "nothing is asked: the call goes on"
    call.agent_takes("ben")
    house.cloud.hostile = Hostile(twice=twice)
    call.hangs_up()
    ben = house.people._legs["people", "ben"]
    house.cloud.do_orders()
    house.settle()
    house.switchboard.round("people")
    house.cloud.do_orders()
    assert "How did the talk end?" in ben.heard[-1]
    assert {one.name: one.state for one in house.agents.all("people", now=house.clock())}["ben"] == "wrap_up"
    ben.press("3")
    assert "Thank you." in ben.heard[-1]
    told = [one.data for one in house.entries("people", call.line.call) if one.kind == "closed"]
    assert told == [{"outcome": "converted", "by": "ben"}]
