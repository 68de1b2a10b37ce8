"""Recordings of calls: which parts there are of a call, and where their files are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ivr.store.records.database import create_tables, guard
from ivr.store.records.schema import metadata

recordings = sa.Table(
    "recordings",
    metadata,
    sa.Column("once", sa.String(100), primary_key=True),
    sa.Column("hotline", sa.String(64), nullable=False),
    sa.Column("call", sa.String(100), nullable=False),
    sa.Column("part", sa.Integer, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("duration_s", sa.Float, nullable=False),
    sa.Column("file", sa.Text),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("gone_at", sa.Float),
)


@dataclass(frozen=True, slots=True)
class Recording:
    """One part of a call: what lies between two secrets. Times are seconds since 1970."""

    once: str
    """What its file is named after; keeping it twice keeps it once."""
    hotline: str
    call: str
    part: int
    """Counts from 1 within its call."""
    at: float
    """When it was told of: the part has ended by then."""
    duration_s: float
    file: str | None = None
    """Where its sound is, or was."""
    tries: int = 0
    """How often its file was asked for in vain."""
    gone_at: float | None = None
    """When its file was deleted, because its time was over."""


class RecordingBook:
    """Every method raises RecordsDown when the database does not answer."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._tables_made = False

    def keep(self, recording: Recording) -> None:
        """Put it on the list, once."""
        with guard():
            self._make_table()
            try:
                with self.engine.begin() as connection:
                    connection.execute(sa.insert(recordings).values(**asdict(recording)))
            except IntegrityError:
                return

    def of(self, call: str) -> Sequence[Recording]:
        """A call's parts, in order."""
        return self._some(recordings.c.call == call, recordings.c.part)

    def missing(self, most_tries: int, limit: int = 20) -> Sequence[Recording]:
        """Those whose file is still to come, the least asked for first."""
        without = sa.and_(recordings.c.file.is_(None), recordings.c.gone_at.is_(None), recordings.c.tries < most_tries)
        return self._some(without, recordings.c.tries, limit)

    def older(self, before: float) -> Sequence[Recording]:
        """Those told of before then that are not marked as gone yet."""
        return self._some(sa.and_(recordings.c.at < before, recordings.c.gone_at.is_(None)), recordings.c.at)

    def attach(self, once: str, file: str) -> None:
        self._change(once, file=file)

    def tried(self, once: str) -> None:
        """Its file was asked for in vain."""
        self._change(once, tries=recordings.c.tries + 1)

    def gone(self, once: str, at: float) -> None:
        """Its file is deleted."""
        self._change(once, gone_at=at)

    def _some(self, which: sa.ColumnElement[bool], order: sa.Column[Any], limit: int = 1000) -> Sequence[Recording]:
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                rows = connection.execute(sa.select(recordings).where(which).order_by(order).limit(limit))
                return [Recording(**row._mapping) for row in rows]

    def _change(self, once: str, **values: Any) -> None:
        with guard():
            self._make_table()
            with self.engine.begin() as connection:
                connection.execute(sa.update(recordings).where(recordings.c.once == once).values(**values))

    def _make_table(self) -> None:
        if not self._tables_made:
            create_tables(self.engine)
            self._tables_made = True
