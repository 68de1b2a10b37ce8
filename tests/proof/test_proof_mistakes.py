"""Mistakes that a designer makes in a whole hotline, each shown by a call that can be played.

The hotline is the Korean bank; every mistake changes one line of one of its files.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from proof_stage import a_stage

from ivr.flow.load import load
from ivr.kit import standard_kit
from ivr.proof.prove import prove
from ivr.testing.stage import Stage

BANK = Path(__file__).parents[1] / "hotlines" / "sangdam"
IS_FULL = re.compile(r"The line '(\w+)' is full here")


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


@pytest.mark.parametrize(
    ("file", "right", "wrong", "name", "place"),
    [
        ("person.yaml", "next: message}", "next: goodbye}", "off_hours", ("person", "in_line")),
        ("person.yaml", "full: call_back", "full: message", "request", ("person", "in_line")),
        ("lost_card.yaml", "impossible: leave_message", "impossible: say_booked", "request", ("main", "more")),
        ("main.yaml", '"caller.known"', '"caller.age > 18"', "sound", ("main", "greet")),
        ("transfer.yaml", "nothing: return refused}\n\n  ask_n", "nothing: ask_amount}\n\n  ask_n",
         "request", ("transfer", "ask_amount")),
        ("change_pin.yaml", "nothing: return refused", "nothing: ask_new_pin",
         "request", ("change_pin", "ask_new_pin")),
        ("handoff.yaml", "\"caller.tier == 'gold'\"", '"caller.age > 60"', "sound", "handoff.yaml: line.0.when"),
        ("main.yaml", "nothing: person\n\n  balance", "nothing: need\n\n  balance", "request", ("main", "need")),
        ("main.yaml", "reservation: reservation, nothing: person", "reservation: reservation, nothing: which_help",
         "request", ("main", "which_help")),
        ("main.yaml", "    keys: {1: hours, 2: branches, 3: reservation}\n", "", "keys", ("main", "which_help")),
    ],
)  # fmt: skip
def test_a_mistake_is_shown(
    stage: Stage, tmp_path: Path, file: str, right: str, wrong: str, name: str, place: object
) -> None:
    home = shutil.copytree(BANK, tmp_path / "bank", ignore=shutil.ignore_patterns("calls", "days"))
    text = (home / file).read_text(encoding="utf-8")
    assert right in text
    (home / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    report = prove(load(home, standard_kit()))
    fault = next(one for one in report.findings if one.name == name).faults[0]
    assert (fault.place if isinstance(place, tuple) else str(fault.place)) == place
    plays(stage, home, fault.call)


def plays(stage: Stage, home: Path, call: str) -> None:
    """As it is printed; what it says of full lines is done first."""
    __tracebackhide__ = True
    queues = home / "queues.yaml"
    for queue in IS_FULL.findall(call):
        text = queues.read_text(encoding="utf-8")
        queues.write_text(
            text.replace(f"  {queue}: {{", f"  {queue}: {{limit: 0, ").replace(", }", "}"), encoding="utf-8"
        )
    script = home / "calls" / "shown.yaml"
    script.parent.mkdir()
    script.write_text(call, encoding="utf-8")
    stage.play_file(script)
