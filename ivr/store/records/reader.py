"""Reading the records: lists of calls, one call with its events, what a caller has wanted before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, NamedTuple

import sqlalchemy as sa

from ivr.store.records.database import guard
from ivr.store.records.schema import calls, events


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSummary:
    """One row of the table `calls`; what each field means stands there."""

    hotline: str
    call: str
    version: str | None = None
    channel: str | None = None
    caller: str | None = None
    called: str | None = None
    started_at: float | None = None
    ended_at: float | None = None
    language: str | None = None
    outcome: str | None = None
    why: str | None = None
    mode: str | None = None
    intent: str | None = None
    answered: Sequence[str] | None = None
    seconds: float | None = None
    seconds_to_answer: float | None = None
    requests: int | None = None
    offers: int | None = None
    consents: int | None = None
    queue: str | None = None
    waited_s: float | None = None
    agent: str | None = None
    rating_machine: int | None = None
    rating_human: int | None = None
    talked_s: float | None = None
    opportunities: Sequence[str] | None = None
    converted: Sequence[str] | None = None
    converted_at: float | None = None
    caller_says: str | None = None
    closed: str | None = None
    closed_by: str | None = None

    @property
    def running(self) -> bool:
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One entry of a call's record."""

    n: int | None
    at: float
    kind: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CallRecord:
    """All that is known of one call; the events in the order they were stored."""

    summary: CallSummary
    events: tuple[CallEvent, ...]


class Contact(NamedTuple):
    """What a caller wanted on a day."""

    day: date
    intent: str


class RecordsReader:
    """Every method raises RecordsDown when the database does not answer."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def calls(
        self,
        *,
        hotline: str | None = None,
        caller: str | None = None,
        since: float | None = None,
        before: float | None = None,
        running: bool | None = None,
        limit: int = 50,
    ) -> list[CallSummary]:
        """The newest calls first; `since` and `before` speak of their start, `running` None takes both kinds."""
        query = sa.select(calls).order_by(calls.c.started_at.desc().nulls_last(), calls.c.call).limit(limit)
        if hotline is not None:
            query = query.where(calls.c.hotline == hotline)
        if caller is not None:
            query = query.where(calls.c.caller == caller)
        if since is not None:
            query = query.where(calls.c.started_at >= since)
        if before is not None:
            query = query.where(calls.c.started_at < before)
        if running is not None:
            query = query.where(calls.c.ended_at.is_(None) if running else calls.c.ended_at.is_not(None))
        return [CallSummary(**row._mapping) for row in self._rows(query)]

    def call(self, call: str, *, hotline: str | None = None) -> CallRecord | None:
        """One call with its events. The hotline is needed only where two of them have a call of the same name."""
        query = sa.select(calls).where(calls.c.call == call).limit(1)
        rows = self._rows(query if hotline is None else query.where(calls.c.hotline == hotline))
        if not rows:
            return None
        summary = CallSummary(**rows[0]._mapping)
        of_call = sa.and_(events.c.call == call, events.c.hotline == summary.hotline)
        found = self._rows(sa.select(events).where(of_call).order_by(events.c.seq))
        return CallRecord(summary, tuple(CallEvent(row.n, row.at, row.kind, row.data) for row in found))

    def history(
        self, hotline: str, caller: str, *, since: float, zone: tzinfo = UTC, limit: int = 500
    ) -> list[Contact]:
        """What this caller has wanted since then, newest first, each with its day in the hotline's time zone."""
        query = (
            sa.select(calls.c.started_at, calls.c.intent)
            .where(calls.c.hotline == hotline, calls.c.caller == caller, calls.c.started_at >= since)
            .where(calls.c.intent.is_not(None))
            .order_by(calls.c.started_at.desc())
            .limit(limit)
        )
        return [Contact(datetime.fromtimestamp(row.started_at, zone).date(), row.intent) for row in self._rows(query)]

    def _rows(self, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with guard(), self.engine.connect() as connection:
            return connection.execute(query).all()
