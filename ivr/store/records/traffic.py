"""How many callers came to each queue, and what became of them, since some hour of today (R94)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import sqlalchemy as sa

from ivr.store.records.alarms import Alarm, open_alarms
from ivr.store.records.database import guard
from ivr.store.records.schema import calls, events

"""A call that began before the hour may have joined a line after it; no call lasts longer."""
GAVE_UP = frozenset({"hangup", "silent"})
"""Why of leaving a line that no answer, message or callback made up for."""
KINDS = ("queued", "connected", "left_line")
KEPT_S = 26 * 3600.0
"""What is older than that is forgotten: no day is longer."""
OVERLAP = 2000
"""Entries before the last one that are read again: several hotlines are written down at once, and the database may
show a later number before an earlier one."""


@dataclass(slots=True)
class QueueTraffic:
    """Of one queue. A call counts once in each."""

    incoming: int = 0
    """Callers who joined its line."""
    answered: int = 0
    """Callers an agent took."""
    abandoned: int = 0
    """Callers who hung up in line, and had not been answered before."""
    transfers: int = 0
    """Of the incoming: those who came from the line, or an agent, of another queue."""


@dataclass(slots=True)
class Traffic:
    """Of a hotline."""

    calls: int = 0
    """Calls that began."""
    to_people: int = 0
    """Calls that joined a line: transfers from the machine to people."""
    queues: dict[str, QueueTraffic] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Came:
    """One entry, as far as it counts."""

    at: float
    call: str
    kind: str
    queue: str
    gave_up: bool


class TrafficLog:
    """What came to one hotline's queues, kept in memory from look to look: a look at a live table reads only what is
    new. Safe for many threads."""

    def __init__(self, engine: sa.Engine, hotline: str) -> None:
        self._engine, self._hotline = engine, hotline
        self._lock = Lock()
        self._came: dict[int, Came] = {}
        """By the number of the entry, which is the order of the record."""
        self._since = float("inf")
        """From then on all is known."""
        self._last = 0

    def since(self, since: float) -> Traffic:
        """Since that time, in seconds since 1970. Raises RecordsDown."""
        begun = sa.select(sa.func.count()).select_from(calls)
        begun = begun.where(calls.c.hotline == self._hotline, calls.c.started_at >= since)
        with self._lock, guard(), self._engine.connect() as connection:
            self._catch_up(connection, since)
            came = [self._came[seq] for seq in sorted(self._came) if self._came[seq].at >= since]
            return counted(int(connection.scalar(begun) or 0), came)

    def alarms(self, now: float) -> list[Alarm]:
        """Waits that are too long just now, the longest first. Raises RecordsDown."""
        return open_alarms(self._engine, self._hotline, now)

    def _catch_up(self, connection: sa.Connection, since: float) -> None:
        last = int(connection.scalar(sa.select(sa.func.max(events.c.seq))) or 0)
        known = since >= self._since and last >= self._last  # an emptied database begins to count anew
        if not known:
            self._came, self._since = {}, since
        wanted = sa.select(events.c.seq, events.c.at, events.c.call, events.c.kind, events.c.data)
        query = wanted.where(events.c.hotline == self._hotline, events.c.kind.in_(KINDS), events.c.at >= self._since)
        if known:
            query = query.where(events.c.seq > self._last - OVERLAP)
        for row in connection.execute(query):
            if (one := _read(row)) is not None:
                self._came[row.seq] = one
        self._last = last
        if since - self._since > KEPT_S:
            self._since = since
            self._came = {seq: one for seq, one in self._came.items() if one.at >= since}


def counted(begun: int, came: Iterable[Came]) -> Traffic:
    """`came` in the order of the record."""
    found = Traffic(calls=begun)
    seen: set[tuple[str, str, str]] = set()
    queue_of: dict[str, str] = {}
    for entry in came:
        one = found.queues.setdefault(entry.queue, QueueTraffic())
        new = (entry.call, entry.kind, entry.queue) not in seen
        if entry.kind == "queued":
            before = queue_of.get(entry.call)
            found.to_people += before is None
            one.incoming += new
            one.transfers += new and before not in (None, entry.queue)
            queue_of[entry.call] = entry.queue
        elif entry.kind == "connected":
            one.answered += new
        elif entry.gave_up:
            one.abandoned += new
        else:
            continue
        seen.add((entry.call, entry.kind, entry.queue))
    return found


def _read(row: Any) -> Came | None:
    """None for an entry that names no queue."""
    queue = row.data.get("queue") if isinstance(row.data, dict) else None
    if not isinstance(queue, str) or not queue:
        return None
    return Came(row.at, row.call, row.kind, queue, row.data.get("why") in GAVE_UP)
