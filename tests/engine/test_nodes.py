"""Every step kind has its file of cases, nodes/<kind>.yaml, and the cases go every way out that its steps name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from engine_player import MONDAY, Player, small_hotline
from node_cases import play

from ivr.engine.kind import KINDS
from ivr.flow.hotline import Hotline
from ivr.flow.refs import StepRef
from ivr.flow.yaml import read_file

FOLDER = Path(__file__).parent / "nodes"
FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def read(kind: str) -> dict[str, Any]:
    document = read_file(FOLDER / f"{kind}.yaml", f"nodes/{kind}.yaml")
    assert not document.faults, document.faults
    data: dict[str, Any] = document.data
    return data


CASES = [(kind, case) for kind in FILES for case in read(kind)["cases"]]


def test_every_kind_of_step_has_its_cases() -> None:
    assert sorted(KINDS) == FILES


@cache
def hotline_of(kind: str) -> Hotline:
    return small_hotline(read(kind)["hotline"])


def run(kind: str, case: str) -> Player:
    """Play a case; AssertionError says which turn is not so."""
    written = read(kind)
    turns = list(written["cases"][case])
    caller = turns.pop(0)["from"] if "from" in turns[0] else "+12025550101"
    later_s = float(turns.pop(0)["starts_s"]) if "starts_s" in turns[0] else 0.0
    player = Player(hotline_of(kind), caller, now=MONDAY + later_s)
    for n, turn in enumerate(turns, start=1):
        try:
            play(player, turn)
        except AssertionError as error:
            raise AssertionError(f"turn {n} ({turn}): {error}") from error
    return player


@pytest.mark.parametrize(("kind", "case"), CASES, ids=[f"{kind}-{case.replace(' ', '-')}" for kind, case in CASES])
def test_case(kind: str, case: str) -> None:
    run(kind, case)


@pytest.mark.parametrize("kind", FILES)
def test_the_cases_go_every_way(kind: str) -> None:
    written = read(kind)
    walked = {
        entry.data["step"] for case in written["cases"] for entry in run(kind, case).entries if "step" in entry.data
    }
    own = [
        flow for flow in hotline_of(kind).flows.values() if flow.name in {"main", *written["hotline"].get("flows", {})}
    ]
    steps = [(flow.name, step) for flow in own for step in flow.steps.values() if step.kind == kind]
    assert steps, "the hotline of this file has no step of its kind"
    ways = {
        f"{flow}.{way.target}" for flow, step in steps for way in step.ways() if StepRef(way.target).returns is None
    }
    assert ways <= walked, f"no case goes to {sorted(ways - walked)}, or nothing is said there"
