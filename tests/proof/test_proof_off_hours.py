"""Off hours a request ends in a message or a callback, unless the hotline says that words will do."""

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
  expect: yes_no
  on: {yes: need, no: bye, nothing: bye}
bye: {hangup: goodbye}
"""
PERSON = """
line: {queue: general, on: {done: bye, full: callback, closed: closed}}
callback: {callback: general, on: {booked: bye, impossible: message}}
closed: {ask: leave_word, expect: yes_no, on: {yes: message, no: bye, nothing: NOTHING}}
message: {record: speak_now, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: thank_you}
"""
HOURS = 'hours: {open: {mon-fri: "08:00-18:00"}}\n'
WORDS = 'what_is_it: "What is it?"\nleave_word: "Will you leave a message?"\n'
SILENT = "who asks for a person off hours can leave neither a message nor a number"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def closed(nothing: str, more: str = "") -> dict[str, str]:
    person = flow("person", PERSON.replace("NOTHING", nothing))
    return {"main": flow("main", MAIN), "person": person, "hotline": HOURS + more, "words": WORDS}


def test_a_message_for_those_who_say_nothing_too_is_proved() -> None:  # R82
    assert verdicts(**closed("message"))["off_hours"] == "proved"


def test_silence_off_hours_that_ends_the_call_is_shown(stage: Stage, tmp_path: Path) -> None:  # R82
    files = closed("bye")
    (fault,) = faults_of("off_hours", **files)
    assert fault.sentence == SILENT
    assert fault.place == ("person", "closed")
    assert "at: 2026-11-23T00:05" in fault.call
    plays(stage, tmp_path, fault, **files)


def test_words_alone_will_do_where_the_hotline_says_so() -> None:
    assert verdicts(**closed("bye", "limits: {off_hours: words}\n"))["off_hours"] == "proved"
