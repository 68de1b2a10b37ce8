"""No room for records: the server says so, calls go on, and nothing is lost once there is room again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from app_house import Line, client, opened

from ivr.app.house import House
from ivr.store.records.database import create_tables
from ivr.store.records.reader import RecordsReader


class Disk:
    """Sets how large the database of records may grow, on every connection made from now on."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._pages = 2**30
        sa.event.listen(engine, "connect", self._limit)

    def is_full(self) -> None:
        with self._engine.connect() as connection:
            used = connection.execute(sa.text("PRAGMA page_count")).scalar_one()
        self._allow(used)

    def has_room(self) -> None:
        self._allow(2**30)

    def _allow(self, pages: int) -> None:
        self._pages = pages
        self._engine.dispose()

    def _limit(self, connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {self._pages}")


def calls_and_hangs_up(house: House, n: int) -> str:
    line = Line(client(house), call=f"CA{n:032x}").dials().presses("1")
    assert "Your balance is 42 dollars" in line.last
    line.post("/twilio/status", CallStatus="completed")
    return line.call


def test_a_full_disk_is_told_and_costs_no_call_and_no_record(tmp_path: Path) -> None:
    with opened(tmp_path) as house:
        create_tables(house.engine)
        disk, web, now = Disk(house.engine), client(house), 1_000.0
        disk.is_full()
        calls = [calls_and_hangs_up(house, n) for n in range(20)]
        for _ in range(10):  # something of the first batches may still fit
            now += 60
            house.writer.step(now)
        reply = web.get("/readyz")
        assert reply.status_code == 503
        assert reply.json is not None
        assert "database or disk is full" in reply.json["troubles"][0]
        assert web.get("/healthz").status_code == 200
        calls.append(calls_and_hangs_up(house, 99))

        disk.has_room()
        now += 60
        while house.writer.step(now):
            pass
        assert web.get("/readyz").status_code == 200
        reader = RecordsReader(house.engine)
        for call in calls:
            record = reader.call(call)
            assert record is not None
            kinds = [event.kind for event in record.events]
            assert (kinds[0], kinds[-1]) == ("started", "ended")
            assert [event.n for event in record.events] == list(range(1, len(kinds) + 1))
            assert record.summary.outcome == "answered"


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with opened(tmp_path, database_url=f"sqlite:///{tmp_path}/a/b/records.db") as house:
        (tmp_path / "a" / "b").rmdir()
        (tmp_path / "a" / "b").write_text("in the way")
        house.writer.step(1_000.0)
        reply = client(house).get("/readyz")
        assert reply.status_code == 503
        assert "records: " in reply.text
        assert "Your balance is 42 dollars" in Line(client(house)).dials().presses("1").last
