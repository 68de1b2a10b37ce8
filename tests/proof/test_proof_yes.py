"""Who says yes to a person that he is offered reaches one, proved or shown by a call that can be played.

In each hotline a request by key or by failing reaches a line with a callback behind it; only the yes leads elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import flow
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

NOBODY = "who says yes to a person that he is offered reaches nobody"
PERSON = """
line: {queue: by_rules, keys: {1: callback}, on: {done: bye, full: FULL, closed: message, callback: callback}}
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: leave_word, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: thank_you}
"""
OFFERED = """
may: {offer: may_we, queue: sales, on: {yes: sales, no: need, nothing: need}}
need: {ask: what_is_it, expect: choice, keys: {1: one}, on: {one: may, nothing: person}}
person: {do: person, on: {}}
sales: {queue: sales, keys: {1: callback}, on: {done: bye, full: FULL, closed: CLOSED, callback: callback}}
callback: {callback: sales, on: {booked: bye, impossible: message}}
message: {record: leave_word, queue: sales, on: {recorded: bye, nothing: bye}}
bye: {hangup: goodbye}
"""
ASKS = """
need: {ask: what_is_it, expect: choice, keys: {1: one}, on: {one: need, nothing: callback}}
"""
ENDS = """
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: leave_word, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: goodbye}
"""
NEED = 'what_is_it: {say: "What is it?", choices: {one: [one]}}\n'
LATER = 'shall_we_call: "Shall we call you?"\n'
QUEUES = """
queues: {general: {}, sales: {limit: 0, HOURS}}
agents: {ann: {phone: "+12025550102", queues: [general, sales]}}
"""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def offered(*, full: str = "callback", closed: str = "message") -> dict[str, str]:
    return {
        "main": flow("main", OFFERED.replace("FULL", full).replace("CLOSED", closed)),
        "person": flow("person", PERSON.replace("FULL", "callback")),
        "queues": QUEUES.replace("HOURS", "hours: {open: {mon-fri: '09:00-18:00'}}"),
        "words": NEED,
    }


def test_a_yes_to_a_line_with_a_callback_behind_it_is_proved() -> None:  # R21
    assert set(verdicts(**offered()).values()) == {"proved"}


@pytest.mark.parametrize("full", ["bye", "message"])
def test_a_yes_to_a_full_line_that_ends_otherwise_is_shown(stage: Stage, tmp_path: Path, full: str) -> None:  # R21
    files = offered(full=full)
    (fault,) = faults_of("request", **files)
    assert (fault.place, fault.sentence) == (("main", "sales"), NOBODY)
    plays(stage, tmp_path, fault, **files)


def test_a_yes_that_leads_back_to_the_menu_is_shown(stage: Stage, tmp_path: Path) -> None:  # R21
    """Who is asked anew what he wants has to ask for a person once more."""
    files = offered(full="wish")
    files["main"] += "  wish: {ask: how, expect: intent, keys: {1: bill}, on: {bill: bye, nothing: person}}\n"
    files |= {"intents": "bill: {type: query, label: {en: a bill}, keywords: {en: [bill]}}\n"}
    (fault,) = faults_of("request", **files)
    assert (fault.place, fault.sentence) == (("main", "wish"), NOBODY)
    plays(stage, tmp_path, fault, **files)


def test_a_yes_after_which_is_asked_whom_the_caller_wants_is_proved() -> None:  # R21
    files = offered(full="wish")
    files["main"] += "  wish: {ask: how, expect: intent, keys: {1: bill}, on: {bill: callback, nothing: person}}\n"
    files |= {"intents": "bill: {type: query, label: {en: a bill}, keywords: {en: [bill]}}\n"}
    assert verdicts(**files)["request"] == "proved"


def test_a_yes_at_an_hour_at_which_nobody_is_there_and_no_message_is_taken_is_shown(
    stage: Stage, tmp_path: Path
) -> None:  # R82
    files = offered(closed="bye")
    (fault,) = faults_of("off_hours", **files)
    assert fault.place == ("main", "sales")
    plays(stage, tmp_path, fault, **files)


def ruled(rule: str) -> dict[str, str]:
    """The line of `person` is come to by a yes to this rule alone, and is full."""
    return {
        "main": flow("main", ASKS + ENDS),
        "person": flow("person", PERSON.replace("FULL", "bye")),
        "handoff": f"{rule}\nline: [{{id: rest, queue: sales}}]\n",
        "queues": QUEUES.replace("HOURS", ""),
        "words": NEED,
        "always": "{repeat: {key: 5}, person: {go: person}}",
    }


def test_a_yes_to_a_rule_at_entry_whose_line_is_full_is_shown(stage: Stage, tmp_path: Path) -> None:  # R15 R21
    files = ruled("entry: [{id: first, move: ask, offer: may_we, queue: sales, only_if: always}]")
    fault, *_ = faults_of("request", **files)
    assert (fault.place, fault.sentence) == (("person", "line"), NOBODY)
    plays(stage, tmp_path, fault, **files)


def test_a_yes_to_a_call_that_the_house_makes_later_is_no_request() -> None:  # R32
    files = {**ruled("mood: {upset: {move: ask, later: shall_we_call, queue: sales}}"), "words": NEED + LATER}
    assert verdicts(**files)["request"] == "proved"


AGAIN = "again: {resume: shall_we_go_on, on: {no: need, nothing: need}}\n"


def test_a_yes_to_going_on_in_a_line_that_is_full_by_now_is_shown() -> None:  # R63 R21
    files = {**ruled(""), "main": flow("main", AGAIN + ASKS.lstrip("\n") + ENDS), "hotline": "remember: same_day\n"}
    files["words"] += 'shall_we_go_on: "Shall we go on?"\n'
    fault, *_ = faults_of("request", **files)
    assert (fault.place, fault.sentence) == (("person", "line"), NOBODY)
    assert fault.call.startswith("# A call of this day broke off in the line 'general' before:")


ASKED_TWICE = (
    """
may: {offer: may_we, queue: sales, on: {yes: sales, no: need, nothing: callback}}
need: {ask: what_is_it, expect: choice, keys: {1: one}, on: {one: may, nothing: callback}}
sales: {queue: sales, keys: {1: need}, on: {done: bye, full: callback, closed: message, need: need}}
"""
    + ENDS
)


def test_a_yes_counts_as_the_first_of_two_requests(stage: Stage, tmp_path: Path) -> None:  # R21
    """Who has said yes, has left the line and asks for a person has asked twice."""
    files = offered()
    files |= {
        "main": flow("main", ASKED_TWICE),
        "person": flow("person", PERSON.replace("FULL", "bye")),
        "queues": QUEUES.replace("general: {}", "general: {limit: 0}").replace("limit: 0, HOURS", ""),
    }
    (fault,) = faults_of("request", **files)
    assert fault.place == ("person", "line")
    plays(stage, tmp_path, fault, **files)
