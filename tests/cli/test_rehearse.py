"""`ivr rehearse`: a day from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from ivr.cli.rehearse import command

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"

DAY = """\
calls: {many: 12, rate: {"09:00": 60}, until: "10:00"}
who:
  regulars: {like: ["+12025550101"], wants: {balance: 1, person: 1}, patience_s: {always: 60}}
agents: {amy: {shift: "09:00-11:00"}, chen: {shift: "09:00-11:00"}}
talks: {any: {always: 60}}
"""


def rehearse(tmp_path: Path, written: str, *options: str) -> tuple[int, str]:
    path = tmp_path / "small.yaml"
    path.write_text(written, encoding="utf-8")
    done = CliRunner().invoke(command, [str(TELECOM), "--day", str(path), *options])
    return done.exit_code, done.output


def test_a_day_is_told_in_tables(tmp_path: Path) -> None:
    code, said = rehearse(tmp_path, DAY)
    assert code == 0
    assert "12 calls, 2 agents" in said
    assert "met a person" in said
    assert "minutes of people" in said
    for heading in ("goal", "queue", "hour", "rule", "agent"):
        assert any(line.startswith(heading) for line in said.splitlines())


def test_a_day_is_told_to_programs(tmp_path: Path) -> None:
    code, said = rehearse(tmp_path, DAY, "--json")
    told = json.loads(said)
    assert code == 0
    assert told["calls"] == 12
    assert told["line"]["offered"] == sum(one["offered"] for one in told["queues"].values())
    assert told["goals"]["ended"] == 12  # R98
    assert told["goals"]["met"]["count"] == told["outcomes"]["connected"]
    assert told["unmet"] == []
    assert told["broken"] == []


def test_what_was_expected_and_did_not_come_makes_it_fail(tmp_path: Path) -> None:
    code, said = rehearse(tmp_path, DAY + "expect: {by_machine_at_least: 0.99}\n")
    assert code == 1
    assert "were answered by the machine, at least 99.0% expected" in said


def test_the_same_hotline_is_the_same_day(tmp_path: Path) -> None:
    code, said = rehearse(tmp_path, DAY, "--against", str(TELECOM))
    assert code == 0
    assert "the same day to the last figure" in said


def test_one_call_is_shown_whole(tmp_path: Path) -> None:
    code, said = rehearse(tmp_path, DAY, "--call", "day-3")
    assert code == 0
    assert "hears: Welcome back to Northwind Telecom, Alice Chen." in said


def test_what_agents_say_of_their_talks_is_counted(tmp_path: Path) -> None:  # R24 R97
    closes = "closes: {any: {converted: 1}}\n"
    told = json.loads(rehearse(tmp_path, DAY + closes, "--json")[1])
    met = told["goals"]["met"]["count"]
    assert met
    assert sum(one["taken"] for one in told["goals"]["sold"]) == met
