"""How many callers came to each queue, and what became of them, since some hour of today (R94)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ivr.store.records.database import guard
from ivr.store.records.schema import calls, events

LONGEST_CALL_S = 4 * 3600.0
"""A call that began before the hour may have joined a line after it; no call lasts longer."""
GAVE_UP = frozenset({"hangup", "silent"})
"""Why of leaving a line that no answer, message or callback made up for."""
KINDS = ("queued", "connected", "left_line")


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


def traffic(engine: sa.Engine, hotline: str, since: float) -> Traffic:
    """Since that time, in seconds since 1970. Raises RecordsDown."""
    begun = sa.select(sa.func.count()).where(calls.c.hotline == hotline, calls.c.started_at >= since)
    same = sa.and_(events.c.hotline == calls.c.hotline, events.c.call == calls.c.call)
    told = (
        sa.select(events.c.call, events.c.kind, events.c.data)
        .select_from(calls.join(events, same))
        .where(calls.c.hotline == hotline, calls.c.started_at >= since - LONGEST_CALL_S)
        .where(events.c.kind.in_(KINDS), events.c.at >= since)
        .order_by(events.c.seq)
    )
    with guard(), engine.connect() as connection:
        found = Traffic(calls=int(connection.scalar(begun.select_from(calls)) or 0))
        _count(found, connection.execute(told))
    return found


def _count(found: Traffic, rows: Any) -> None:
    """`rows` are (call, kind, data), in the order of the record."""
    seen: set[tuple[str, str, str]] = set()
    queue_of: dict[str, str] = {}
    for call, kind, data in rows:
        queue = data.get("queue") if isinstance(data, dict) else None
        if not isinstance(queue, str) or not queue:
            continue
        one = found.queues.setdefault(queue, QueueTraffic())
        if kind == "queued":
            found.to_people += call not in queue_of
            if (call, kind, queue) not in seen:
                one.incoming += 1
                one.transfers += queue_of.get(call, queue) != queue
            queue_of[call] = queue
        elif (call, kind, queue) not in seen:
            if kind == "connected":
                one.answered += 1
            elif data.get("why") in GAVE_UP:
                one.abandoned += 1
            else:
                continue
        seen.add((call, kind, queue))
