"""Promised calls through the carrier: agents and callers are rung by REST, a key joins them, a machine is no caller."""

from __future__ import annotations

import glob

import pytest
from e2e_house import choose

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.cloud import Call, Hostile
from ivr.store import line_keys
from ivr.store.records.promises import Working
from ivr.wiring.opening import declare_agents
from ivr.wiring.worked import WorkedCallbacks

ALICE = "+12025550101"
AMY = "+12025550111"
DINA = "+12025550114"


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


def worked(house: CarrierRehearsal) -> WorkedCallbacks:
    return WorkedCallbacks(house.works.shelf.current, house.promises.book, house.works.callbacks, house.clock)


def rows(house: CarrierRehearsal) -> list[tuple[str, str]]:
    worked(house).round("telecom")
    return [(one.state, one.reason) for one in house.promises.book.all(hotline="telecom")]


def test_the_agent_hears_who_it_is_and_the_caller_why_and_a_key_joins_them(  # R83
    house: CarrierRehearsal, promised: CarrierCall
) -> None:
    promised.agent_signs_in("amy")
    agent = agents_leg(house)
    agent.answer()
    assert "call back for customer care: Alice Chen, about your last bill" in agent.heard[-1]
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


def test_who_was_promised_a_call_by_an_older_server_is_called_at_his_place(
    house: CarrierRehearsal, promised: CarrierCall
) -> None:  # R83
    (row,) = house.promises.book.all()
    begins = line_keys.tag("telecom")
    house.client.delete(*house.client.keys(glob.escape(begins) + "*"))
    declare_agents(house.agents, house.works.shelf.current("telecom"), now=house.clock())
    older = f"{begins.removesuffix(f'{line_keys.FORM}:')}{line_keys.FORM - 1}:line:numbers"
    house.client.hset(older, ALICE, row.once)
    worked(house).round("telecom")
    worked(house).round("telecom")
    assert not house.client.exists(older)
    (waiting,) = house.works.callbacks.live("telecom", now=house.clock())
    assert (waiting.name, waiting.queue, waiting.number, waiting.since) == (row.once, row.queue, ALICE, row.since)
    promised.agent_signs_in("amy")
    agent = agents_leg(house)
    agent.answer()
    assert "about your last bill" in agent.heard[-1]


def test_what_people_have_taken_meanwhile_comes_into_no_line(house: CarrierRehearsal, promised: CarrierCall) -> None:
    (row,) = house.promises.book.all()
    house.works.callbacks.drop("telecom", row.once, "worked", now=house.clock())
    older = f"{line_keys.tag('telecom').removesuffix(f'{line_keys.FORM}:')}2:line:numbers"
    house.client.hset(older, mapping={ALICE: row.once, "+12025550199": "of-a-call-nobody-knows.1"})
    house.promises.book.work(row.once, "taken", Working("amy", house.clock()))
    worked(house).round("telecom")
    assert not house.client.exists(older)
    assert house.works.callbacks.live("telecom", now=house.clock()) == []


# --- in the talk: the star, others, the end ---------------------------------------------------------------------


@pytest.fixture
def talk(house: CarrierRehearsal, promised: CarrierCall) -> tuple[Call, Call]:
    """Amy talks with Alice, whom she has called back; ben is there, too."""
    promised.agent_signs_in("amy")
    amy = agents_leg(house)
    amy.answer()
    amy.press("1")
    alice = house.callers.leg("telecom", ALICE)
    alice.answer()
    alice.press("1")
    alice.wait(1)
    assert alice.talks_with == {amy.sid}
    promised.agent_signs_in("ben")
    return amy, alice


def settled(house: CarrierRehearsal, *phones: Call) -> None:
    for _ in range(3):
        house.cloud.do_orders()
        house.settle()
        house.switchboard.round("telecom")
    for phone in phones:
        house.cloud.settle(phone)


