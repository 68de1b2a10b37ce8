"""From a URL to a database that holds the records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import event, exc

from ivr.errors import RecordsDown, SettingsError
from ivr.store.records.earlier import bring_up_to_date, must_be_ours
from ivr.store.records.schema import metadata

BUSY_MS = 5000
"""So long a writer to SQLite waits for another one."""

CONNECT_S = 5

SOMEBODY_ELSE = re.compile("already exists|duplicate column")
"""What the databases say when what is to be made was made meanwhile."""

GOOD = "sqlite:////var/lib/ivr/records.db or postgresql+psycopg://user:password@host/database"


def create_engine_for(url: str) -> sa.Engine:
    """An engine for SQLite or PostgreSQL; nothing is contacted yet. Raises SettingsError for a URL it cannot use."""
    try:
        parsed = sa.make_url(url)
        kind = parsed.get_backend_name()
        if kind not in ("sqlite", "postgresql"):
            raise SettingsError(f"records cannot be kept in {kind}; --database takes {GOOD}")
        options: dict[str, Any] = {"json_serializer": to_json, "json_deserializer": msgspec.json.decode}
        if kind == "postgresql":
            options |= {"pool_pre_ping": True, "pool_timeout": CONNECT_S}
            if parsed.get_driver_name().startswith("psycopg"):
                options["connect_args"] = {"connect_timeout": CONNECT_S}
        engine = sa.create_engine(parsed, **options)
    except exc.ArgumentError:  # its words may hold the password
        raise SettingsError(f"--database is no database URL; it takes {GOOD}") from None
    except ModuleNotFoundError as error:
        package = "'psycopg[binary]'" if error.name == "psycopg" else error.name
        raise SettingsError(f"--database needs the package {error.name}: pip install {package}") from error
    if kind == "postgresql":
        event.listen(engine, "connect", prepare_postgresql)
    if kind == "sqlite":
        event.listen(engine, "connect", prepare_sqlite)
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    return engine


def to_json(value: Any) -> str:
    """JSON with every script's letters as they are."""
    return msgspec.json.encode(value).decode()


def prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")  # first: the switch to WAL already needs a lock
    cursor.execute("PRAGMA journal_mode=WAL")  # readers and the writer do not wait for each other
    cursor.execute("PRAGMA synchronous=FULL")  # what is written leaves the stream, so it must outlive a power cut
    cursor.close()


def prepare_postgresql(connection: Any, _record: Any) -> None:
    """No query of ours runs for as long as PostgreSQL takes to compile it: half of `ivr goals` went into that."""
    cursor = connection.cursor()
    cursor.execute("SELECT set_config('jit', 'off', false) FROM pg_settings WHERE name = 'jit'")  # not all have it
    cursor.close()
    connection.commit()  # else it ends with the transaction that set it, should that be rolled back


def create_tables(engine: sa.Engine) -> None:
    """Make what is missing, in an empty database as in one of an earlier release; many threads and processes may try
    at once. Raises RecordsDown."""
    most = sum(1 + len(table.columns) + len(table.indexes) for table in metadata.tables.values())
    with guard():
        for left in reversed(range(most)):
            try:
                with engine.connect() as connection:
                    must_be_ours(connection)
                metadata.create_all(engine)
                with engine.begin() as connection:
                    bring_up_to_date(connection)
                return
            except exc.DBAPIError as error:
                # Somebody else is making the same, one after the other, and was first with one of them.
                if not left or not (SOMEBODY_ELSE.search(str(error.orig)) or isinstance(error, exc.IntegrityError)):
                    raise


@contextmanager
def guard() -> Iterator[None]:
    """Turn the database's errors into RecordsDown, in the database's own words."""
    try:
        yield
    except exc.DBAPIError as error:
        raise RecordsDown(f"the database of records cannot be used: {error.orig}") from error
    except exc.TimeoutError as error:
        raise RecordsDown("the database of records gives no connection") from error
