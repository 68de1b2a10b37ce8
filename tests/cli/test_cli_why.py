"""`ivr why`"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.call.codec import to_json
from ivr.call.entries import Entry
from ivr.cli.why import command
from ivr.store.records.database import create_engine_for, create_tables
from ivr.store.records.sink import write
from ivr.store.streams import Read

AT = 1_795_446_000.0


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with one call that waits."""
    engine = create_engine_for(f"sqlite:///{tmp_path / 'records.db'}")
    create_tables(engine)
    entries = [
        Entry("started", AT, {"caller": "+12025550101", "channel": "console", "version": "v1"}),
        Entry("queued", AT + 5, {"queue": "vip", "position": 1, "size": 1, "head_starts": {"gold": 120}}),
    ]
    told = [
        Read(f"{n}-0", {b"call": b"local-1", b"n": str(n).encode(), b"entry": to_json(entry)})
        for n, entry in enumerate(entries, start=1)
    ]
    write(engine, "telecom", told)
    engine.dispose()
    return tmp_path


def why(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--data", str(data)])


def test_a_running_call_is_told_in_sentences(data: Path) -> None:
    shown = why(data, "local-1", "--timezone", "America/New_York").output
    assert "call local-1 on hotline telecom, 2026-11-23 10:00:00; still running" in shown
    assert "0:05.0  Joined the line of vip at place 1 of 1. Head starts: gold 120 s." in shown


def test_a_program_gets_json(data: Path) -> None:
    told = json.loads(why(data, "local-1", "--json").output)
    assert told["joined"][0]["head_starts"] == {"gold": 120.0}
    assert told["running"] is True


def test_a_call_nobody_knows_is_told_so(data: Path) -> None:
    for arguments in (["local-2"], ["local-1", "--hotline", "bank"]):
        shown = why(data, *arguments)
        assert shown.exit_code == 1
        assert "in the records; `ivr records` lists the last ones" in shown.output
