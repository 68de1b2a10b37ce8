"""Whoever asks for a person a second time reaches one, proved or shown by a call that can be played."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import flow
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

GOOD = """
line: {queue: by_rules, keys: {1: callback}, on: {done: bye, full: callback, closed: message, callback: callback}}
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: leave_word, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: thank_you}
"""
ASKS = """
need:
  ask: what_is_it
  expect: choice
  keys: {1: one}
  on: {one: need, nothing: person}
person: {do: person, on: {}}
"""
WORDS = 'what_is_it: {say: "What is it?", choices: {one: [one]}}\n'


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def test_a_line_with_a_callback_and_a_message_behind_it_is_proved() -> None:  # R21
    assert verdicts(main=flow("main", ASKS), person=flow("person", GOOD), words=WORDS)["request"] == "proved"


def test_a_full_line_that_leads_to_a_message_in_open_hours_is_shown(stage: Stage, tmp_path: Path) -> None:  # R21
    person = flow("person", GOOD.replace("full: callback", "full: message"))
    queues = 'queues: {general: {limit: 0}}\nagents: {ann: {phone: "+12025550102", queues: [general]}}\n'
    files = {"main": flow("main", ASKS), "person": person, "words": WORDS, "queues": queues}
    (fault,) = faults_of("request", **files)
    assert fault.place == ("person", "line")
    plays(stage, tmp_path, fault, **files)


def broken(failed: str) -> dict[str, str]:
    person = GOOD.replace("full: callback", f"full: callback, failed: {failed}")
    return {"main": flow("main", ASKS), "person": flow("person", person), "words": WORDS}


def test_a_message_will_do_where_the_line_itself_is_broken() -> None:  # R21
    assert verdicts(**broken("message"))["request"] == "proved"


def test_a_broken_line_that_ends_the_call_is_shown_and_that_no_script_can_break_it_is_said() -> None:  # R21
    fault, *_ = faults_of("request", **broken("bye"))
    assert fault.place == ("person", "line")
    assert fault.call.startswith("# The line 'general' breaks down here.")
