"""Days played through the whole hotline: engine, store and switchboard as they are, time and people as written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sim_stage import TELECOM, a_stage

from ivr.sim.day.compare import compare
from ivr.sim.day.invariants import Broken
from ivr.sim.day.result import Result
from ivr.sim.day.told import wrong
from ivr.testing.days import PlayedDay
from ivr.testing.stage import Stage

SHORT, CROWD = 30, 160


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


@pytest.fixture
def day(stage: Stage) -> PlayedDay:
    """What the plugin's fixture gives where it is installed."""
    return PlayedDay(TELECOM, stage)


def test_a_quiet_monday(day: PlayedDay) -> None:
    day.plays("monday", callers=SHORT)
    assert len(day.result.calls) >= SHORT
    assert day.abandoned < 0.1
    assert day.by_machine > 0.2
    assert day.queue("general").service_level > 0.8


@pytest.fixture(scope="module")
def crowd(stage: Stage) -> Result:
    return PlayedDay(TELECOM, stage).plays("outage", callers=CROWD)


def test_a_surge_stops_offers(crowd: Result) -> None:  # R17
    held = {rule.rule: rule.held for rule in crowd.rules}
    assert held["intent.plans"]


def test_a_surge_is_called_back(crowd: Result) -> None:  # R58
    assert crowd.promised
    assert crowd.kept / len(crowd.promised) > 0.6


def test_the_same_seed_is_the_same_day_to_the_last_entry(day: PlayedDay, crowd: Result) -> None:
    assert day.plays("outage", callers=CROWD).fingerprint == crowd.fingerprint


def test_another_seed_is_another_day(day: PlayedDay) -> None:
    first, other = (day.plays("monday", callers=8, seed=seed).fingerprint for seed in (1, 2))
    assert first != other


def test_everybody_who_came_into_line_is_accounted_for(day: PlayedDay) -> None:
    result = day.plays("monday", callers=SHORT, seed=3)
    line = result.line
    assert line.offered == line.answered + line.abandoned + line.callbacks + line.left
    assert sum(one.talks for one in result.desks) == line.answered + result.kept
    assert sum(hour.line.offered for hour in result.hours) == line.offered
    assert sum(one.offered for one in result.queues.values()) == line.offered


def test_a_broken_law_shows_the_whole_call(day: PlayedDay) -> None:
    result = day.plays("monday", callers=10)
    said = wrong(replace(result, broken=[Broken("nobody is lost", "day-1", "took a place, and nothing came of it")]))
    assert "✗ nobody is lost: day-1: took a place" in said
    assert "hears: " in said
    assert "from +1" in said


def test_another_rule_is_compared_with_the_same_callers(day: PlayedDay, stage: Stage, tmp_path: Path) -> None:  # R108
    other = tmp_path / "telecom"
    shutil.copytree(TELECOM, other)
    rules = (other / "handoff.yaml").read_text(encoding="utf-8")
    start, end = rules.index("entry:\n"), rules.index("# In the middle of a talk")
    (other / "handoff.yaml").write_text(rules[:start] + rules[end:], encoding="utf-8")
    one = day.plays("monday", callers=SHORT)
    without = stage.play_day(other, stage.day(other, "monday", callers=SHORT))
    found = compare(one, without)
    assert {rule for rule, _, _ in found.rules} >= {"entry.elder", "entry.gold"}
    assert all(pair.callers == SHORT for pair in found.pairs)
    assert {name for name in one.calls if name.count("-") == 1} == set(without.calls) - {
        name for name in without.calls if name.count("-") > 1
    }
    assert compare(one, one).rules == []
    assert all(row.difference == 0 for row in compare(one, one).rows)


def test_a_day_that_is_not_there_fails_in_its_own_words(day: PlayedDay) -> None:
    with pytest.raises(pytest.fail.Exception, match="Did you mean 'monday'"):
        day.plays("mondy")
