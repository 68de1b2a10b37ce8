"""Lua scripts, one a file in `lua/`. The head of each file names its KEYS, its ARGV and what it returns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

import redis
from hiredis import pack_command

LUA = Path(__file__).parent / "lua"

Argument = str | bytes | int | float


class Script:
    """One Lua script. Calling it costs one round trip; a server that has not met it yet costs a second, once."""

    __slots__ = ("name", "sha", "source")

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source
        self.sha = hashlib.sha1(source.encode(), usedforsecurity=False).hexdigest()

    def __call__(self, client: redis.Redis, keys: Sequence[str], arguments: Sequence[Argument] = ()) -> Any:
        """Run it. All keys must share one hash tag. Strings come back as bytes, nil as None, Lua's false as None."""
        try:
            return send(client, "EVALSHA", self.sha, len(keys), *keys, *arguments)
        except redis.exceptions.NoScriptError:
            # EVAL also keeps the script, so a restarted server or a new cluster node learns it here.
            return client.eval(self.source, len(keys), *keys, *arguments)

    def __repr__(self) -> str:
        return f"Script({self.name!r})"


def send(client: redis.Redis, *command: Argument) -> Any:
    """`client.execute_command`, tried as often as `connect` says. Where the server is one it costs half of that: what a
    client counts around each command takes CPU too."""
    pool = pool_of(client)
    if pool is None:
        cluster: Any = client
        return cluster.execute_command(*command)
    return send_packed(pool, pack_command(cast("Any", command)))


def pool_of(client: redis.Redis) -> Any:
    """Where its connections are; None: a cluster's client has a pool for each node."""
    return getattr(client, "connection_pool", None)


def send_packed(pool: Any, packed: bytes) -> Any:
    connection = pool.get_connection()
    try:
        return connection.retry.call_with_retry(lambda: exchange(connection, packed), lambda _: connection.disconnect())
    finally:
        pool.release(connection)


def exchange(connection: Any, packed: bytes) -> Any:
    connection.send_packed_command((packed,), check_health=False)
    return connection.read_response()


@cache
def script(name: str) -> Script:
    """The script kept in `lua/<name>.lua`; FileNotFoundError when there is none."""
    return Script(name, (LUA / f"{name}.lua").read_text(encoding="utf-8"))
