"""Waits in line that were too long (R73): who, where, since when, and what ended them.

Read from the entries of calls: each is told once, as each is written down once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from ivr.store.records.database import guard
from ivr.store.records.schema import calls, events

ENDS = ("connected", "left_line", "ended")
"""Entries after which a caller is in line no more."""
MOST_RAISED = 5000
"""The newest, among which those still open, or over, are looked for."""
LONGEST_CALL_S = 4 * 3600.0
"""What began before that is over, whatever the record says."""


class Alarm(msgspec.Struct, frozen=True):
    """One wait that was longer than `alarm_after_s` of its queue. Times are seconds since 1970."""

    call: str
    """Whose."""
    caller: str | None
    """The number; null where the record does not have it yet."""
    queue: str
    """In which line, when it was raised."""
    since: float
    """When the caller joined the line."""
    at: float
    """When it was raised."""
    position: int
    """Where the caller stood then, as he was told; 1 is next."""
    ended_at: float | None
    """When the caller was in line no more; null: he still is."""
    ended: str | None
    """connected; or why the line was left: hangup, callback, message …; null: he still waits."""


@dataclass(frozen=True, slots=True)
class AlarmsWanted:
    """Which alarms."""

    hotline: str
    since: float
    """Raised then or later."""
    open: bool | None = None
    """True: those who still wait; False: those who do not; None: all."""
    limit: int = 200


def alarms(engine: sa.Engine, wanted: AlarmsWanted) -> list[Alarm]:
    """The newest first. Raises RecordsDown."""
    same = sa.and_(events.c.hotline == calls.c.hotline, events.c.call == calls.c.call)
    raised = (
        sa.select(events.c.seq, events.c.call, events.c.at, events.c.data, calls.c.caller)
        .select_from(events.outerjoin(calls, same))
        .where(events.c.hotline == wanted.hotline, events.c.kind == "alarm", events.c.at >= wanted.since)
        .order_by(events.c.at.desc(), events.c.seq.desc())
    )
    with guard(), engine.connect() as connection:
        rows = connection.execute(raised.limit(wanted.limit if wanted.open is None else MOST_RAISED)).all()
        names = {row.call for row in rows}
        later = sa.select(events.c.seq, events.c.call, events.c.at, events.c.kind, events.c.data)
        later = later.where(events.c.hotline == wanted.hotline, events.c.call.in_(names), events.c.kind.in_(ENDS))
        ends: defaultdict[str, list[Any]] = defaultdict(list)
        for end in connection.execute(later.order_by(events.c.seq)) if names else ():
            ends[end.call].append(end)
    found = [_alarm(row, ends[row.call]) for row in rows]
    return [one for one in found if wanted.open in (None, one.ended_at is None)][: wanted.limit]


def open_alarms(engine: sa.Engine, hotline: str, now: float) -> list[Alarm]:
    """Of callers who wait now, the longest wait first. Raises RecordsDown."""
    found = alarms(engine, AlarmsWanted(hotline, now - LONGEST_CALL_S, open=True, limit=1000))
    return sorted(found, key=lambda one: one.since)


def _alarm(row: Any, ends: Sequence[Any]) -> Alarm:
    """`ends`: of the same call, in the order of their entries."""
    end = next((one for one in ends if one.seq > row.seq), None)
    why = None if end is None else str(end.data.get("why", end.kind)) if end.kind != "connected" else "connected"
    return Alarm(
        call=row.call,
        caller=row.caller,
        queue=str(row.data.get("queue", "")),
        since=round(row.at - row.data.get("waited_s", 0.0), 3),
        at=row.at,
        position=int(row.data.get("position", 0)),
        ended_at=None if end is None else end.at,
        ended=why,
    )
