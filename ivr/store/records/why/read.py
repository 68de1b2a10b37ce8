"""The reasons of a call, out of the database of records."""

from __future__ import annotations

import re

import sqlalchemy as sa

from ivr.store.records.database import guard
from ivr.store.records.reader import CallEvent, CallRecord, RecordsReader
from ivr.store.records.schema import events
from ivr.store.records.why.fold import reasons_of
from ivr.store.records.why.reasons import CallReasons

"""A call that was preferred may have begun so much earlier; no call lasts longer."""
MOST = 200
"""Callers who were preferred: the first ones."""


class ReasonsReader:
    """Every method raises RecordsDown when the database does not answer."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._records = RecordsReader(engine)

    def reasons(self, call: str, *, hotline: str | None = None) -> CallReasons | None:
        """None where nobody knows the call. The hotline is needed only where two have a call of that name."""
        record = self._records.call(call, hotline=hotline)
        return None if record is None else self.of(record)

    def of(self, record: CallRecord) -> CallReasons:
        """The same of a record that was read already."""
        in_line = [event.at for event in record.events if event.kind == "queued"]
        return reasons_of(record, self._preferred(record, in_line[0]) if in_line else ())

    def _preferred(self, record: CallRecord, since: float) -> list[CallEvent]:
        """Rings for others, while this call was in line, in which it came second."""
        summary = record.summary
        second = events.c.data[("why", "next_call")].as_string()
        like = re.sub(r"([%_\\])", r"\\\1", summary.call)  # a callback is called CALL.n
        query = (
            sa.select(events)
            .where(events.c.hotline == summary.hotline, events.c.kind == "offered", events.c.at >= since)
            .where(sa.or_(second == summary.call, second.like(f"{like}.%", escape="\\")))
            .order_by(events.c.seq)
            .limit(MOST)
        )
        if summary.ended_at is not None and not any(event.kind == "callback" for event in record.events):
            query = query.where(events.c.at <= summary.ended_at)
        with guard(), self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [CallEvent(row.n, row.at, row.kind, {**row.data, "call": row.call}) for row in rows]
