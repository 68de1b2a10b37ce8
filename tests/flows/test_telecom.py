"""The sample hotline: it checks, its scripted calls pass, and nobody who asks for a person is left without one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from ivr.flow.load import examine
from ivr.kit import standard_kit
from ivr.sim.call import SimCall
from ivr.sim.script import read_script
from ivr.testing.stage import Stage

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"
CALLS = sorted((TELECOM / "calls").glob("*.yaml"))
NIGHT = datetime(2026, 11, 23, 23, 30)
CALLERS = {
    "+12025550101": "general",
    "+12025550102": "vip",
    "+12025550103": "business",
    "+12025550104": "general",
    "+12025550105": "general",
    "+12025550106": "general",
    "+12025550107": "general",
    "+12025550150": "newcomers",
    "anonymous": "newcomers",
    "client:bob": "newcomers",
}
"""Everybody the company knows, and some it does not → the line each waits in."""
ISSUE = {2, 4, 5, 6, 7, 27, 28, 30, 31, 35, 37, 38, 39, 42, 43, 47, 48, 49, 50, 51, 55, 58, 82, 105}
"""What the issue asks of the sample hotline's flows; the rest of its numbers are about servers, not about flows."""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        yield stage


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.stem)
def test_scripted_call(stage: Stage, path: Path) -> None:
    stage.play_file(path)


def test_it_checks_without_a_warning() -> None:
    found = examine(TELECOM, standard_kit())
    assert found.hotline is not None
    assert found.faults == ()


def test_its_calls_show_what_the_issue_asks_for() -> None:
    shown = {number for path in CALLS for number in read_script(path).shows}
    assert shown >= ISSUE, f"no scripted call shows {sorted(ISSUE - shown)}"


def test_at_least_a_third_of_its_calls_is_made_in_mandarin_too() -> None:
    mandarin = [path for path in CALLS if path.name.endswith(".zh.yaml")]
    assert 3 * len(mandarin) >= len(CALLS) - len(mandarin)


@pytest.mark.parametrize(("caller", "queue"), CALLERS.items())
def test_a_person_is_reached_by_key_on_the_first_and_on_the_second_request(  # R21 R42 R50 R59
    stage: Stage, caller: str, queue: str
) -> None:
    with stage.rehearse([TELECOM]) as house:
        call = SimCall(house, caller=caller)
        call.dials()
        call.presses(0)
        call.is_in_queue(queue, 1)
        call.presses(0)
        call.is_in_queue(queue, 1)
        call.recorded("decided", request=2, rule="second_request", queue=queue)
        call.agent_signs_in("chen" if queue != "newcomers" else "amy")
        call.agent_takes("chen" if queue != "newcomers" else "amy")
        call.agent_leaves(10)
        call.hangs_up()


def test_who_gave_up_in_line_calls_again_and_stands_before_others(stage: Stage) -> None:  # R62 R63
    with stage.rehearse([TELECOM]) as house:
        first = SimCall(house, caller="+12025550101")
        first.dials()
        first.says("what is my last bill")
        first.presses(0)
        first.is_in_queue("general", 1)
        first.waits(120)
        first.hangs_up()
        other = SimCall(house, caller="+12025550105")
        other.dials()
        other.presses(0)
        other.is_in_queue("general", 1)
        again = SimCall(house, caller="+12025550101")
        again.dials()
        again.hears("We were cut off earlier today, it was about your last bill")
        again.says("yes please")
        again.is_in_queue("general", 1)
        again.recorded("queued", head_starts={"gave_up_today": 300.0})
        again.hangs_up()
        other.hangs_up()


def test_who_says_what_he_wants_instead_of_going_on_need_not_say_it_twice(stage: Stage) -> None:  # R62
    with stage.rehearse([TELECOM]) as house:
        first = SimCall(house, caller="+12025550101")
        first.dials()
        first.says("what is my last bill")
        first.presses(0)
        first.waits(60)
        first.hangs_up()
        again = SimCall(house, caller="+12025550101")
        again.dials()
        again.hears("Shall we go on where you were?")
        again.says("what is my balance")
        again.hears("Your balance is 42 dollars")
        again.hangs_up()


@pytest.mark.parametrize("caller", CALLERS)
def test_at_night_everybody_may_leave_a_message_but_gold_callers_who_reach_a_person(  # R82
    stage: Stage, caller: str
) -> None:
    with stage.rehearse([TELECOM], at=NIGHT) as house:
        call = SimCall(house, caller=caller)
        call.dials()
        call.presses(0)
        if CALLERS[caller] == "vip":
            call.is_in_queue("vip", 1)
            call.hangs_up()
            return
        call.leaves_message(9)
        call.is_over("done")
        assert [task.queue for task in house.voicemails] == ["general"]


@pytest.mark.parametrize("menu", ["+12025550101", "+12025550150"])
@pytest.mark.parametrize("lost", ["silence", "speech", "keys"])
def test_whoever_is_lost_at_a_menu_is_connected_to_a_person(  # R43
    stage: Stage, menu: str, lost: str
) -> None:
    with stage.rehearse([TELECOM]) as house:
        call = SimCall(house, caller=menu)
        call.dials()
        if menu == "+12025550150":
            call.presses(1)
        for _ in range(3):
            if call.place() is None:
                {
                    "silence": lambda: call.waits(25),
                    "speech": lambda: call.says("blue bananas"),
                    "keys": lambda: call.presses(8),
                }[lost]()
        call.is_in_queue(CALLERS[menu])
        call.hangs_up()


def test_every_agent_may_answer_somewhere_and_every_queue_is_answered(stage: Stage) -> None:
    hotline = stage.hotline(TELECOM)
    answered = {str(queue) for agent in hotline.queues.agents.values() for queue in agent.queues}
    assert answered == set(hotline.queues.queues)
