"""The consumer that brings entries from the hotlines' streams into the records."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import redis
import sqlalchemy as sa

from ivr.errors import HostError, RecordsDown, StoreDown
from ivr.store import keys
from ivr.store.guard import guard
from ivr.store.records.database import create_tables
from ivr.store.records.database import guard as database_guard
from ivr.store.records.outbox import Outbox

IDLE_S = 0.2
"""Pause between two looks at streams that were empty: at low load this is what makes batches of single entries."""

LONGEST_PAUSE_S = 30.0
LOG_EVERY_S = 60.0

TROUBLE_LIFE_S = 120
"""Other workers hear of a leader's trouble for so long after it last failed."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Health:
    """Whether records are being written; truthy when they are."""

    why: str = ""
    """What keeps them from it, for the host to read."""

    def __bool__(self) -> bool:
        return not self.why


@dataclass(slots=True)
class _Trouble:
    """One hotline's failures in a row."""

    why: str = ""
    times: int = 0
    try_at: float = 0.0
    logged_at: float = field(default=float("-inf"))


class RecordsWriter:
    """Run one in every worker: for each hotline one of them leads, and the others stand by.

    An entry leaves its stream only after it was written, and is written once, however often workers are killed. While
    the database is away or full, entries wait in Redis, the writer tries again at growing intervals, and `healthy` says
    why. It logs the trouble once a minute.
    """

    def __init__(self, client: redis.Redis, engine: sa.Engine, hotlines: Iterable[str], *, batch: int = 500) -> None:
        self.client = client
        self.engine = engine
        self.outboxes = [Outbox(client, engine, hotline, batch=batch) for hotline in hotlines]
        self._troubles = {outbox.hotline: _Trouble() for outbox in self.outboxes}
        self._tables_made = False
        self._fault = ""

    @property
    def healthy(self) -> Health:
        """As of the last step, whichever worker leads."""
        whys = [self._fault, *(trouble.why for trouble in self._troubles.values())]
        return Health("; ".join(dict.fromkeys(filter(None, whys))))

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop, then let go of the leads."""
        while not stop.is_set():
            try:
                written = self.step(time.time())
            except Exception as fault:  # a mistake of ours: this thread must outlive it, and the host must hear of it
                log.exception("the writer of records made a mistake")
                self._fault = f"a mistake in the writer of records: {fault!r}"
                stop.wait(LONGEST_PAUSE_S)
            else:
                self._fault = ""
                if not written:
                    stop.wait(IDLE_S)
        self.close()

    def close(self) -> None:
        try:
            with guard():
                for outbox in self.outboxes:
                    outbox.give_up()
        except StoreDown as error:
            log.info("the lead of the records lapses by itself", extra={"cause": str(error)})

    def step(self, now: float) -> int:
        """One batch of each hotline; returns how many entries were written. Raises nothing for the host's troubles."""
        return sum(self._step(outbox, now) for outbox in self.outboxes)

    def _step(self, outbox: Outbox, now: float) -> int:
        trouble = self._troubles[outbox.hotline]
        if now < trouble.try_at:
            return 0
        try:
            with guard(), database_guard():
                self._make_tables()
                led_before = outbox.leads
                written = outbox.step(now)
                if outbox.leads:
                    self._well(outbox, trouble, new_lead=not led_before)
                else:
                    trouble.why = self._told_by_leader(outbox.hotline)
        except HostError as error:
            self._note(outbox, trouble, error, now)
            return 0
        return written

    def _make_tables(self) -> None:
        if not self._tables_made:
            create_tables(self.engine)
            self._tables_made = True

    def _told_by_leader(self, hotline: str) -> str:
        told = self.client.get(keys.events_trouble(hotline))
        return told.decode() if isinstance(told, bytes) else ""

    def _well(self, outbox: Outbox, trouble: _Trouble, *, new_lead: bool) -> None:
        if trouble.times:
            log.warning("records are being written again", extra={"hotline": outbox.hotline})
        if new_lead or trouble.why:
            self.client.delete(keys.events_trouble(outbox.hotline))
            self._troubles[outbox.hotline] = _Trouble()

    def _note(self, outbox: Outbox, trouble: _Trouble, error: HostError, now: float) -> None:
        trouble.times += 1
        trouble.why = str(error)
        trouble.try_at = now + min(LONGEST_PAUSE_S, 0.25 * 2 ** min(trouble.times, 10))
        if now - trouble.logged_at >= LOG_EVERY_S:
            trouble.logged_at = now
            log.error("records are not being written", extra={"hotline": outbox.hotline, "cause": trouble.why})
        if isinstance(error, RecordsDown):
            try:
                with guard():
                    outbox.give_up()
                    self.client.set(keys.events_trouble(outbox.hotline), trouble.why, ex=TROUBLE_LIFE_S)
            except StoreDown as away:
                trouble.why = f"{trouble.why}; {away}"
