"""A simulated call says what is not so in a sentence, and shows the whole call with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sim_stage import ALICE, DORA, FAY, SANGDAM, TELECOM, a_stage

from ivr.sim.call import SimCall
from ivr.sim.rehearsal import Rehearsal
from ivr.testing.stage import Stage


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


@pytest.fixture
def house(stage: Stage) -> Iterator[Rehearsal]:
    with stage.rehearse([TELECOM]) as house:
        yield house


@pytest.fixture
def call(house: Rehearsal) -> SimCall:
    return SimCall(house, caller=ALICE)


Wrong = list[Callable[[SimCall], None]]


def dials(call: SimCall) -> None:
    call.dials()


def asks_for_a_person(call: SimCall) -> None:
    call.presses(0)


def hangs_up(call: SimCall) -> None:
    call.hangs_up()


WRONG: dict[str, tuple[Wrong, str]] = {
    "not dialled": ([lambda c: c.presses(1)], "nobody has dialled yet"),
    "heard": ([dials, lambda c: c.hears("bananas")], "should hear 'bananas', but heard: Welcome back"),
    "not heard": ([dials, lambda c: c.does_not_hear("WELCOME")], "should not hear 'WELCOME'"),
    "no lookup": ([lambda c: c.stub("company.balanc", none=True)], "Did you mean 'company.balance'?"),
    "no such lookup": ([lambda c: c.stub("weather", none=True)], "there is no lookup 'weather'"),
    "wrong shape": ([lambda c: c.stub("company.balance", {"amount": "much"})], "company.balance cannot answer that"),
    "no agent": ([dials, lambda c: c.agent_signs_in("emy")], "no agent 'emy'"),
    "no ring": ([dials, lambda c: c.agent_takes("amy")], "the phone of agent amy does not ring"),
    "no talk": ([dials, lambda c: c.agent_leaves()], "where the call is with an agent, but the line is listening"),
    "with nobody": ([dials, lambda c: c.is_with("amy")], "is with amy, but the line is listening"),
    "in no line": ([dials, lambda c: c.is_in_queue("general")], "waits nowhere"),
    "another line": ([dials, asks_for_a_person, lambda c: c.is_in_queue("vip")], "waits in 'general'"),
    "another place": ([dials, asks_for_a_person, lambda c: c.is_in_queue("general", 2)], "but is number 1"),
    "in a line": ([dials, asks_for_a_person, lambda c: c.is_not_in_queue()], "should wait nowhere"),
    "no tape": ([dials, lambda c: c.leaves_message()], "is asked for a message, but the line is listening"),
    "no number rung": ([dials, lambda c: c.dial_ends()], "is being connected to a number"),
    "deaf": ([dials, hangs_up, lambda c: c.presses(1)], "listens for keys, but the line is over"),
    "mute": ([dials, hangs_up, lambda c: c.says("hello")], "listens for words, but the line is over"),
    "gone": ([dials, hangs_up, hangs_up], "is over already"),
    "over otherwise": ([dials, hangs_up, lambda c: c.is_over("done")], "because 'done', but it is because 'hung up'"),
    "not over": ([dials, lambda c: c.is_over()], "is over, but the line is listening"),
    "no text": ([dials, lambda c: c.got_sms("x")], "but got: none"),
    "a text": ([dials, lambda c: c.presses(1), lambda c: c.got_no_sms()], "should get no text message, but got: ["),
    "no entry": ([dials, lambda c: c.recorded("rated")], "the record should have rated with {}, but has: none"),
    "other data": ([dials, lambda c: c.recorded("started", caller="x")], "should have started with {'caller': 'x'}"),
    "an entry": ([dials, lambda c: c.not_recorded("said")], "the record should have no said"),
    "not transferred": ([dials, lambda c: c.is_transferred_to("+1")], "transferred to +1, but was to nobody"),
    "still calling": ([dials, dials], "is over before calling again, but the line is listening"),
    "fast": ([dials, lambda c: c.hears_slowly()], "spoken to slowly, but the pace was [1.0, 1.0]"),
    "another language": ([dials, lambda c: c.hears_language("zh")], "spoken to in 'zh', but hears en"),
    "no queue": ([dials, lambda c: c.another_joins("nowhere")], "there is no queue 'nowhere'; there are general,"),
    "not asked": ([dials, lambda c: c.looked_up("company.bill")], "but asked was only: company.subscriber"),
    "no callback": ([dials, lambda c: c.is_promised_callback("general")], "a call back of 'general' should be"),
    "no message": ([dials, lambda c: c.left_message_for("general")], "there is one for: nobody"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_not_so_is_told_in_a_sentence(call: SimCall, what: str) -> None:
    *before, last = WRONG[what][0]
    for act in before:
        act(call)
    with pytest.raises(AssertionError) as error:
        last(call)
    assert WRONG[what][1] in str(error.value)


def test_the_whole_call_is_shown_with_the_seconds_it_took(call: SimCall) -> None:
    call.dials()
    call.presses(1)
    call.waits(2)
    with pytest.raises(AssertionError) as error:
        call.hears("bananas")
    shown = str(error.value).split("The call so far:\n")[1].splitlines()
    assert shown[0] == f"  from {ALICE} to (any number)"
    assert shown[1].strip() == "0.0s  hears: Welcome back to Northwind Telecom, Alice Chen."
    turns = [line.split("s  ")[1].split(":")[0] for line in shown[3:] if "s  " in line]
    assert turns == ["presses", "hears", "hears", "hears", "waits"]  # the balance, a hint, the question


def test_a_caller_hears_prompts_to_their_end_and_keeps_silent_no_longer_than_said(call: SimCall) -> None:
    call.dials()
    before = call.rehearsal.clock()
    call.waits(4.9)
    assert call.rehearsal.clock() - before == pytest.approx(4.9, abs=0.01)
    call.does_not_hear("I did not hear anything")
    call.waits(0.1)
    call.hears("I did not hear anything")


def test_what_was_said_is_kept_until_the_caller_does_something(call: SimCall) -> None:
    call.dials()
    call.waits(5)
    call.hears("Welcome back")
    call.hears("I did not hear anything")
    call.presses(1)
    call.does_not_hear("Welcome back")
    call.hangs_up()


def test_keys_end_with_the_pound_and_with_as_many_as_are_wanted(call: SimCall) -> None:
    call.dials()
    call.presses("1#")
    call.recorded("heard", how="keys", text="1")
    call.presses("15")
    call.recorded("heard", how="keys", text="1")
    call.hangs_up()


def test_words_where_only_keys_are_heard_are_silence(stage: Stage) -> None:
    with stage.rehearse([SANGDAM]) as house:
        call = SimCall(house, caller="+821000000101")
        call.dials()
        call.presses(2)
        call.hears("비밀번호 네 자리를 눌러 주세요")
        call.says("사 이 영 영")
        call.not_recorded("heard", how="speech")
        call.hangs_up()


def test_silence_after_the_tone_ends_the_tape(call: SimCall) -> None:
    call.dials()
    call.presses(0)
    call.presses(2)
    call.waits(6)
    call.is_over("done")
    assert call.rehearsal.voicemails == []


def test_many_callers_share_a_rehearsal(house: Rehearsal) -> None:
    first, second = SimCall(house, caller=ALICE), SimCall(house, caller=DORA)
    first.dials()
    second.dials()
    second.presses(0)
    first.presses(0)
    second.is_in_queue("general", 1)
    first.is_in_queue("general", 2)
    second.agent_signs_in("amy")
    second.agent_takes("amy")
    second.is_with("amy")
    first.is_in_queue("general", 1)
    second.hangs_up()
    first.hangs_up()
    assert {first.line.call, second.line.call} == {"sim-1", "sim-2"}


def test_a_declined_ring_leaves_the_caller_in_place(call: SimCall) -> None:
    call.dials()
    call.presses(0)
    call.agent_signs_in("amy")
    call.agent_declines("amy")
    call.is_in_queue("general", 1)
    call.agent_signs_out("amy")
    call.agent_signs_in("ben")
    call.agent_takes("ben")
    call.agent_leaves(10)
    call.hangs_up()
    assert call.summary()["agent"] == "ben"


def test_the_same_caller_may_call_again(call: SimCall) -> None:
    call.dials(caller=FAY)
    call.presses(5)
    call.presses(2)
    call.hangs_up()
    call.dials()
    call.hears("You have an open complaint")
    call.hangs_up()
