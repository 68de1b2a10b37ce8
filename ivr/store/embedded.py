"""A real Redis server that we start, share among processes, start again when it was killed, and stop.

Three lock files in the data directory hold the truth, because the kernel frees a lock when its holder dies:
`start.lock` lets one process at a time start or stop; `server.lock` is inherited by the server and held while it
lives; `users.lock` is shared by every process that called `start`, so the last one out knows that it is the last.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ivr.errors import SettingsError, StoreDown
from ivr.store.server_process import LOOK_EVERY_S, bring_up, shut_down, socket_path, taken


@dataclass(frozen=True, slots=True)
class Embedded:
    """This process's share in the server of one data directory. Hold it as long as the server is needed."""

    directory: Path
    url: str
    """For `connect`, which also starts the server again should it have been killed."""
    socket: Path
    """For any other client, such as `redis-cli -s`."""
    pid: int
    started: bool
    """This very call started the server; otherwise it was up already."""
    share: int
    """The open file that counts this process as a user."""

    def stop(self, *, wait_s: float = 10.0) -> bool:
        """Give the share back; the last user stops the server. True when it is down."""
        with exclusively(self.directory):
            try:
                if not taken(self.share):
                    return False
                (self.directory / "stopped").touch()
                return shut_down(self.directory, wait_s)
            finally:
                os.close(self.share)


def start(directory: Path | str, *, program: Path | None = None, wait_s: float = 30.0) -> Embedded:
    """Make sure that one server runs on this directory, whoever else tries the same now.

    Raises SettingsError when there is no server program or the directory cannot be used, and StoreDown when the server
    does not come up within `wait_s` (it must read all of its data first).
    """
    directory = prepared(directory)
    with exclusively(directory):
        share = os.open(directory / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(share, fcntl.LOCK_SH)
            (directory / "stopped").unlink(missing_ok=True)
            pid, started = bring_up(directory, program, wait_s)
        except BaseException:
            os.close(share)
            raise
    return Embedded(directory, url_of(directory), socket_path(directory), pid, started, share)


def start_again(directory: Path, *, wait_s: float) -> None:
    """For a client that found the server gone: bring it up unless it was stopped on purpose, or raise StoreDown."""
    deadline = time.monotonic() + wait_s
    with exclusively(directory, wait_s):
        if (directory / "stopped").exists():
            raise StoreDown(f"the embedded Redis server in {directory} was stopped")
        bring_up(directory, None, deadline - time.monotonic())


def url_of(directory: Path) -> str:
    return f"embedded://{quote(str(directory))}"


def prepared(directory: Path | str) -> Path:
    try:
        path = Path(directory).resolve()
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"the data directory {directory} cannot be made: {error.strerror}") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise SettingsError(f"the data directory {path} cannot be written to")
    return path


@contextmanager
def exclusively(directory: Path, wait_s: float = 60.0) -> Iterator[None]:
    """Alone start or stop the server; StoreDown when others do so for longer than `wait_s`."""
    deadline = time.monotonic() + wait_s
    lock = os.open(directory / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not taken(lock):
            if time.monotonic() > deadline:
                raise StoreDown(f"another process has been starting the Redis server in {directory} for {wait_s:g} s")
            time.sleep(LOOK_EVERY_S)
        yield
    finally:
        os.close(lock)
