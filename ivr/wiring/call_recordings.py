"""Recordings of calls as files: fetched when the carrier has them, or kept from a line of our own; deleted in time."""

from __future__ import annotations

import logging
from pathlib import Path

from ivr.errors import CarrierError, HostError
from ivr.runtime.ports import Clock
from ivr.store.records.recordings import Recording, RecordingBook
from ivr.wiring.voicemail import Tapes, recording_id

log = logging.getLogger(__name__)

DAY_S = 86_400.0
MOST_TRIES = 3000
"""Two days of rounds: a carrier that has not given a file by then will not."""
TOLD_EVERY = 60
"""Tries in vain; the first one is told, too."""
ELSEWHERE_S = 30 * DAY_S
"""So long the machine that has a file is waited for to delete it, before its row says that it is gone."""


class CallRecordings:
    """Each part of a recorded call is a row and a file: `recordings/HOTLINE/RECORDING.wav` in the data directory.

    A file lives `keep_days` from when the part ended, then `round` deletes it and the row says so; the carrier's own
    copy is the carrier's. Nothing is listed here that the engine did not order, and it orders none without consent.
    """

    def __init__(self, book: RecordingBook, tapes: Tapes, clock: Clock, keep_days: float) -> None:
        self.book = book
        self._tapes = tapes
        self._clock = clock
        self._keep_s = keep_days * DAY_S

    def ready(self, hotline: str, call: str, part: int, recording: str, duration_s: float) -> None:
        """The carrier has the file of a part; twice changes nothing twice. What cannot be fetched now is tried again
        by `round`. Raises RecordsDown."""
        once = recording_id(recording)
        if once is None:
            log.error("call %s: part %d is told of without a recording's id", call, part)
            return
        row = Recording(once, hotline, call, part, self._clock(), duration_s)
        self.book.keep(row)
        self._fetch(row)

    def keep(self, hotline: str, call: str, part: int, ulaw: bytes) -> None:
        """A line of our own has recorded a part, both sides of it in one. Raises HostError where it cannot be written,
        and RecordsDown where it cannot be listed; then there is no file of it either."""
        once = self._tapes.keep(hotline, call, ulaw)
        file = self._tapes.fetch(hotline, once)
        row = Recording(once, hotline, call, part, self._clock(), len(ulaw) / 8000, str(file))
        try:
            self.book.keep(row)
        except HostError:
            if file is not None:
                file.unlink(missing_ok=True)
            raise

    def round(self) -> bool:
        """Fetch what is missing, and delete what has lived its time. True where something came of it."""
        came = [self._fetch(one) for one in self.book.missing(MOST_TRIES)]
        now = self._clock()
        went = [self._delete(one, now) for one in self.book.older(now - self._keep_s)]
        return any(came) or any(went)

    def _fetch(self, one: Recording) -> bool:
        file: Path | None = None
        try:
            file = self._tapes.fetch(one.hotline, one.once)
        except (CarrierError, HostError) as error:
            if one.tries % TOLD_EVERY == 0:
                log.warning("call %s: part %d of its recording is not here yet: %s", one.call, one.part, error)
        if file is None:
            self.book.tried(one.once)
            return False
        self.book.attach(one.once, str(file))
        return True

    def _delete(self, one: Recording, now: float) -> bool:
        file = Path(one.file) if one.file is not None else None
        if file is not None and not file.exists() and now - one.at < self._keep_s + ELSEWHERE_S:
            return False  # on another machine's disk, or deleted by hand
        try:
            if file is not None:
                file.unlink(missing_ok=True)
        except OSError as error:
            log.error("recording %s is past its time and cannot be deleted: %s", file, error.strerror or error)
            return False
        self.book.gone(one.once, now)
        log.info("call %s: part %d of its recording is deleted, its time is over", one.call, one.part)
        return True
