"""The live table of queues: how each is doing just now, and what came to it today or in the last hour (R94)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

import msgspec

from ivr.call.tasks import SeePeople
from ivr.store.line import RedisLine
from ivr.store.records.alarms import Alarm
from ivr.store.records.traffic import QueueTraffic, TrafficLog

Period = Literal["today", "hour"]
"""Since midnight where the hotline is; or the last 60 minutes."""

LOOKED_AT = 1000
"""Callers in line whose wait is compared; they stand in order, so who has waited longest is among them but for head
starts of more than a thousand callers."""


class QueueRow(msgspec.Struct, frozen=True):
    """One queue. Rates are shares from 0 to 1; null where nobody came."""

    queue: str
    """Its name in queues.yaml."""
    waiting: int
    """Callers in line now."""
    longest_wait_s: float | None
    """Of them, who waits longest, in seconds; null: nobody waits."""
    forecast_s: float
    """What a caller who comes now is expected to wait, in seconds."""
    idle: int
    """Agents who may be rung now."""
    busy: int
    """Agents rung, talking or in wrap-up."""
    off: int
    """Agents signed out, paused or taken out."""
    incoming: int
    """Callers who joined the line in the period."""
    answered: int
    """Callers an agent took in the period."""
    answered_rate: float | None
    """Of the incoming."""
    abandoned: int
    """Callers who hung up in line in the period, not counting those who had heard their answer there."""
    abandoned_rate: float | None
    """Of the incoming."""
    transfers: int
    """Of the incoming: callers who came from another queue."""
    transfers_rate: float | None
    """Of the incoming."""


class Totals(msgspec.Struct, frozen=True):
    """The whole hotline."""

    waiting: int
    """Callers in line now, in all queues."""
    calls: int
    """Calls that began in the period."""
    to_people: int
    """Calls that were transferred to people in the period: they joined a line."""
    to_people_rate: float | None
    """Of the calls."""
    incoming: int
    """Of all queues together."""
    answered: int
    """Of all queues together."""
    abandoned: int
    """Of all queues together."""


class Board(msgspec.Struct, frozen=True):
    """How a hotline's queues are doing."""

    hotline: str
    """Whose queues."""
    at: float
    """When this was so, in seconds since 1970."""
    period: Period
    """What the counts are of."""
    since: float
    """When that period began, in seconds since 1970."""
    totals: Totals
    """The whole hotline."""
    queues: list[QueueRow]
    """In the order of queues.yaml."""
    alarms: list[Alarm]
    """Callers who wait for longer than `alarm_after_s` of their queue, the longest wait first."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The hotline that is looked at."""

    name: str
    queues: Sequence[str]
    zone: tzinfo


def board(line: RedisLine, log: TrafficLog, watched: Watched, period: Period, *, now: float) -> Board:
    """Raises StoreDown or RecordsDown."""
    since = began(period, watched.zone, now)
    found = log.since(since)
    rows = _rows(line, watched, found.queues, now) if watched.queues else []
    totals = Totals(
        waiting=sum(row.waiting for row in rows),
        calls=found.calls,
        to_people=found.to_people,
        to_people_rate=share(found.to_people, found.calls),
        incoming=sum(row.incoming for row in rows),
        answered=sum(row.answered for row in rows),
        abandoned=sum(row.abandoned for row in rows),
    )
    return Board(watched.name, now, period, since, totals, rows, log.alarms(now))


def began(period: Period, zone: tzinfo, now: float) -> float:
    if period == "hour":
        return now - 3600
    return datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()


def share(part: int, whole: int) -> float | None:
    """To a thousandth; a call of yesterday evening may be answered today, so it is held to 1."""
    return round(min(1.0, part / whole), 3) if whole else None


def _rows(line: RedisLine, watched: Watched, found: dict[str, QueueTraffic], now: float) -> list[QueueRow]:
    people = line.people(watched.name, SeePeople(queues=tuple(watched.queues)), now=now).queues
    rows = []
    for queue in watched.queues:
        seen, came = people[queue], found.get(queue, QueueTraffic())
        in_line = line.look(watched.name, queue, now=now, most=LOOKED_AT) if seen.waiting else ()
        waits = [now - one.since for one in in_line]
        rows.append(
            QueueRow(
                queue=queue,
                waiting=seen.waiting,
                longest_wait_s=round(max(0.0, *waits), 1) if waits else None,
                forecast_s=seen.wait_s,
                idle=seen.idle,
                busy=seen.busy,
                off=seen.off,
                incoming=came.incoming,
                answered=came.answered,
                answered_rate=share(came.answered, came.incoming),
                abandoned=came.abandoned,
                abandoned_rate=share(came.abandoned, came.incoming),
                transfers=came.transfers,
                transfers_rate=share(came.transfers, came.incoming),
            )
        )
    return rows
