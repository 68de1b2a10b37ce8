"""Keeps the list of promised calls and the places in line as one: what the line has done is marked on the list, and
what people have marked leaves the line."""

from __future__ import annotations

import logging

from ivr.runtime.ports import Clock
from ivr.store.callbacks import Callback, RedisCallbacks
from ivr.store.records.promises import PromiseBook, State

log = logging.getLogger(__name__)

MARKS: dict[str, State] = {"served": "closed", "rang_in": "closed", "declined": "closed"}
"""Why a callback is over → what its row becomes. Whoever was not reached is called, and for people to see to."""
SAID = {"rang_in": "rang in himself", "declined": "needs it no more", "not_reached": "not reached"}


class WorkedCallbacks:
    """Every step may be done twice, and by several workers."""

    def __init__(self, book: PromiseBook, callbacks: RedisCallbacks, clock: Clock) -> None:
        self._book = book
        self._callbacks = callbacks
        self._clock = clock

    def round(self, hotline: str) -> None:
        """One look at a hotline's promised calls. Raises StoreDown or RecordsDown."""
        now = self._clock()
        live = {one.name: one for one in self._callbacks.live(hotline, now=now)}
        rows = {row.once: row for row in self._book.callbacks(hotline, [*live])}
        for name, row in rows.items():
            if row.state == "new" and name not in live:
                self._mark(hotline, self._callbacks.find(hotline, name, now=now), row.reason)
            elif row.state != "new" and name in live and self._callbacks.drop(hotline, name, "worked", now=now):
                log.info("callback %s: marked as %s, and not rung any more", name, row.state)

    def _mark(self, hotline: str, one: Callback | None, reason: str) -> None:
        """One that the line forgot long ago stays new: for people to see to."""
        if one is None or one.state != "gone" or one.why == "worked":
            return
        told = ", ".join(word for word in (reason, SAID.get(one.why, "")) if word)
        if one.why == "not_reached":
            told += f" ({one.tries} times)"
        self._book.mark(one.name, MARKS.get(one.why, "called"), told)
