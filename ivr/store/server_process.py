"""The server process of one data directory: is it up, bring it up, shut it down."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from ivr.errors import SettingsError, StoreDown
from ivr.store.binary import find_server

SOCKET_PATH_BYTES = 100
"""The kernel takes 107 bytes for a socket's path on Linux and 103 on macOS; some air is left."""

LOOK_EVERY_S = 0.005

LAUNCH_S = 30.0
"""What the program has to become a server, which takes milliseconds; a machine may stand still meanwhile."""


def socket_path(directory: Path) -> Path:
    """Where the server listens: in its directory, or, where that path is too long for a socket, in a private place."""
    path = directory / "redis.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_BYTES:
        return path
    # /tmp and not $TMPDIR: every process must come to the same path, whatever its environment.
    home = Path("/tmp") / f"ivr-{os.getuid()}"
    home.mkdir(mode=0o700, exist_ok=True)
    found = home.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise SettingsError(f"{home} must be a directory that only you can enter; remove it, or use a shorter --data")
    return home / f"{hashlib.sha256(os.fsencode(directory)).hexdigest()[:32]}.sock"


def bring_up(directory: Path, program: Path | None, wait_s: float) -> tuple[int, bool]:
    """The server's pid, and whether it had to be started. Call it under `exclusively`."""
    deadline = time.monotonic() + wait_s
    started = False
    while (pid := answering(directory)) is None:
        lock = os.open(directory / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if taken(lock):
                if started:
                    raise StoreDown(f"the Redis server in {directory} came up and died; {log_tail(directory)}")
                launch(program or find_server(), directory, lock)
                started = True
            elif time.monotonic() > deadline:  # one lives: it reads its data, or hangs, or a dead one's child writes
                silent = f"the Redis server in {directory} has not answered for {wait_s:g} s"
                raise StoreDown(f"{silent}; {log_tail(directory)}")
        finally:
            os.close(lock)  # the server keeps its own copy, and with it the lock
        time.sleep(LOOK_EVERY_S)
    return pid, started


def launch(program: Path, directory: Path, lock: int) -> None:
    socket = socket_path(directory)
    command = [
        str(program),
        *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--dir", str(directory), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction"),
        # Daemonised, the server is nobody's child: no Ctrl-C reaches it, and killed it leaves no zombie to us.
        *("--daemonize", "yes", "--pidfile", str(directory / "redis.pid")),
        *("--logfile", str(directory / "redis.log"), "--loglevel", "warning"),
    ]
    try:
        done = subprocess.run(
            command, cwd=directory, pass_fds=(lock,), capture_output=True, timeout=LAUNCH_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreDown(f"the Redis server {program} cannot be started: {error}") from error
    if done.returncode:
        said = (done.stderr + done.stdout).decode(errors="replace").strip()
        raise StoreDown(f"the Redis server {program} refused to start: {said[-500:] or log_tail(directory)}")


def answering(directory: Path) -> int | None:
    """The pid of the server that answers on this directory's socket; None when none does, or not yet."""
    with one_shot(directory) as client:
        try:
            return int(client.info("server")["process_id"])
        except (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError):  # BusyLoadingError is one, too
            return None


def shut_down(directory: Path, wait_s: float) -> bool:
    deadline = time.monotonic() + wait_s
    with one_shot(directory) as client:
        while server_lives(directory):
            if time.monotonic() > deadline:
                return False
            try:
                client.shutdown(nosave=True)  # the append-only file is flushed all the same
            except redis.exceptions.TimeoutError:
                continue  # a slow disk, or a machine that stood still before the server was told: tell it again
            except redis.exceptions.RedisError:
                return not server_lives(directory)
            time.sleep(LOOK_EVERY_S)
    return True


def server_lives(directory: Path) -> bool:
    lock = os.open(directory / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        return not taken(lock)
    finally:
        os.close(lock)


def taken(lock: int) -> bool:
    """Try to hold an open lock file alone, without waiting."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def one_shot(directory: Path) -> Iterator[redis.Redis]:
    """A client that never tries twice: redis-py's own retries make one failing PING take seconds."""
    client = redis.Redis(
        unix_socket_path=str(socket_path(directory)),
        socket_timeout=1.0,
        socket_connect_timeout=1.0,
        retry=Retry(NoBackoff(), 0),
        protocol=2,
    )
    try:
        yield client
    finally:
        client.close()


def log_tail(directory: Path) -> str:
    try:
        lines = (directory / "redis.log").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "it left no log"
    return "its log ends: " + " / ".join(lines[-3:])
