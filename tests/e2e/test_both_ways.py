"""Every scripted call ends alike on the engine's own line and through signed HTTP: same outcome, same record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from e2e_house import TELECOM, Rehearse

from ivr.call.entries import Entry
from ivr.sim.call import SimCall
from ivr.sim.carrier import CarrierCall
from ivr.sim.script import play, read_script
from ivr.testing.stage import Stage

SCRIPTS = sorted([*(TELECOM / "calls").glob("*.yaml"), *(Path(__file__).parent / "scripts").glob("*.yaml")])
BOTH = [path for path in SCRIPTS if read_script(path).by == "any"]

OWN = frozenset({"channel", "recording", "token", "phone"})
"""What the line itself gives: it has another name for each call and each recording."""
TIMES = frozenset({"seconds", "seconds_to_answer", "waited_s", "duration_s", "idle_s"})


def told(entries: list[Entry]) -> list[tuple[str, dict[str, Any]]]:
    """A record without what belongs to one line and one moment."""
    return [(entry.kind, _lasting(entry.data)) for entry in entries]


def _lasting(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _lasting(value) if isinstance(value, dict) else round(value, 3) if isinstance(value, float) else value
        for name, value in data.items()
        if name not in OWN | TIMES
    }


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.stem)
def test_a_script_ends_alike_on_both_lines(path: Path, stage: Stage, by_carrier: Rehearse) -> None:
    script = read_script(path)
    number = next(iter(stage.hotline(TELECOM).file.numbers))
    script = replace(script, to=script.to or number)
    with stage.rehearse([TELECOM], at=datetime.fromisoformat(script.at)) as house:
        by_engine = SimCall(house)
        play(script, by_engine)
        expected, texts = told(by_engine.entries()), house.texts
    carried = CarrierCall(by_carrier(TELECOM, at=script.at))
    play(script, carried)
    assert told(carried.entries()) == expected, carried.line.transcript.shown()
    assert carried.rehearsal.texts == texts
    assert carried.line.ended_because == by_engine.line.ended_because
    assert not carried.line.phone.errors, "what the carrier's debugger would show"


def test_nearly_every_script_goes_both_ways() -> None:
    """`by: engine` is for the few that no telephone can do."""
    assert len(BOTH) >= len(SCRIPTS) - 2
