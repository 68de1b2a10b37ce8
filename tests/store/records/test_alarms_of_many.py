"""The live table asks for alarms on each request: that stays cheap, however many there were."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from kept import AT

from ivr.store.records.alarms import AlarmsWanted, alarms
from ivr.store.records.schema import events
from ivr.store.records.traffic import TrafficLog

MANY = 300


def test_each_of_many_alarms_is_told_with_its_own_end(engine: sa.Engine) -> None:  # R73
    told = ("alarm", "left_line", "ended")
    rows = [
        {"hotline": "telecom", "stream_id": f"{n}-{k}", "call": f"c{n}", "n": k, "at": AT + k, "kind": kind, "data": {}}
        for n in range(MANY)
        for k, kind in enumerate(told)
    ]
    with engine.begin() as connection:
        connection.execute(sa.insert(events), rows)
    found = alarms(engine, AlarmsWanted("telecom", AT, open=False, limit=MANY))
    assert len(found) == MANY
    assert {(one.ended, one.ended_at) for one in found} == {("left_line", AT + 1)}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # PostgreSQL reads a small table whole in any case
@pytest.mark.parametrize("what", ["alarms", "traffic"])
def test_what_the_live_table_asks_goes_by_the_index_of_kinds(engine: sa.Engine, what: str) -> None:
    asked = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def listen(_connection: object, _cursor: object, statement: str, given: object, *_more: object) -> None:
        if statement.startswith("SELECT") and "events.kind" in statement:
            asked.append((statement, given))

    if what == "alarms":
        alarms(engine, AlarmsWanted("telecom", AT))
    else:
        log = TrafficLog(engine, "telecom")
        log.since(AT)
        log.since(AT)  # from where it stopped
    sa.event.remove(engine, "before_cursor_execute", listen)
    assert asked
    for statement, given in asked:
        with engine.connect() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
        assert any("events_of_kind (hotline=? AND kind=? AND at>?)" in row[3] for row in plan), plan
        assert not any("SEARCH calls" in row[3] and "calls_of_hotline" in row[3] for row in plan), plan
