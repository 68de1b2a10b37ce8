"""`ivr records`"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.call.codec import to_json
from ivr.call.entries import Entry
from ivr.cli.records import command
from ivr.store.records.database import create_engine_for, create_tables
from ivr.store.records.sink import write
from ivr.store.streams import Read

AT = 1_795_446_000.0


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory with one call in its records."""
    engine = create_engine_for(f"sqlite:///{tmp_path / 'records.db'}")
    create_tables(engine)
    entries = [
        Entry("started", AT, {"caller": "+12025550101", "called": "", "channel": "console", "version": "v1"}),
        Entry("heard", AT + 5, {"how": "keys", "text": "1", "step": "main.need"}),
        Entry("ended", AT + 9, {"outcome": "answered", "why": "hung_up", "seconds": 9.0}),
    ]
    told = [
        Read(f"{n}-0", {b"call": b"local-1", b"n": str(n).encode(), b"entry": to_json(entry)})
        for n, entry in enumerate(entries, start=1)
    ]
    write(engine, "telecom", told)
    engine.dispose()
    return tmp_path


def records(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--data", str(data)])


def test_the_last_calls_are_listed(data: Path) -> None:
    shown = records(data, "--timezone", "America/New_York").output
    assert "2026-11-23 10:00:00  local-1  telecom  +12025550101  0:09" in shown


def test_one_call_is_shown_with_all_that_happened(data: Path) -> None:
    shown = records(data, "local-1").output
    assert "call from +12025550101 by console" in shown, "no number was dialled, so none is named"
    assert "heard keys “1”" in shown


def test_calls_of_one_number_only(data: Path) -> None:
    assert "local-1" in records(data, "--caller", "+12025550101").output
    assert records(data, "--caller", "+1").output == "no calls of +1\n"


def test_a_call_nobody_knows_is_told_so(data: Path) -> None:
    shown = records(data, "local-2")
    assert shown.exit_code == 1
    assert "no call 'local-2' in the records" in shown.output


def test_where_nothing_was_ever_kept_a_sentence_says_so_and_nothing_is_made(tmp_path: Path) -> None:
    shown = records(tmp_path / "none")
    assert shown.exit_code == 1
    assert "holds no records yet; --data names the directory" in shown.output
    assert not (tmp_path / "none").exists()


def test_a_time_zone_that_is_none_is_told_with_a_good_one(data: Path) -> None:
    shown = records(data, "--timezone", "Mars/Olympus")
    assert shown.exit_code == 2
    assert "is no time zone; for example America/New_York" in shown.output
