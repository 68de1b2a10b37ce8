"""Days as their designers write them: what is wrong is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sim_stage import TELECOM

from ivr.flow.hotline import Hotline
from ivr.flow.load import load
from ivr.flow.schema import ANY_FILE, schema
from ivr.flow.yaml import read_text
from ivr.kit import standard_kit
from ivr.sim.day.reading import BadDay, find_day, read_day, staffed

DAY = """\
calls: {rate: {"08:00": 60}, until: "09:00"}
who:
  regulars: {wants: {balance: 1}, patience_s: {always: 60}}
agents:
  amy: {shift: "08:00-12:00"}
talks: {any: {median: 180}}
"""


@pytest.fixture(scope="module")
def telecom() -> Hotline:
    return load(TELECOM, standard_kit())


def told(tmp_path: Path, hotline: Hotline, written: str) -> str:
    path = tmp_path / "busy.yaml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(BadDay) as error:
        read_day(path, hotline, "busy.yaml")
    return str(error.value)


def test_a_day_is_read(tmp_path: Path, telecom: Hotline) -> None:
    path = tmp_path / "busy.yaml"
    path.write_text(DAY, encoding="utf-8")
    assert read_day(path, telecom).who["regulars"].wants == {"balance": 1}


@pytest.mark.parametrize("name", ["monday", "outage"])
def test_the_samples_days_are_read(telecom: Hotline, name: str) -> None:
    assert read_day(find_day(TELECOM, name), telecom).calls.many == 500


@pytest.mark.parametrize(
    ("was", "instead", "says"),
    [
        ("balance: 1", "balanse: 1", "busy.yaml:3:22: telecom has no intent 'balanse'. Did you mean 'balance'?"),
        ("amy:", "army:", "busy.yaml:5:3: telecom has no agent 'army'. Did you mean 'amy'?"),
        ("{always: 60}", "{always: 60, mean: 5}", "write one of {always: 20}, {from: 5, to: 15}"),
        ("{always: 60}", "{from: 9}", "write one of {always: 20}, {from: 5, to: 15}"),
        ("{always: 60}", "{from: 9, to: 3}", "`from: 9` is later than `to: 3`"),
        ('"08:00": 60', '"10:00": 60', "the times of `rate:` and `until:` must follow one another"),
        ('"08:00": 60', '"08:00": 0', "nobody calls: every `rate:` is 0"),
        ('"08:00-12:00"', '"8-12"', "busy.yaml:5:16: '8-12' cannot stand here"),
        ("any: {median: 180}", "fault: {median: 180}", "`talks:` must say how long `any:` talk takes"),
        ("talks:", "wants_more: 1\ntalks:", "busy.yaml:6:1: `wants_more:` is not known here"),
        ("talks:", "expect: {queues: {gold: {}}}\ntalks:", "telecom has no queue 'gold'"),
        ("talks:", "closes: {balanse: {solved: 1}}\ntalks:", "telecom has no intent 'balanse'"),
        ("talks:", "closes: {any: {sold: 1}}\ntalks:", "busy.yaml:6:16: 'sold' is not one of 'solved'"),
        ("wants:", "language: fr, wants:", "telecom has no language 'fr'"),
        ("wants:", "answers: {anything: {done: 1}}, wants:", "telecom has no words 'anything'"),
        ("talks:", "date: 2026-02-30\ntalks:", "day is out of range"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, telecom: Hotline, was: str, instead: str, says: str) -> None:
    assert was in DAY
    assert says in told(tmp_path, telecom, DAY.replace(was, instead))


def test_all_faults_are_told_at_once(tmp_path: Path, telecom: Hotline) -> None:
    said = told(tmp_path, telecom, DAY.replace("balance: 1", "balanse: 1").replace("amy:", "army:"))
    assert said.count("busy.yaml:") == 2


def test_two_agents_of_one_name_are_told(tmp_path: Path, telecom: Hotline) -> None:
    twice = '  amy_1: {like: ben, shift: "08:00-12:00"}\n  amy: {count: 2, shift: "08:00-12:00"}\n'
    said = told(tmp_path, telecom, DAY.replace('  amy: {shift: "08:00-12:00"}\n', twice))
    assert "there are two agents called 'amy_1'" in said


def test_a_day_that_is_not_there_is_told_with_one_alike() -> None:
    with pytest.raises(BadDay, match="Did you mean 'monday'"):
        find_day(TELECOM, "mondey")


def test_an_agent_like_another_has_his_queues_and_skills(tmp_path: Path, telecom: Hotline) -> None:
    path = tmp_path / "busy.yaml"
    path.write_text(DAY.replace("amy: {", "technicians: {like: ben, count: 2, "), encoding="utf-8")
    agents = staffed(telecom, read_day(path, telecom)).queues.agents
    assert list(agents) == ["technicians_1", "technicians_2"]
    assert agents["technicians_2"].skills == telecom.queues.agents["ben"].skills


@pytest.mark.parametrize("name", ["monday", "outage"])
def test_an_editor_finds_nothing_wrong_in_the_samples_days(name: str) -> None:
    path = TELECOM / "days" / f"{name}.yaml"
    data = read_text(path.read_bytes(), path.name).data
    found = Draft202012Validator(schema(standard_kit())[ANY_FILE]).iter_errors(data)
    assert not [error.message for error in found]
