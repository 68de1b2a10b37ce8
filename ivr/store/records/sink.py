"""Writing a batch of entries into the tables, each once however often it comes."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects import postgresql, sqlite

from ivr.store.records.rows import Rows, rows_of, unreadable
from ivr.store.records.schema import CLOSED, ENDED, STARTED, calls, events
from ivr.store.streams import Read

log = logging.getLogger(__name__)


def write(engine: sa.Engine, hotline: str, batch: list[Read]) -> None:
    """All of the batch in one transaction. What was written before stays as it is.

    Raises sqlalchemy's DBAPIError, with nothing written, when the database is away or full.
    """
    try:
        _write(engine, rows_of(hotline, batch))
    except (exc.DataError, exc.StatementError) as error:
        # One value the database cannot hold must not keep the others waiting for ever. Its other errors are
        # StatementErrors, too, and are the database's own trouble.
        if isinstance(error, exc.DBAPIError) and not isinstance(error, exc.DataError):
            raise
        if len(batch) > 1:
            for read in batch:
                write(engine, hotline, [read])
            return
        log.error("an entry cannot be written", extra={"hotline": hotline, "entry": batch[0].id, "cause": str(error)})
        rows = rows_of(hotline, batch)
        stub = unreadable(batch[0], "the database refused it")
        _write(engine, Rows([{**rows.events[0], "kind": stub.kind, "data": stub.data}]))


def _write(engine: sa.Engine, rows: Rows) -> None:
    dialect = engine.dialect.name
    with engine.begin() as connection:
        if rows.events:
            connection.execute(insert_new(dialect), rows.events)
        if rows.started:
            connection.execute(fill(dialect, STARTED, newer_wins=False), rows.started)
        if rows.ended:
            connection.execute(fill(dialect, ENDED, newer_wins=True), rows.ended)
        if rows.closed:
            connection.execute(fill(dialect, CLOSED, newer_wins=False), rows.closed)


def insert(dialect: str, table: sa.Table) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def insert_new(dialect: str) -> Any:
    return insert(dialect, events).on_conflict_do_nothing(index_elements=["hotline", "stream_id"])


@cache
def fill(dialect: str, columns: tuple[str, ...], *, newer_wins: bool) -> Any:
    """Make the call's row, or fill these columns of it; a value that is missing takes none away.

    So `started` and `ended` may come in any order and more than once.
    """
    statement = insert(dialect, calls)
    filled = {}
    for name in columns:
        pair = [statement.excluded[name], calls.c[name]]
        filled[name] = sa.func.coalesce(*(pair if newer_wins else reversed(pair)))
    return statement.on_conflict_do_update(index_elements=["hotline", "call"], set_=filled)
