"""When records are written: soon while there is little to do, in batches while there is much."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.runtime.ports import Clock
from ivr.store.records.writer import RecordsWriter

LOOK_EVERY_S = 0.1
REST_S = 0.5
"""From one batch to the next. Each is a sync of the disk, which Redis writes to as well."""
BATCH = 500


@dataclass(slots=True)
class Recorder:
    """Gives the writer of records its turns."""

    writer: RecordsWriter
    clock: Clock
    _wrote_at: float = float("-inf")

    def round(self) -> bool:
        """True when more waits than fits into a batch."""
        now = self.clock()
        if 0 <= now - self._wrote_at < REST_S:
            return False
        written = self.writer.step(now)
        full = written >= BATCH
        if written and not full:
            self._wrote_at = now
        return full

    def finish(self) -> None:
        """Write what is left, if this process leads, and let another one lead."""
        while self.writer.step(self.clock()):
            pass
        self.writer.close()
