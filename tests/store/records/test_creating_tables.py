"""The first start of a server: several rounds of several workers make the tables at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from ivr.store.records.database import create_engine_for, create_tables
from ivr.store.records.schema import metadata

AT_ONCE = 8


def older(engine: sa.Engine) -> None:
    """As a release made it that knew neither how a call was served nor an index by caller."""
    with engine.begin() as connection:
        connection.execute(sa.text("DROP INDEX calls_of_caller"))
        connection.execute(sa.text("ALTER TABLE calls DROP COLUMN mode"))
        connection.execute(sa.text("ALTER TABLE calls DROP COLUMN answered"))
        connection.execute(sa.text("INSERT INTO calls (hotline, call, why) VALUES ('telecom', 'a', 'hangup')"))


def test_a_database_of_an_earlier_release_gains_what_came_later_and_keeps_what_it_has(engine: sa.Engine) -> None:
    older(engine)
    create_tables(engine)
    there = sa.inspect(engine)
    assert {column["name"] for column in there.get_columns("calls")} == set(metadata.tables["calls"].c.keys())
    assert "calls_of_caller" in {index["name"] for index in there.get_indexes("calls")}
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT call, why, mode FROM calls")).one()
    assert tuple(found) == ("a", "hangup", None)


@pytest.mark.parametrize("make", [metadata.drop_all, older], ids=["empty", "older"])
def test_many_may_make_the_tables_at_the_same_moment(engine: sa.Engine, make: Callable[[sa.Engine], None]) -> None:
    failed: list[BaseException] = []
    for _ in range(5):
        metadata.drop_all(engine)
        create_tables(engine)
        make(engine)
        together = threading.Barrier(AT_ONCE)

        def start(together: threading.Barrier = together) -> None:
            together.wait()
            try:
                create_tables(engine)
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=start) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []


def test_postgresql_compiles_no_query_of_ours(postgres: str) -> None:
    """Compiling took longer than the queries of `ivr goals` run; and what sets it off outlives a rolled-back query."""
    engine = create_engine_for(postgres)
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.execute(sa.text("SHOW jit")).scalar_one() == "off"
            connection.rollback()
    engine.dispose()