def star(house: CarrierRehearsal, amy: Call, alice: Call) -> None:
    amy.press("*", at_once=True)
    settled(house, alice)
    assert "The caller hears music" in amy.heard[-1]
    assert alice.heard[-1].startswith("♪")


def ben_is_brought_in(house: CarrierRehearsal, amy: Call, alice: Call) -> Call:
    """Amy has asked for an expert and is told the names; Ben's leg, when he has come."""
    choose(amy, "ben")
    settled(house, alice)
    ben = house.cloud.leg("+12025550112")
    ben.answer()
    ben.press("1")
    settled(house, alice)
    return ben


def record_of(house: CarrierRehearsal, call: str) -> list[str]:
    return [one.kind for one in house.entries("telecom", call)]


def test_the_star_and_back_in_a_call_back(house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call]):
    amy, alice = talk
    star(house, amy, alice)
    amy.press("*")
    settled(house, alice)
    assert amy.talks_with == {alice.sid}
    star(house, amy, alice)
    amy.press("*")
    settled(house, alice)
    assert amy.talks_with == {alice.sid}
    amy.hang_up()
    settled(house, alice)
    alice.wait(5)
    assert "Thank you for talking to us" in alice.heard[-1]
    assert alice.state == "over"
    promised.promise_is("served")
    assert state_of(house, "amy") in ("wrap_up", "ready")
    assert amy.errors == alice.errors == []


def test_who_is_called_back_is_sent_on_at_the_place_he_had(
    house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call]
):  # R74 R83
    amy, alice = talk
    star(house, amy, alice)
    amy.press("1")
    choose(amy, "technicians")
    settled(house, alice)
    assert amy.heard[-1] == "The caller is on the way. Thank you."
    promised.promise_is("served")
    assert state_of(house, "amy") in ("wrap_up", "ready")
    assert "connecting you with a colleague" in " ".join(alice.heard)
    assert "press 1" not in " ".join(alice.heard[1:]), "no key leads out of that line"
    (queued,) = [one.data for one in house.entries("telecom", alice.sid) if one.kind == "queued"]
    assert queued["queue"] == "technical"
    assert queued["head_starts"]["called_back"] > 20, "what was waited before the call back"
    ben = agents_leg(house, "+12025550112")
    ben.answer()
    assert "Sent by amy" in ben.heard[-1]
    ben.press("1")
    settled(house, alice)
    assert alice.talks_with == {ben.sid}
    ben.hang_up()
    settled(house, alice)
    alice.wait(3)
    assert alice.state == "over"
    assert "Thank you for talking to us" in alice.heard[-1]
    assert rows(house) == [("closed", "bill")]


def test_an_expert_comes_into_a_call_back_and_talks_on(
    house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call]
):  # R75
    amy, alice = talk
    star(house, amy, alice)
    amy.press("3")
    choose(amy, "ben")
    settled(house, alice)
    assert amy.talks_with == {alice.sid}
    ben = house.cloud.leg("+12025550112")
    ben.answer()
    assert "amy asks you into a talk with Alice Chen" in ben.heard[-1]
    ben.press("1")
    settled(house, alice)
    assert alice.talks_with == {amy.sid, ben.sid}
    amy.hang_up()
    settled(house, alice)
    assert alice.talks_with == {ben.sid}
    alice.hang_up()
    settled(house)
    assert ben.state == "over"
    assert state_of(house, "ben") in ("wrap_up", "ready")
    ended = [one.data for one in house.entries("telecom", alice.sid) if one.kind == "ended"]
    assert [one["agents"] for one in ended] == [["amy", "ben"]]


def test_a_supervisor_sends_on_who_is_called_back(
    house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call]
):  # R74
    amy, alice = talk
    talks = house.works.talks
    talks.transfer("telecom", talks.who.token("telecom", promised.line.call), "agent:ben", "angry", by="sam")
    settled(house, amy, alice)
    assert amy.state == "over"
    ben = agents_leg(house, "+12025550112")
    ben.answer()
    assert "Note: angry." in ben.heard[-1]
    ben.press("1")
    settled(house, alice)
    assert alice.talks_with == {ben.sid}
    told = [one.data for one in house.entries("telecom", alice.sid) if one.kind == "transferred"]
    assert [(one["agent"], one["to"], one["by"]) for one in told] == [("amy", "ben", "sam")]


