"""One hotline's event stream, emptied into the records by one worker at a time."""

from __future__ import annotations

import redis
import sqlalchemy as sa

from ivr.store import keys
from ivr.store.lease import Lease
from ivr.store.records.sink import write
from ivr.store.streams import Read, make_group, read_new, read_pending, trim_done

GROUP = "records"

READER = "leader"
"""All workers read under one name, so a new leader finds as pending what the one before it was given."""

LEASE_S = 10.0

TRIM_EVERY_S = 2.0


class Outbox:
    """What `step` needs to know between two calls of it: whether we lead, and where we are."""

    def __init__(self, client: redis.Redis, engine: sa.Engine, hotline: str, *, batch: int) -> None:
        self.client = client
        self.engine = engine
        self.hotline = hotline
        self.batch = batch
        self.lease = Lease(client, keys.events_leader(hotline), life_s=LEASE_S)
        self.leads = False
        self.left_over = True
        """There may be entries that a leader, perhaps we, was given and has not written."""
        self.trimmed_at = 0.0
        self.to_trim = False

    def step(self, now: float) -> int:
        """Write the next batch if we lead; returns how many entries that were. Raises what Redis and SQL raise."""
        if not self.lease.take():
            self.leads = False
            return 0
        if not self.leads:
            self.leads = self.left_over = True
            make_group(self.client, keys.events(self.hotline), GROUP)
        batch = self._next()
        if batch:
            write(self.engine, self.hotline, batch)
            self.client.xack(keys.events(self.hotline), GROUP, *[read.id for read in batch])
            self.to_trim = True
        if self.to_trim and now - self.trimmed_at >= TRIM_EVERY_S:
            trim_done(self.client, keys.events(self.hotline), GROUP)
            self.trimmed_at, self.to_trim = now, False
        return len(batch)

    def _next(self) -> list[Read]:
        stream = keys.events(self.hotline)
        if self.left_over:
            if batch := read_pending(self.client, stream, GROUP, READER, count=self.batch):
                return batch
            self.left_over = False
        return read_new(self.client, stream, GROUP, READER, count=self.batch)

    def give_up(self) -> None:
        """Let another worker try, and begin again with what was left over."""
        self.leads, self.left_over = False, True
        self.lease.drop()
