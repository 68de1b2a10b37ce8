"""`ivr check` proves what it can, and prints the call that shows what is not so."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hotlines import flow, small, write

from ivr.cli.check import command

PERSON = """
line: {queue: general, keys: {1: callback}, on: {done: bye, full: FULL, closed: message, callback: callback}}
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: leave_word, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: thank_you}
"""
MAIN = """
need: {ask: what_is_it, expect: yes_no, on: {yes: need, no: bye, nothing: bye}}
bye: {hangup: goodbye}
"""


@pytest.fixture
def folder(tmp_path: Path, full: str) -> Path:
    files = small(
        main=flow("main", MAIN), person=flow("person", PERSON.replace("FULL", full)), words='what_is_it: "What?"\n'
    )
    return write(tmp_path, files)


@pytest.mark.parametrize("full", ["callback"])
def test_each_property_is_told_as_proved(folder: Path) -> None:
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 0, result.output
    assert result.output.count(": proved: ") == 7
    assert "Not tried: what is said to callers" in result.output


@pytest.mark.parametrize("full", ["bye"])
def test_a_call_that_breaks_one_is_printed_and_fails_the_check(folder: Path) -> None:  # R21
    result = CliRunner().invoke(command, [str(folder)])
    assert result.exit_code == 1
    assert "main.yaml:4:9: a caller who wants a person can be more than 3 answers away from one." in result.output
    assert '    turns:\n      - presses: "0"\n      - over: done\n' in result.output


@pytest.mark.parametrize("full", ["bye"])
def test_proofs_can_be_left_out(folder: Path) -> None:
    result = CliRunner().invoke(command, [str(folder), "--no-proofs"])
    assert "about:" not in result.output