def test_who_was_brought_into_a_call_back_is_sent_away(
    house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call]
):  # R75
    amy, alice = talk
    star(house, amy, alice)
    amy.press("3")
    ben = ben_is_brought_in(house, amy, alice)
    amy.press("*", at_once=True)
    settled(house, alice)
    amy.press("4")
    settled(house, alice)
    assert ben.state == "over"
    assert alice.talks_with == {amy.sid}


def test_who_is_in_the_talk_already_is_not_offered_by_the_menu(
    house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call]
):  # R75
    amy, alice = talk
    star(house, amy, alice)
    amy.press("3")
    amy.press("9")
    assert ": ben" in amy.heard[-1]
    assert ": amy" not in amy.heard[-1]
    amy.press("*")
    amy.press("3")
    ben_is_brought_in(house, amy, alice)
    amy.press("*", at_once=True)
    settled(house, alice)
    amy.press("3")
    assert "9: more" not in amy.heard[-1], "both are in the talk, and nobody else is at work"


@pytest.mark.parametrize("twice", ["no", "new token"])
def test_a_caller_who_hangs_up_on_the_music_frees_the_agent(
    house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call], twice: str
):
    amy, alice = talk
    star(house, amy, alice)
    house.cloud.hostile = Hostile(twice=twice, callbacks_twice=twice != "no")
    alice.hang_up()
    settled(house, amy)
    assert amy.heard[-1] == "The caller has hung up."
    assert amy.state == "over"
    promised.promise_is("served")
    assert state_of(house, "amy") in ("wrap_up", "ready")
    assert record_of(house, alice.sid).count("ended") == 1


def test_a_talk_without_a_star_is_no_call_of_its_own(
    house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call]
):
    amy, alice = talk
    alice.hang_up()
    settled(house, amy)
    assert amy.state == "over"
    assert record_of(house, alice.sid) == []
    promised.promise_is("served")


def test_the_star_while_the_caller_is_rung_leads_nowhere(house: CarrierRehearsal, promised: CarrierCall):
    promised.agent_signs_in("amy")
    amy = agents_leg(house)
    amy.answer()
    amy.press("1")
    alice = house.callers.leg("telecom", ALICE)
    amy.press("*", at_once=True)
    settled(house)
    amy.wait(12)
    assert "We are ringing the caller" in amy.hears[-1]
    alice.answer()
    alice.press("1")
    alice.wait(1)
    assert alice.talks_with == {amy.sid}
    star(house, amy, alice)


def test_an_agent_who_hangs_up_in_the_menu_ends_the_call_back(
    house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call]
):
    amy, alice = talk
    star(house, amy, alice)
    amy.hang_up()
    settled(house, alice)
    alice.wait(5)
    assert alice.state == "over"
    promised.promise_is("served")
    assert record_of(house, alice.sid).count("ended") == 1


def test_how_a_call_back_ended_is_said_once_by_whoever_was_in_it(
    house: CarrierRehearsal, promised: CarrierCall, talk: tuple[Call, Call]
):  # R75
    amy, alice = talk
    star(house, amy, alice)
    amy.press("3")
    ben_is_brought_in(house, amy, alice)
    places = {one.name: one.call for one in house.agents.all("telecom", now=house.clock())}
    talks = house.switchboard.talks
    assert talks.close("telecom", places["amy"], "amy", "not_solved").by == "amy"
    assert talks.close("telecom", places["ben"], "ben", "solved").by == "amy"
    for call in (places["amy"].partition(".")[0], alice.sid):
        closed = [one.data for one in house.entries("telecom", call) if one.kind == "closed"]
        assert closed == [{"outcome": "not_solved", "by": "amy"}]
