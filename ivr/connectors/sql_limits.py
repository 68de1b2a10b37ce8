"""How each database is made to give up in time and to write nothing by accident."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from sqlalchemy import URL, Connection, text

from ivr.errors import SettingsError

CHECK_EVERY = 1000
"""SQLite's own small steps between two looks at the clock: some 10 µs."""
CONNECT_S = 3

# `true`: until the end of the transaction, so that the next borrower of the connection has its own
TIME_ONLY = text("select set_config('statement_timeout', :ms, true)")
TIME_AND_READ_ONLY = text(
    "select set_config('statement_timeout', :ms, true), set_config('transaction_read_only', 'on', true)"
)


class Limits(Protocol):
    """What OpenSql must know of a database."""

    def placed(self, url: URL, home: Path, where: str) -> URL: ...

    def options(self, url: URL) -> dict[str, Any]:
        """For create_engine."""

    def bounded(self, connection: Connection, deadline: float, writes: bool) -> AbstractContextManager[None]:
        """Whatever runs inside ends by `deadline` (of time.monotonic) and cannot write unless it `writes`."""

    def code(self, error: BaseException | None) -> str:
        """The database's own word for an error, or empty."""

    def reason(self, code: str, lost: bool) -> str:
        """Why the look-up failed; `lost`: by its class the error is about the connection rather than the query."""


class Sqlite:
    """A running statement looks at the clock itself; one that waits for a lock has a time-out."""

    def placed(self, url: URL, home: Path, where: str) -> URL:
        if not url.database or url.database == ":memory:" or url.query:
            raise SettingsError(f"{where} names no file; it looks like sqlite:///company.sqlite")
        path = home / url.database
        if not path.is_file():  # SQLite would begin an empty database
            raise SettingsError(f"{where}: there is no file {url.database} in the hotline's folder")
        return url.set(database=str(path))

    def options(self, url: URL) -> dict[str, Any]:
        return {}

    @contextmanager
    def bounded(self, connection: Connection, deadline: float, writes: bool) -> Iterator[None]:
        raw: Any = connection.connection.driver_connection
        left_ms = max(1, int((deadline - time.monotonic()) * 1000))
        connection.exec_driver_sql(f"pragma busy_timeout = {left_ms}")
        connection.exec_driver_sql(f"pragma query_only = {'off' if writes else 'on'}")
        raw.set_progress_handler(lambda: time.monotonic() > deadline, CHECK_EVERY)
        try:
            yield
        finally:
            raw.set_progress_handler(None, 0)

    def code(self, error: BaseException | None) -> str:
        return str(getattr(error, "sqlite_errorname", ""))

    def reason(self, code: str, lost: bool) -> str:
        if code.startswith(("SQLITE_INTERRUPT", "SQLITE_BUSY", "SQLITE_LOCKED")):
            return "timeout"
        return "refused" if code.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_NOTADB")) else "error"


class Postgresql:
    """The server itself stops a statement; a server that is gone is noticed by the driver."""

    def placed(self, url: URL, home: Path, where: str) -> URL:
        return url

    def options(self, url: URL) -> dict[str, Any]:
        by_libpq = {"connect_timeout": CONNECT_S, "tcp_user_timeout": 20_000}
        drivers = {"psycopg": by_libpq, "psycopg2": by_libpq, "pg8000": {"timeout": 20}}
        ours = drivers.get(url.get_driver_name(), {})
        return {"pool_pre_ping": True, "connect_args": {name: ours[name] for name in ours if name not in url.query}}

    @contextmanager
    def bounded(self, connection: Connection, deadline: float, writes: bool) -> Iterator[None]:
        left_ms = max(1, int((deadline - time.monotonic()) * 1000))
        connection.execute(TIME_ONLY if writes else TIME_AND_READ_ONLY, {"ms": str(left_ms)})
        yield

    def code(self, error: BaseException | None) -> str:
        """SQLSTATE, wherever the driver keeps it."""
        told = error.args[0] if error is not None and error.args and isinstance(error.args[0], dict) else {}
        return str(getattr(error, "sqlstate", None) or getattr(error, "pgcode", None) or told.get("C", ""))

    def reason(self, code: str, lost: bool) -> str:
        if code == "57014":  # query_canceled
            return "timeout"
        broken = code.startswith(("08", "53", "57P")) if code else lost  # no code: the server never spoke
        return "refused" if broken else "error"


LIMITS: Mapping[str, Limits] = MappingProxyType({"sqlite": Sqlite(), "postgresql": Postgresql()})
"""By SQLAlchemy's name of the database."""
