"""A live database: one engine with its pool of connections, safe in every thread."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import CursorResult, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ivr.call.events import LookupEmpty
from ivr.call.shape import Shape
from ivr.connectors.guard import Guard
from ivr.connectors.operation import Found
from ivr.connectors.registry import Answer
from ivr.connectors.sql_limits import LIMITS, Limits
from ivr.connectors.sql_operation import SqlOperation
from ivr.connectors.trouble import Trouble, without_values
from ivr.errors import SettingsError

MOST_ROWS = 1000
SCALARS = (str, int, float, bool, type(None))


class OpenSql:
    """Every look-up is a transaction of its own: read-only and rolled back, or written and committed."""

    def __init__(self, guard: Guard[SqlOperation], engine: Engine) -> None:
        self._guard = guard
        self._engine = engine
        self._limits: Limits = LIMITS[engine.dialect.name]

    def look_up(self, operation: str, arguments: Mapping[str, Any], once: str) -> Answer:
        return self._guard.ask(operation, arguments, once, self._ask)

    def close(self) -> None:
        self._engine.dispose()

    def _ask(self, operation: SqlOperation, values: dict[str, Any]) -> Found:
        deadline = time.monotonic() + operation.timeout_s
        bound = {name: values[name] for name in operation.bound}
        if odd := sorted(name for name, value in bound.items() if not isinstance(value, SCALARS)):
            raise Trouble("arguments", f"{odd[0]} is no single value")
        try:
            with self._engine.connect() as connection, self._limits.bounded(connection, deadline, operation.writes):
                answer = _answer(operation, connection.execute(operation.statement, bound))
                if operation.writes:  # an answer of the wrong shape is not written either
                    connection.commit()
                return answer
        except PoolTimeout:
            raise Trouble("busy", "every connection is in use") from None
        except DBAPIError as error:
            code = self._limits.code(error.orig)
            told = f"{type(error.orig).__name__} {code} {without_values(str(error.orig), bound)}"
            lost = isinstance(error, OperationalError | InterfaceError)
            raise Trouble(self._limits.reason(code, lost), told.strip()) from None
        except (SQLAlchemyError, ValueError, OverflowError) as error:  # half a sign, a NUL, a number of 40 digits
            raise Trouble("error", type(error).__name__) from None


def _answer(operation: SqlOperation, result: CursorResult[Any]) -> Found:
    if not result.returns_rows:
        if operation.shape is not None:
            raise Trouble("shape", "no rows come back; a write that gives something ends with returning …")
        return LookupEmpty() if result.rowcount == 0 else operation.answer(None)
    rows = result.mappings().fetchmany(MOST_ROWS + 1 if operation.many else 2)
    if not rows:
        return LookupEmpty()
    if operation.shape is None:
        return operation.answer(None)
    if len(rows) > MOST_ROWS:
        raise Trouble("size", f"over {MOST_ROWS} rows came")
    shape = operation.shape.item if operation.many and operation.shape.item else operation.shape
    plain = [
        {name: _unpacked(value, shape.child(name)) for name, value in row.items()}
        if shape.fields
        else _single(list(row.values()))
        for row in rows
    ]
    if not operation.many and len(plain) > 1:
        raise Trouble("shape", "more than one row came, and reading out any of them may be wrong")
    return operation.answer(plain if operation.many else plain[0])


def _unpacked(value: Any, shape: Shape | None) -> Any:
    """A list or mapping, from the JSON text that a database without such columns keeps it as."""
    if isinstance(value, str) and shape is not None and (shape.item is not None or shape.fields):
        try:
            return json.loads(value)
        except ValueError:
            return value  # of the wrong shape, as is told then
    return value


def _single(values: list[Any]) -> Any:
    if len(values) != 1:
        raise Trouble("shape", f"{len(values)} columns came where one value is declared")
    return values[0]


def engine_of(text: str, home: Path, where: str) -> Engine:
    """An engine that has not connected yet. Raises SettingsError, without the address: it may hold a password."""
    try:
        url = make_url(text)
        limits = LIMITS[url.get_backend_name()]
        return create_engine(
            limits.placed(url, home, where),
            hide_parameters=True,  # else errors quote what callers said
            pool_size=8,
            max_overflow=8,
            pool_timeout=2.0,
            pool_recycle=1800,
            **limits.options(url),
        )
    except (ArgumentError, KeyError):
        raise SettingsError(
            f"{where} is no address of a database; it looks like sqlite:///company.sqlite or postgresql+psycopg://…"
        ) from None
    except ImportError as error:
        raise SettingsError(f"{where} needs the driver {error.name or error}; install it with pip") from None
