"""A rehearsal is a whole hotline: real store, rules, connectors and readers, on a clock that only tests move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sim_stage import ALICE, FAY, TELECOM, a_stage

from ivr.sim.call import SimCall
from ivr.testing.stage import Stage


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def test_a_call_of_minutes_takes_no_time(stage: Stage) -> None:
    with stage.rehearse([TELECOM]) as house:
        call = SimCall(house, caller=ALICE)
        virtual = house.clock()
        call.dials()
        call.presses(0)
        call.waits(3600)
        call.is_in_queue("general", 1)
        call.hangs_up()
        assert house.clock() - virtual > 3600, "and the test has not waited an hour"


def test_it_begins_at_the_hour_it_is_told_in_the_hotlines_time_zone(stage: Stage) -> None:
    with stage.rehearse([TELECOM], at=datetime(2026, 7, 4, 12, 0)) as house:
        assert datetime.fromtimestamp(house.clock()).astimezone().timestamp() == 1_783_180_800.0
        call = SimCall(house, caller=ALICE)
        call.dials()
        call.presses(0)
        call.hears("Nobody is here just now")  # Independence Day
        call.hangs_up()


def test_each_one_begins_with_fresh_data(stage: Stage) -> None:
    for _ in range(2):
        with stage.rehearse([TELECOM]) as house:
            call = SimCall(house, caller=FAY)
            call.dials()
            call.presses(4)
            call.hears("ticket number is 4 0 0 1")
            call.hangs_up()
            assert len(house.texts) == 1


def test_the_same_call_leaves_the_same_record(stage: Stage) -> None:
    told = []
    for _ in range(2):
        with stage.rehearse([TELECOM]) as house:
            call = SimCall(house, caller=FAY)
            call.dials()
            call.says("my internet is down")
            call.presses(1)
            call.agent_signs_in("ben")
            call.agent_takes("ben")
            call.agent_leaves(30)
            call.hangs_up()
            told.append([(entry.kind, entry.at, entry.data) for entry in call.entries()])
    assert told[0] == told[1]


def test_stubs_answer_late_fail_or_let_the_real_company_answer(stage: Stage) -> None:
    with stage.rehearse([TELECOM]) as house:
        call = SimCall(house, caller=ALICE)
        call.stub("company.balance", {"amount": 7, "due": "2026-12-01"})
        call.dials()
        call.presses(1)
        call.hears("7 dollars")
        call.presses(1)
        call.stub("company.balance", delay_s=3)
        call.presses(1)
        call.hears("One moment")
        call.waits(2)
        call.hears("42 dollars")
        call.presses(1)
        call.stub("company.balance", fails="timeout")
        call.presses(1)
        call.hears("I cannot look that up")
        call.hangs_up()
        assert [task.name for task in house.lookups.asked].count("company.balance") == 3


def test_texts_callbacks_and_messages_are_caught(stage: Stage) -> None:
    with stage.rehearse([TELECOM]) as house:
        call = SimCall(house, caller=ALICE)
        call.dials()
        call.presses(1)
        call.presses(0)
        call.waits(10)
        call.presses(1)
        assert [sms.sender for sms in house.texts] == ["+12025550199"]
        assert [task.queue for task in house.callbacks] == ["general"]
        assert house.voicemails == []
