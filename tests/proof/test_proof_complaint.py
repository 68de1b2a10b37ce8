"""A complaint moves only after a yes, proved or shown by a call that can be played."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import flow
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

MAIN = """
need:
  ask: what_is_it
  expect: intent
  keys: {1: complaint}
  on: {complaint: complaint, nothing: person}
complaint: {do: complaint, on: {person: line, done: taken}}
line: {queue: general, on: {done: taken, full: taken, closed: taken}}
taken: {hangup: noted}
person: {do: person, on: {}}
"""
ASKED = """
offer: {offer: may_we, queue: general, on: {yes: return person, no: return, nothing: return}}
"""
UNASKED = """
which:
  ask: which_service
  expect: choice
  keys: {1: staff, 2: bill}
  on: {staff: sorry, bill: return, nothing: return}
sorry: {say: sorry, next: return person}
"""
INTENTS = "complaint: {type: complaint, label: {en: a complaint}, keywords: {en: [complain]}}\n"
WORDS = """
what_is_it: "What is it?"
which_service: {say: "Is it about our staff or a bill?", choices: {staff: [staff], bill: [bill]}}
"""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def with_complaint(steps: str) -> dict[str, str]:
    return {
        "main": flow("main", MAIN), "complaint": flow("complaint", steps), "intents": INTENTS, "words": WORDS
    }  # fmt: skip


def test_a_complaint_that_is_asked_first_is_proved() -> None:  # R31
    assert verdicts(**with_complaint(ASKED))["complaint"] == "proved"


def test_an_outcome_named_person_is_no_request_of_the_caller(stage: Stage, tmp_path: Path) -> None:  # R31
    files = with_complaint(UNASKED)
    (fault,) = faults_of("complaint", **files)
    assert fault.sentence == "a complaint is moved to a person without the caller's yes"
    assert fault.place == ("main", "line")
    plays(stage, tmp_path, fault, **files)
