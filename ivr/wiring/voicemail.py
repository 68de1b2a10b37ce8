"""Callers' messages as files: fetched from the carrier once each, by whoever comes first."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ivr.channels.twilio.reader import RECORDING_SID
from ivr.channels.twilio.rest import Carrier
from ivr.errors import CarrierError, HostError


class Voicemails:
    """The folder of messages: `HOTLINE/RECORDING.wav`. Safe for many threads and processes of one machine."""

    def __init__(self, folder: Path, carrier: Carrier | None) -> None:
        self._folder = folder
        self._carrier = carrier

    def fetch(self, hotline: str, recording: str) -> Path | None:
        """The message's file, fetched unless it is here already; None where no carrier keeps it.

        Raises CarrierError where it cannot be had yet, and HostError where it cannot be written.
        """
        name = recording_id(recording)
        if self._carrier is None or name is None:
            return None
        path = self._folder / hotline / f"{name}.wav"
        if path.exists():
            return path
        try:
            with _alone(path) as part:
                if path.exists():
                    part.unlink(missing_ok=True)
                else:
                    part.write_bytes(self._carrier.fetch_recording(name))
                    part.replace(path)
        except OSError as error:
            raise HostError(f"the message {path} cannot be written: {error.strerror or error}") from error
        return path


def recording_id(recording: str) -> str | None:
    """The carrier's name of a recording; None for a message that no carrier has."""
    found = RECORDING_SID.search(recording)
    return found.group() if found else None


@contextmanager
def _alone(path: Path) -> Iterator[Path]:
    """A file to write to, for one at a time: the lock falls with its holder, however that ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise CarrierError(f"the message {path.stem} is being fetched") from None
    try:
        yield part
    finally:
        os.close(descriptor)
