"""Recordings as files: fetched from the carrier once each, by whoever comes first, or made here.

They are kept until somebody deletes them, or for as long as whoever keeps a list of them says; only the user this
server runs as can read them. The carrier's own copies stay with the carrier until its account deletes them.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ivr.channels.twilio.reader import RECORDING_SID
from ivr.channels.twilio.rest import Carrier
from ivr.errors import CarrierError, HostError
from ivr.speech.wav import wav_bytes

MADE_HERE = re.compile(r"LR[0-9a-f]{32}")
"""How a recording is named that no carrier has: of a call whose sound came to us."""


class Tapes:
    """A folder of recordings: `HOTLINE/RECORDING.wav`. Safe for many threads and processes of one machine."""

    def __init__(self, folder: Path, carrier: Carrier | None) -> None:
        self.folder = folder
        self._carrier = carrier

    def fetch(self, hotline: str, recording: str) -> Path | None:
        """The file of a recording, fetched unless it is here already; None where no carrier keeps it.

        Raises CarrierError where it cannot be had yet, and HostError where it cannot be written or is gone.
        """
        name = recording_id(recording)
        if name is None:
            return None
        path = self._path(hotline, name)
        if path.exists():
            return path
        if MADE_HERE.fullmatch(name):
            raise HostError(f"the recording {path} is not on this machine; do its servers share their data directory?")
        if self._carrier is None:
            return None
        try:
            with _alone(path) as part:
                if path.exists():
                    part.unlink(missing_ok=True)
                else:
                    with part.open("wb") as sound:
                        self._carrier.fetch_recording(name, sound)
                    part.replace(path)
        except OSError as error:
            raise _unwritten(path, error) from error
        return path

    def keep(self, hotline: str, call: str, ulaw: bytes) -> str:
        """Keep sound that came to us, as a file of its own; the name by which `fetch` finds it.

        It is on the disk when this returns. Raises HostError, and keeps nothing, where it cannot be written.
        """
        name = f"LR{secrets.token_hex(16)}"
        path = self._path(hotline, name)
        part = path.with_suffix(".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sound:
                sound.write(wav_bytes(ulaw))
                sound.flush()
                os.fsync(sound.fileno())
            part.replace(path)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            raise _unwritten(path, error, f" of call {call}") from error
        return name

    def _path(self, hotline: str, name: str) -> Path:
        return self.folder / hotline / f"{name}.wav"


class Voicemails(Tapes):
    """Callers' messages. People work them, and they are kept until somebody has one forgotten (`ivr messages`)."""


def recording_id(recording: str) -> str | None:
    """The name under which a recording is kept; None for one that neither a carrier nor this server has."""
    found = RECORDING_SID.search(recording) or MADE_HERE.fullmatch(recording)
    return found.group() if found else None


def _unwritten(path: Path, error: OSError, of: str = "") -> HostError:
    return HostError(f"the recording {path}{of} cannot be written: {error.strerror or error}")


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
        raise CarrierError(f"the recording {path.stem} is being fetched") from None
    try:
        yield part
    finally:
        os.close(descriptor)
