"""The records a page at a time, for programs that show lists: the next page begins behind the last row of this one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ivr.store.records.database import guard
from ivr.store.records.promises import Promise, PromiseBook, promises
from ivr.store.records.reader import CallSummary
from ivr.store.records.schema import calls

Place = tuple[float, str]
"""A row's time and name: where a page ended."""
SOMEBODY = re.compile(r"\+\d{7,15}|(client|sip):.+")
OPEN_ABOUT = 20
"""Of the open messages of one number, the oldest."""


def is_somebody(caller: str | None) -> bool:
    """Whether calls of this name are one caller's; those who withhold their number are many."""
    return caller is not None and SOMEBODY.fullmatch(caller) is not None


@dataclass(frozen=True, slots=True)
class CallsWanted:
    """Which calls."""

    hotline: str
    running: bool | None = None
    caller: str | None = None
    since: float | None = None
    before: float | None = None
    agent: str | None = None
    """Only those this agent took, and …"""
    present: str = ""
    """… this call."""


def calls_page(engine: sa.Engine, wanted: CallsWanted, after: Place | None, limit: int) -> list[CallSummary]:
    """The newest first. Raises RecordsDown."""
    started = calls.c.started_at
    query = sa.select(calls).where(calls.c.hotline == wanted.hotline, started.is_not(None))
    if wanted.running is not None:
        query = query.where(calls.c.ended_at.is_(None) if wanted.running else calls.c.ended_at.is_not(None))
    if wanted.caller is not None:
        query = query.where(calls.c.caller == wanted.caller)
    if wanted.since is not None:
        query = query.where(started >= wanted.since)
    if wanted.before is not None:
        query = query.where(started < wanted.before)
    if wanted.agent is not None:
        query = query.where(sa.or_(calls.c.agent == wanted.agent, calls.c.call == wanted.present))
    if after is not None:
        at, call = after
        query = query.where(sa.or_(started < at, sa.and_(started == at, calls.c.call > call)))
    query = query.order_by(started.desc(), calls.c.call).limit(limit)
    return [CallSummary(**row._mapping) for row in _rows(engine, query)]


@dataclass(frozen=True, slots=True)
class PromisesWanted:
    """Which callbacks, voicemails and follow-ups."""

    hotline: str
    kind: str | None = None
    state: str | None = None
    queues: Sequence[str] | None = None
    """Only those of these queues; None: of all."""


def promises_page(book: PromiseBook, wanted: PromisesWanted, after: Place | None, limit: int) -> list[Promise]:
    """Who waits longest first. Raises RecordsDown."""
    query = sa.select(promises).where(promises.c.hotline == wanted.hotline)
    if wanted.kind is not None:
        query = query.where(promises.c.kind == wanted.kind)
    if wanted.state is not None:
        query = query.where(promises.c.state == wanted.state)
    if wanted.queues is not None:
        query = query.where(promises.c.queue.in_(wanted.queues))
    if after is not None:
        since, once = after
        later = sa.and_(promises.c.since == since, promises.c.once > once)
        query = query.where(sa.or_(promises.c.since > since, later))
    query = query.order_by(promises.c.since, promises.c.once).limit(limit)
    return [_promise(row) for row in _rows(book.engine, query)]


def promises_about(engine: sa.Engine, hotline: str, call: str, number: str | None) -> list[Promise]:
    """What was promised in this call, and what is open for the same number. Raises RecordsDown."""
    about = promises.c.call == call
    if number is not None:
        about = sa.or_(about, sa.and_(promises.c.number == number, promises.c.state != "closed"))
    query = sa.select(promises).where(promises.c.hotline == hotline, about)
    return [_promise(row) for row in _rows(engine, query.order_by(promises.c.since, promises.c.once).limit(OPEN_ABOUT))]


def _promise(row: sa.Row[Any]) -> Promise:
    known = {name: value for name, value in row._mapping.items() if name in Promise.__dataclass_fields__}
    return Promise(**known)


def _rows(engine: sa.Engine, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
    with guard(), engine.connect() as connection:
        return connection.execute(query).all()
