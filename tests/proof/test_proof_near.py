"""A person is within reach from every question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import flow
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

MAIN = """
need: {ask: what_is_it, expect: yes_no, on: {yes: need, no: bye, nothing: bye}}
bye: {hangup: goodbye}
"""
PERSON = """
sure: {ask: are_you_sure, expect: yes_no, on: {yes: reason, no: line, nothing: line}}
reason: {ask: really, expect: yes_no, on: {yes: line, no: line, nothing: line}}
line: {queue: general, keys: {1: bye}, on: {done: bye, full: callback, closed: callback, bye: bye}}
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: speak_now, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: thank_you}
"""
WORDS = 'what_is_it: "What is it?"\nare_you_sure: "Are you sure?"\nreally: "Really?"\n'


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def within(answers: int) -> dict[str, str]:
    limits = f"limits: {{person_within: {answers}}}\n"
    return {"main": flow("main", MAIN), "person": flow("person", PERSON), "hotline": limits, "words": WORDS}


def test_the_callers_best_answers_are_counted() -> None:
    assert verdicts(**within(2))["near"] == "proved"


def test_a_question_too_many_before_the_line_is_shown(stage: Stage, tmp_path: Path) -> None:  # R55
    files = within(1)
    fault = faults_of("near", **files)[0]
    assert fault.sentence == "a caller who wants a person can be more than one answer away from one"
    plays(stage, tmp_path, fault, **files)
