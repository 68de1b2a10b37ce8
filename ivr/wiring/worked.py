"""Keeps the list of promised calls and the places in line as one: what the line has done is marked on the list, what
people have marked leaves the line, and what an older server has left in a line of its own comes into that of today."""

from __future__ import annotations

import logging
from collections.abc import Callable

from ivr.flow.hotline import Hotline
from ivr.runtime.callbacks import place_of
from ivr.runtime.ports import Clock
from ivr.store.callbacks import Callback, RedisCallbacks
from ivr.store.records.promises import Promise, PromiseBook, State
from ivr.store.records.reader import RecordsReader

log = logging.getLogger(__name__)

MARKS: dict[str, State] = {"served": "closed", "rang_in": "closed", "declined": "closed"}
"""Why a callback is over → what its row becomes. Whoever was not reached is called, and for people to see to."""
SAID = {"rang_in": "rang in himself", "declined": "needs it no more", "not_reached": "not reached"}


class WorkedCallbacks:
    """Every step may be done twice, and by several workers."""

    def __init__(
        self, shelf: Callable[[str], Hotline | None], book: PromiseBook, callbacks: RedisCallbacks, clock: Clock
    ) -> None:
        self._shelf = shelf
        self._book = book
        self._callbacks = callbacks
        self._clock = clock

    def round(self, hotline: str) -> None:
        """One look at a hotline's promised calls. Raises StoreDown or RecordsDown."""
        now = self._clock()
        self._carry_over(hotline)
        live = {one.name: one for one in self._callbacks.live(hotline, now=now)}
        rows = {row.once: row for row in self._book.callbacks(hotline, [*live])}
        for name, row in rows.items():
            if row.state == "new" and name not in live:
                self._mark(hotline, self._callbacks.find(hotline, name, now=now), row.reason)
            elif row.state != "new" and name in live and self._callbacks.drop(hotline, name, "worked", now=now):
                log.info("callback %s: marked as %s, and not rung any more", name, row.state)

    def _carry_over(self, hotline: str) -> None:
        """At the time each had, among the usual people of its queue: head starts and wished agents stood in the old
        form only. What people work already, or the list does not know, is left to them."""
        left, known = self._callbacks.in_old_lines(hotline), self._shelf(hotline)
        if not left or known is None:
            return
        rows = {row.once: row for row in self._book.callbacks(hotline, [*left.values()])}
        for number, name in left.items():
            row = rows.get(name)
            if row is not None and row.state == "new":
                place = place_of(known, row.queue, row.number, self._context(row))
                self._callbacks.book(hotline, name, place, row.since, now=self._clock())
                log.info("callback %s: brought over from an older form of the line", name)
            self._callbacks.carried_over(hotline, number)

    def _context(self, row: Promise) -> dict[str, object]:
        """What the record of its call knows of what its agent is told."""
        record = RecordsReader(self._book.engine).call(row.call, hotline=row.hotline)
        summary = record.summary if record else None
        told = {"caller": row.number, "intent": row.reason, "language": summary.language if summary else None}
        return {name: value for name, value in told.items() if value}

    def _mark(self, hotline: str, one: Callback | None, reason: str) -> None:
        """One that the line forgot long ago stays new: for people to see to."""
        if one is None or one.state != "gone" or one.why == "worked":
            return
        told = ", ".join(word for word in (reason, SAID.get(one.why, "")) if word)
        if one.why == "not_reached":
            told += f" ({one.tries} times)"
        self._book.mark(one.name, MARKS.get(one.why, "called"), told)
