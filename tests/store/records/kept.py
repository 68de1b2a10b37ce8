"""Calls written straight into a database of records."""

from __future__ import annotations

import itertools
from typing import Any

import sqlalchemy as sa

from ivr.call.codec import to_json
from ivr.call.entries import Entry
from ivr.store.records.sink import write
from ivr.store.streams import Read

AT = 1_795_446_000.0
"""23 November 2026, 10:00 in New York."""

Told = tuple[float, str, dict[str, Any]]
"""Seconds after the start, kind, data."""


class Kept:
    """Keeps calls of the hotline telecom."""

    def __init__(self, engine: sa.Engine, hotline: str = "telecom", *, first: int = 1) -> None:
        """`first`: where others have kept calls of the same hotline, entries are numbered from there."""
        self.engine, self.hotline = engine, hotline
        self._ids = itertools.count(first)

    def call(
        self, call: str, *told: Told, at: float = AT, version: str = "v1", caller: str = "+12025550101", **ended: Any
    ) -> None:
        """A call from its start; with an outcome it is over."""
        started = {"caller": caller, "called": "+12025550199", "channel": "console", "version": version}
        entries = [Entry("started", at, started), *(Entry(kind, at + after, data) for after, kind, data in told)]
        if ended:
            last = at + max([after for after, _, _ in told], default=0.0)
            entries.append(Entry("ended", last + 1, {"seconds": last + 1 - at, **ended}))
        write(
            self.engine,
            self.hotline,
            [
                Read(
                    f"{next(self._ids)}-0",
                    {b"call": call.encode(), b"n": str(n).encode(), b"entry": to_json(entry)},
                )
                for n, entry in enumerate(entries, start=1)
            ],
        )


def queued(queue: str, after: float = 1.0) -> Told:
    return after, "queued", {"queue": queue, "position": 1, "size": 1, "head_starts": {}}


def connected(queue: str, agent: str, after: float = 5.0) -> Told:
    return after, "connected", {"queue": queue, "agent": agent, "waited_s": after - 1}


def left(queue: str, why: str, after: float = 5.0) -> Told:
    return after, "left_line", {"queue": queue, "why": why, "waited_s": after - 1}
