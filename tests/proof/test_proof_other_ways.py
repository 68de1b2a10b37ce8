"""A fault whose first call cannot be made is shown by another; a proof that ends early shows what it has found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import flow
from proof_stage import a_stage, faults_of, hotline, plays, verdicts

from ivr.proof.explore import Bounds
from ivr.proof.prove import PROPERTIES, prove
from ivr.testing.stage import Stage

LINE = """
line: {queue: general, keys: {1: callback}, on: {done: bye, full: FULL, closed: callback, callback: callback}}
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: leave_word, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: thank_you}
"""
NOBODY = "who fails all tries of a question reaches nobody"
WORDS = """
what_is_it: {say: "What is it?", choices: {one: [one]}}
which: {say: "Which?", choices: {first: [first], second: [second]}}
"""
FULL = 'queues: {general: {limit: 0}}\nagents: {ann: {phone: "+12025550102", queues: [general]}}\n'


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


BY_DATA = """
greet: {choose: [{when: "caller.prefers.language", next: need}], otherwise: which_one}
which_one:
  ask: which
  expect: choice
  tries: 1
  keys: {1: first, 2: second}
  on: {first: need, second: person, nothing: person}
need: {ask: what_is_it, expect: choice, keys: {1: one}, on: {one: need, nothing: line}}
person: {do: person, on: {}}
"""


def by_data() -> dict[str, str]:
    """The shortest way to the fault is that of a caller who has chosen a language in an earlier call."""
    return {
        "main": flow("main", BY_DATA + LINE.lstrip("\n").replace("FULL", "bye")),
        "person": flow("person", LINE.replace("FULL", "callback")),
        "queues": FULL,
        "words": WORDS,
        "hotline": "preferences: {}\n",
    }


def test_a_fault_that_a_longer_call_comes_to_by_itself_is_shown(stage: Stage, tmp_path: Path) -> None:
    (fault,) = faults_of("request", **by_data())
    assert fault.sentence == NOBODY
    assert 'turns:\n  - presses: "1"\n' in fault.call
    plays(stage, tmp_path, fault, **by_data())


EARLY = """
need: {ask: what_is_it, expect: choice, tries: 2, keys: {1: one}, on: {one: SALE, nothing: line}}
"""
LONG = "".join(
    f"q{n}: {{ask: which, expect: choice, keys: {{1: first, 2: second}}, "
    f"on: {{first: q{n + 1}, second: q{n + 1}, nothing: person}}}}\n"
    for n in range(20)
)


def long(full: str) -> dict[str, str]:
    main = EARLY.replace("SALE", "q0") + LONG + "q20: {do: person, on: {}}\nperson: {do: person, on: {}}\n"
    return {
        "main": flow("main", main + LINE.lstrip("\n").replace("FULL", full)),
        "person": flow("person", LINE.replace("FULL", "callback")),
        "queues": FULL,
        "words": WORDS,
    }


SOON = Bounds(turns=60)


def test_a_proof_that_ends_at_a_bound_shows_what_it_has_found_before(stage: Stage, tmp_path: Path) -> None:
    found = {one.name: one for one in prove(hotline(**long("bye")), bounds=SOON).findings}
    (fault,) = found["request"].faults
    assert fault.sentence == NOBODY
    plays(stage, tmp_path, fault, **long("bye"))


def test_a_proof_that_ends_at_a_bound_proves_nothing_and_says_where_it_ended() -> None:
    report = prove(hotline(**long("callback")), bounds=SOON)
    assert {one.name: one.faults for one in report.findings} == {one.name: () for one in PROPERTIES}
    for one in report.findings:
        (doubt,) = one.doubts
        assert doubt.startswith("more than 60 turns are not enough: from ")
        assert " states nobody has looked on, among them " in doubt


def test_the_same_hotline_is_proved_without_the_bound() -> None:
    assert set(verdicts(**long("callback")).values()) == {"proved"}
