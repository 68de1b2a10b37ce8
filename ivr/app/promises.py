"""The lists that people work: callbacks promised and messages left, in the database of records."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

from ivr.call.tasks import BookCallback, KeepVoicemail
from ivr.channels.twilio.rest import Carrier
from ivr.runtime.chores import Due
from ivr.store.records.promises import Promise, PromiseBook

TWILIO_RECORDING = re.compile(r"RE[0-9a-f]{32}")


class SqlPromises:
    """The `Promises` port: a row for each promise, and the recording's file beside."""

    def __init__(self, engine: sa.Engine, folder: Path, carrier: Carrier | None) -> None:
        self.book = PromiseBook(engine)
        self._folder = folder
        self._carrier = carrier

    def callback(self, due: Due, task: BookCallback, *, now: float) -> None:
        self.book.keep(
            Promise(
                once=due.once,
                kind="callback",
                hotline=due.hotline,
                call=due.call,
                queue=task.queue,
                number=task.number,
                at=now,
                since=task.since,
                reason=task.reason,
            )
        )

    def voicemail(self, due: Due, task: KeepVoicemail, *, now: float) -> None:
        """Raises CarrierError while the recording cannot be fetched yet; the chore is tried again."""
        file = self._fetched(due, task.recording)
        self.book.keep(
            Promise(
                once=due.once,
                kind="voicemail",
                hotline=due.hotline,
                call=due.call,
                queue=task.queue,
                number=task.number,
                at=now,
                since=now,
                recording=task.recording,
                duration_s=task.duration_s,
                file=file,
            )
        )

    def _fetched(self, due: Due, recording: str) -> str | None:
        """The path of the sound file; None where no carrier keeps it (a message of the local line)."""
        found = TWILIO_RECORDING.search(recording)
        if self._carrier is None or found is None:
            return None
        sound = self._carrier.fetch_recording(recording)
        path = self._folder / due.hotline / f"{found.group()}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(sound)
        part.replace(path)
        return str(path)
