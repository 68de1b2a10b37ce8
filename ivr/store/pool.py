"""Connections that cost little between two commands.

redis-py's own pool asks the kernel before each command whether the connection is still up and counts what it lends,
and Python asks it twice more before it sends and before it reads, because of the time-outs. A script of ours is done
in less. So a connection is taken from those at hand, and the kernel watches the time.
"""

from __future__ import annotations

import os
import socket
import struct
from collections import deque
from typing import Any

import redis

# redis-py leaves these untyped.
_ConnectionPool: Any = redis.ConnectionPool


class QuickPool(_ConnectionPool):  # type: ignore[misc]
    """Lends the connection that came back last. One that died meanwhile shows at its next command, which every command
    of ours survives: it is tried a second time, on a new one."""

    at_hand: deque[Any]

    def reset(self) -> None:
        """Also what happens first in a process that was forked off: it shares no connection with its parent."""
        self.at_hand = deque()
        super().reset()

    def get_connection(self, command_name: str | None = None, *keys: Any, **options: Any) -> Any:
        if self.pid != os.getpid():
            self._checkpid()
        try:
            return self.at_hand.pop()
        except IndexError:
            return super().get_connection()

    def release(self, connection: Any) -> None:
        if connection.pid == self.pid:
            self.at_hand.append(connection)


def waited_on_by_kernel(sock: socket.socket) -> socket.socket:
    """The same socket with the same time-out, kept by the kernel: a read that takes too long fails with EAGAIN."""
    timeout_s = sock.gettimeout()
    if timeout_s:
        whole_s = int(timeout_s)
        limit = struct.pack("@ll", whole_s, int((timeout_s - whole_s) * 1e6))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        sock.settimeout(None)
    return sock


class PatientConnection(redis.Connection):
    """By TCP."""

    def _connect(self) -> Any:
        connect: Any = super()._connect
        return waited_on_by_kernel(connect())


class PatientUnixConnection(redis.UnixDomainSocketConnection):
    """By a socket in the file system."""

    def _connect(self) -> Any:
        connect: Any = super()._connect
        return waited_on_by_kernel(connect())


PATIENT = {redis.Connection: PatientConnection, redis.UnixDomainSocketConnection: PatientUnixConnection}


def quick_client(url: str, **options: Any) -> redis.Redis:
    """A client for a `redis:`, `rediss:` or `unix:` URL; encrypted sockets keep their own time."""
    pool = QuickPool.from_url(url, **options)
    pool.connection_class = PATIENT.get(pool.connection_class, pool.connection_class)
    return redis.Redis.from_pool(pool)
