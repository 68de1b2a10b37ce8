"""Every question can be answered by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import flow
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

MAIN = """
need: {ask: what_is_it, expect: choice, keys: {1: which}, on: {which: which, nothing: person}}
which:
  ask: which_service
  expect: choice
  KEYS
  on: {phone: bye, bill: bye, nothing: person}
person: {do: person, on: {}}
bye: {hangup: goodbye}
"""
WORDS = """
what_is_it: {say: "What is it?", choices: {which: [service]}}
which_service: {say: "Phone or bill?", choices: {phone: [phone], bill: [bill]}}
"""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def asks(keys: str) -> dict[str, str]:
    return {"main": flow("main", MAIN.replace("  KEYS\n", keys)), "words": WORDS}


def test_one_key_is_enough_to_get_on() -> None:  # R55
    assert verdicts(**asks("  keys: {1: phone}\n"))["keys"] == "proved"


def test_a_question_that_only_voices_answer_is_shown(stage: Stage, tmp_path: Path) -> None:  # R55
    files = asks("")
    (fault,) = faults_of("keys", **files)
    assert (fault.place, fault.sentence) == (("main", "which"), "no key answers this question")
    plays(stage, tmp_path, fault, **files)
