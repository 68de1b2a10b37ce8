"""Steps of a turn are summed up over everything that is played on its own, and held against `limits: {steps: …}`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import flow
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

LIMITED = "{person: {key: 0, go: person}}\nlimits: {steps: 12}"
WORDS = 'what_is_it: "What is it?"\nfine: "Fine."\n'
PERSON = """
line: {queue: general, keys: {1: callback}, on: {done: bye, full: callback, closed: callback, callback: callback}}
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: speak_now, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: thank_you}
"""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def told(times: int) -> dict[str, str]:
    """A yes is followed by so many announcements in a row."""
    says = [f"tell{n}: {{say: fine, next: tell{n + 1}}}" for n in range(times)]
    main = [
        "need: {ask: what_is_it, expect: yes_no, on: {yes: tell0, no: bye, nothing: bye}}",
        *says,
        f"tell{times}: {{say: fine, next: bye}}",
        "bye: {hangup: goodbye}",
    ]
    return {"always": LIMITED, "main": flow("main", "\n".join(main)), "person": flow("person", PERSON), "words": WORDS}


def test_a_turn_of_few_steps_is_proved() -> None:
    assert verdicts(**told(5))["sound"] == "proved"


def test_a_turn_of_more_steps_than_are_allowed_is_shown(stage: Stage, tmp_path: Path) -> None:
    files = told(20)
    (fault,) = faults_of("sound", **files)
    assert fault.sentence == "the call breaks and ends in an apology"
    plays(stage, tmp_path, fault, **files)
