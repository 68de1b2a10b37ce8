"""Records that the first release wrote are brought up to date and read by the commands of today."""

from __future__ import annotations

import first_release
import pytest
import sqlalchemy as sa

from ivr.errors import RecordsDown
from ivr.store.records.database import create_tables
from ivr.store.records.goals import Worth
from ivr.store.records.reached import goals_told
from ivr.store.records.reader import RecordsReader
from ivr.store.records.rules import rules_told
from ivr.store.records.schema import metadata
from ivr.store.records.verdicts import DAY_S, Window
from ivr.store.records.why.read import ReasonsReader

NOW = 1_795_446_000.0
CALL = {
    "hotline": "telecom",
    "call": "call-1",
    "version": "v1",
    "channel": "twilio",
    "caller": "+12025550101",
    "started_at": NOW - 30 * DAY_S,
    "ended_at": NOW - 30 * DAY_S + 60,
    "outcome": "connected",
    "intent": "bill",
    "answered": ["bill"],
    "seconds": 60.0,
    "queue": "general",
    "waited_s": 12.0,
    "agent": "amy",
    "rating_human": 5,
}
DECIDED = {"point": "request", "rule": "no_rule", "result": "connect", "queue": "general", "line_rule": "everybody"}
ENTRY = {"hotline": "telecom", "call": "call-1", "at": NOW - 30 * DAY_S + 9, "n": 1}
WINDOW = Window("telecom", NOW - 40 * DAY_S, NOW, NOW)


@pytest.fixture
def old(engine: sa.Engine) -> sa.Engine:
    """A database of the first release, with one call."""
    metadata.drop_all(engine)
    first_release.first.create_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.insert(first_release.calls), [CALL])
        connection.execute(
            sa.insert(first_release.events), [{**ENTRY, "stream_id": "1-1", "kind": "decided", "data": DECIDED}]
        )
    return engine


def test_its_tables_become_those_of_today(old: sa.Engine) -> None:
    create_tables(old)
    there = sa.inspect(old)
    for table in metadata.sorted_tables:
        assert {column["name"] for column in there.get_columns(table.name)} == {*table.c.keys()}
        indexes = {one["name"] for one in there.get_indexes(table.name) if not one.get("duplicates_constraint")}
        assert indexes == {index.name for index in table.indexes}


def test_its_calls_are_told_as_todays_are(old: sa.Engine) -> None:
    create_tables(old)
    reached = goals_told(old, WINDOW, Worth(by_machine=("bill",))).now
    assert reached.met is not None
    assert reached.solved is not None
    assert (reached.calls, reached.met.count, reached.solved.count) == (1, 1, 1)
    assert reached.needless is not None
    assert reached.needless.count == 0  # how long they talked was not written down then
    assert [(one.rule, one.applied) for one in rules_told(old, WINDOW).rules if one.point == "line"] == [
        ("everybody", 1)
    ]
    told = RecordsReader(old).call("call-1")
    assert told is not None
    assert ReasonsReader(old).reasons("call-1") is not None


def test_somebody_elses_table_of_the_same_name_is_left_as_it_is(engine: sa.Engine) -> None:
    metadata.drop_all(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE calls (id INTEGER PRIMARY KEY, customer TEXT)"))
    try:
        with pytest.raises(RecordsDown, match="a table 'calls' that ivr has not made: it has no column 'call'"):
            create_tables(engine)
        assert sa.inspect(engine).get_table_names() == ["calls"]
        assert [column["name"] for column in sa.inspect(engine).get_columns("calls")] == ["id", "customer"]
    finally:
        with engine.begin() as connection:
            connection.execute(sa.text("DROP TABLE calls"))
