"""Promised calls through the carrier: agents and callers are rung by REST, a key joins them, a machine is no caller."""

from __future__ import annotations

import pytest
from e2e_house import Rehearse

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.cloud import Call, Hostile
from ivr.store.records.promises import Working
from ivr.wiring.worked import WorkedCallbacks

ALICE = "+12025550101"
AMY = "+12025550111"
DINA = "+12025550114"


@pytest.fixture
def house(by_carrier: Rehearse) -> CarrierRehearsal:
    return by_carrier()


@pytest.fixture
def promised(house: CarrierRehearsal) -> CarrierCall:
    """Alice has left the line for a call back."""
    call = CarrierCall(house, caller=ALICE)
    call.dials()
    call.presses(2)
    call.presses(0)
    call.waits(20)
    call.presses(1)
    call.is_over()
    call.promise_is("waiting")
    return call


def agents_leg(house: CarrierRehearsal, phone: str = AMY) -> Call:
    house.switchboard.round("telecom")
    return house.cloud.leg(phone)


def state_of(house: CarrierRehearsal, agent: str) -> str:
    return next(one.state for one in house.agents.all("telecom", now=house.clock()) if one.name == agent)


def rows(house: CarrierRehearsal) -> list[tuple[str, str]]:
    WorkedCallbacks(house.promises.book, house.works.callbacks, house.clock).round("telecom")
    return [(one.state, one.reason) for one in house.promises.book.all(hotline="telecom")]


def test_the_agent_hears_who_it_is_and_the_caller_why_and_a_key_joins_them(  # R83
    house: CarrierRehearsal, promised: CarrierCall
) -> None:
    promised.agent_signs_in("amy")
    agent = agents_leg(house)
    agent.answer()
    assert "call back for general: Alice Chen, about your last bill" in agent.heard[-1]
    agent.press("1")
    caller = house.callers.leg("telecom", ALICE)
    agent.wait(15)
    assert "We are ringing the caller" in " ".join(agent.heard)
    caller.answer()
    assert "Northwind Telecom" in caller.heard[-1]
    assert "about your last bill" in caller.heard[-1]
    caller.press("1")
    caller.wait(1)
    assert caller.talks_with == {agent.sid}
    assert rows(house) == [("new", "bill")]
    caller.hang_up()
    house.cloud.do_orders()
    assert agent.state == "over"
    promised.promise_is("served")
    assert rows(house) == [("closed", "bill")]
    assert state_of(house, "amy") in ("wrap_up", "ready")


def test_a_machine_is_not_the_caller_and_the_agent_is_told_and_free(
    house: CarrierRehearsal, promised: CarrierCall
) -> None:
    promised.agent_signs_in("amy")
    agent = agents_leg(house)
    agent.answer()
    agent.press("1")
    promised.is_called_back("machine")
    house.switchboard.round("telecom")
    agent.wait(5)
    assert "could not be reached" in " ".join(agent.heard)
    assert agent.state == "over"
    promised.promise_is("waiting")
    assert state_of(house, "amy") == "ready"


@pytest.mark.parametrize("how", ["busy", "no_answer", "hangs_up"])
def test_who_is_not_reached_three_times_is_for_people_to_see_to(
    house: CarrierRehearsal, promised: CarrierCall, how: str
) -> None:
    for _ in range(3):
        promised.agent_signs_in("amy")
        agent = agents_leg(house)
        agent.answer()
        agent.press("1")
        promised.is_called_back(how)
        house.switchboard.round("telecom")
        agent.wait(1900)
    promised.promise_is("not_reached")
    assert rows(house) == [("called", "bill, not reached (3 times)")]
    house.pass_time(86_400)
    promised.is_not_called_back()


def test_an_agent_who_hangs_up_while_the_caller_is_rung_costs_no_try(
    house: CarrierRehearsal, promised: CarrierCall
) -> None:
    promised.agent_signs_in("amy")
    agent = agents_leg(house)
    agent.answer()
    agent.press("1")
    caller = house.callers.leg("telecom", ALICE)
    agent.hang_up()
    house.cloud.do_orders()
    assert caller.state == "over"
    promised.promise_is("waiting")
    house.pass_time(15)
    promised.agent_takes("amy")
    promised.is_called_back("confirms")
    promised.promise_is("connected")


def test_the_caller_first_and_then_the_agent(house: CarrierRehearsal) -> None:
    first = CarrierCall(house, caller="+12025550107")
    first.dials()
    first.presses(5)
    first.presses(2)
    first.hangs_up()
    call = CarrierCall(house, caller="+12025550107")
    call.dials()
    call.presses(1)
    call.is_in_queue("complaints", 1)
    call.presses(1)
    call.agent_signs_in("dina")
    caller = house.callers.leg("telecom", "+12025550107")
    assert not [one for one in house.cloud.calls.values() if one.to == DINA]
    caller.answer()
    caller.press("1")
    agent = agents_leg(house, DINA)
    agent.answer()
    caller.wait(12)
    assert "I connect you" in " ".join(caller.heard)
    agent.press("1")
    caller.wait(1)
    assert caller.talks_with == {agent.sid}
    agent.hang_up()
    house.cloud.do_orders()
    assert caller.state == "over"


def test_news_that_comes_twice_changes_nothing_twice(house: CarrierRehearsal, promised: CarrierCall) -> None:
    house.cloud.hostile = Hostile(twice="new token", callbacks_twice=True)
    promised.agent_signs_in("amy")
    agent = agents_leg(house)
    agent.answer()
    agent.press("1")
    promised.is_called_back("busy")
    promised.recorded("dialled", status="busy", tries=1)
    house.switchboard.round("telecom")
    agent.wait(1900)
    agent = agents_leg(house)
    agent.answer()
    agent.press("1")
    promised.is_called_back("confirms")
    promised.promise_is("connected")
    calls = [one for one in house.cloud.calls.values() if one.to == ALICE]
    assert len(calls) == 2


def test_a_carrier_that_refuses_the_number_is_no_harm(house: CarrierRehearsal, promised: CarrierCall) -> None:
    promised.agent_signs_in("amy")
    agent = agents_leg(house)
    agent.answer()
    house.cloud.rest_refuses = (400, 21211)
    agent.press("1")
    house.switchboard.round("telecom")
    house.cloud.rest_refuses = None
    promised.recorded("dialled", status="fault", tries=1)
    promised.promise_is("waiting")
    house.switchboard.round("telecom")
    agent.wait(5)
    assert agent.state == "over"


def test_what_somebody_has_taken_from_the_list_rings_nobody_and_stays_there_when_given_back(
    house: CarrierRehearsal, promised: CarrierCall
) -> None:
    book, (row,) = house.promises.book, house.promises.book.all()
    book.work(row.once, "taken", Working("amy", house.clock()))
    assert rows(house) == [("taken", "bill")]
    promised.promise_is("worked")
    promised.agent_signs_in("amy")
    promised.is_not_called_back()
    book.work(row.once, "new", Working("amy", house.clock()))
    assert rows(house) == [("new", "bill")]


def test_what_people_have_marked_is_not_rung_any_more(house: CarrierRehearsal, promised: CarrierCall) -> None:
    house.promises.book.mark(house.promises.book.all()[0].once, "called")
    assert rows(house) == [("called", "bill")]
    promised.promise_is("worked")
    promised.agent_signs_in("amy")
    promised.is_not_called_back()
