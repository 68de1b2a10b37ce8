"""Agents' telephones through the carrier: rung over REST, told who waits, joined with a key; the place is kept."""

from __future__ import annotations

import pytest

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.cloud import Call

AMY = "+12025550111"
BEN = "+12025550112"


@pytest.fixture
def waiting(house: CarrierRehearsal) -> CarrierCall:
    """A caller who has asked for a person and is next in line."""
    call = CarrierCall(house, caller="+12025550101")
    call.dials()
    call.presses(0)
    call.is_in_queue("general", 1)
    return call


def ring(house: CarrierRehearsal, phone: str) -> Call:
    house.switchboard.round("telecom")
    return house.cloud.leg(phone)


def silent(house: CarrierRehearsal, phone: str) -> bool:
    house.switchboard.round("telecom")
    house.cloud.do_orders()
    return not [leg for leg in house.cloud.calls.values() if leg.to == phone and leg.status == "ringing"]


def agents(house: CarrierRehearsal) -> dict[str, str]:
    return {agent.name: agent.state for agent in house.agents.all("telecom", now=house.clock())}


def test_an_agent_hears_who_waits_presses_1_and_talks(house: CarrierRehearsal, waiting: CarrierCall) -> None:  # R76
    waiting.agent_signs_in("amy")
    leg = ring(house, AMY)
    leg.answer()
    assert "Alice Chen" in leg.heard[-1]
    assert "Press 1" in leg.heard[-1]
    leg.press("1")
    waiting.line.wait(1)
    waiting.is_with("amy")
    assert leg.talks_with == {waiting.line.call}
    waiting.is_not_in_queue()
    waiting.agent_leaves(1)


def test_an_agent_who_does_not_answer_costs_the_caller_no_place(  # R58
    house: CarrierRehearsal, waiting: CarrierCall
) -> None:
    waiting.agent_signs_in("amy")
    second = CarrierCall(house, caller="+12025550104")
    second.dials()
    second.presses(0)
    ring(house, AMY).no_answer()
    waiting.is_in_queue("general", 1)
    second.is_in_queue("general", 2)
    waiting.recorded("missed", agent="amy", why="no-answer")
    waiting.agent_signs_in("ben")
    waiting.agent_takes("ben")
    waiting.is_with("ben")
    second.is_in_queue("general", 1)


@pytest.mark.parametrize(
    ("what", "why"), [("decline", "busy"), ("no_answer", "no-answer"), ("fail", "failed"), ("hang_up", "no_key")]
)
def test_however_an_agents_leg_ends_untaken_the_next_agent_is_rung(
    house: CarrierRehearsal, waiting: CarrierCall, what: str, why: str
) -> None:
    waiting.agent_signs_in("amy")
    leg = ring(house, AMY)
    if what == "hang_up":
        leg.answer()
    getattr(leg, what)()
    waiting.recorded("missed", agent="amy", why=why)
    waiting.agent_signs_in("ben")
    waiting.agent_takes("ben")
    waiting.is_with("ben")


def test_an_answering_machine_takes_no_caller(house: CarrierRehearsal, waiting: CarrierCall) -> None:
    waiting.agent_signs_in("amy")
    leg = ring(house, AMY)
    leg.answer()
    leg.wait(40)
    assert leg.state == "over"
    waiting.is_in_queue("general", 1)
    assert agents(house)["amy"] == "ready"


def test_a_caller_who_hangs_up_silences_the_agents_phone(house: CarrierRehearsal, waiting: CarrierCall) -> None:
    waiting.agent_signs_in("amy")
    leg = ring(house, AMY)
    waiting.hangs_up()
    assert silent(house, AMY)
    assert leg.status == "completed"
    assert agents(house)["amy"] == "ready"


def test_an_agent_who_comes_too_late_is_told_so(house: CarrierRehearsal, waiting: CarrierCall) -> None:
    waiting.agent_signs_in("amy")
    leg = ring(house, AMY)
    leg.answer()
    waiting.hangs_up()
    leg.press("1")
    assert "no longer waiting" in leg.heard[-1]


def test_a_caller_who_hangs_up_in_the_talk_frees_the_agent(house: CarrierRehearsal, waiting: CarrierCall) -> None:
    waiting.agent_signs_in("amy")
    waiting.agent_takes("amy")
    waiting.hangs_up()
    house.cloud.do_orders()
    assert agents(house)["amy"] in ("wrap_up", "ready")
    waiting.recorded("ended", outcome="connected", agent="amy")


def test_an_agent_whose_phone_cannot_be_rung_is_no_harm(house: CarrierRehearsal, waiting: CarrierCall) -> None:
    waiting.agent_signs_in("amy")
    house.cloud.rest_refuses = (500, 20500)
    assert silent(house, AMY)
    waiting.is_in_queue("general", 1)
    house.cloud.rest_refuses = None
    house.pass_time(15)
    waiting.agent_takes("amy")
    waiting.is_with("amy")


def test_a_caller_who_cannot_be_fetched_comes_when_the_music_ends(
    house: CarrierRehearsal, waiting: CarrierCall
) -> None:
    waiting.agent_signs_in("amy")
    leg = ring(house, AMY)
    leg.answer()
    house.cloud.rest_refuses = (500, 20500)
    leg.press("1", at_once=True)
    house.cloud.rest_refuses = None
    waiting.waits(25)
    waiting.is_with("amy")
    assert leg.talks_with == {waiting.line.call}
    waiting.hangs_up()
