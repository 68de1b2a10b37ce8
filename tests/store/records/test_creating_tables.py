"""The first start of a server: several rounds of several workers make the tables at once."""

from __future__ import annotations

import threading

import sqlalchemy as sa

from ivr.store.records.database import create_tables
from ivr.store.records.schema import metadata

AT_ONCE = 8


def test_many_may_make_the_tables_at_the_same_moment(engine: sa.Engine) -> None:
    failed: list[BaseException] = []
    for _ in range(5):
        metadata.drop_all(engine)
        together = threading.Barrier(AT_ONCE)

        def make(together: threading.Barrier = together) -> None:
            together.wait()
            try:
                create_tables(engine)
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=make) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []
