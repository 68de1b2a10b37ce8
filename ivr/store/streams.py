"""Reading a stream as one of a group: every entry goes to one reader and stays pending until it is acknowledged."""

from __future__ import annotations

from typing import Any, NamedTuple

import redis
from redis import exceptions


class Read(NamedTuple):
    """One entry of a stream. `fields` is empty when the entry was deleted while it was pending."""

    id: str
    fields: dict[bytes, bytes]


def make_group(client: redis.Redis, stream: str, group: str) -> None:
    """Make the group, and the stream, unless they are there; a new group begins at the stream's first entry."""
    try:
        client.xgroup_create(stream, group, id="0", mkstream=True)
    except exceptions.ResponseError as error:
        if not str(error).startswith("BUSYGROUP"):
            raise


def read_new(
    client: redis.Redis, stream: str, group: str, reader: str, *, count: int, block_ms: int | None = None
) -> list[Read]:
    """Entries nobody has been given yet. `block_ms` None does not wait."""
    return _read(client, stream, group, reader, ">", count, block_ms)


def read_pending(
    client: redis.Redis, stream: str, group: str, reader: str, *, count: int, after: str = "0"
) -> list[Read]:
    """Entries this reader was given and has not acknowledged, oldest first."""
    return _read(client, stream, group, reader, after, count, None)


def _read(
    client: redis.Redis, stream: str, group: str, reader: str, after: str, count: int, block_ms: int | None
) -> list[Read]:
    def once() -> Any:
        return client.xreadgroup(group, reader, {stream: after}, count=count, block=block_ms)

    try:
        found = once()
    except exceptions.ResponseError as error:
        if not str(error).startswith("NOGROUP"):  # redis-py knows no class for it
            raise
        make_group(client, stream, group)
        found = once()
    return [Read(id.decode(), fields or {}) for _, entries in found or () for id, fields in entries]


def oldest_pending(client: redis.Redis, stream: str, group: str) -> str | None:
    pending: Any = client.xpending(stream, group)
    first = pending["min"]
    return first.decode() if first else None


def last_given(client: redis.Redis, stream: str, group: str) -> str:
    """The newest entry that any reader of the group was given; `0-0` when none was."""
    groups: Any = client.xinfo_groups(stream)
    mine = next(info for info in groups if info["name"] == group.encode())
    return str(mine["last-delivered-id"].decode())


def trim_done(client: redis.Redis, stream: str, group: str) -> int:
    """Drop what the whole group has acknowledged, up to the oldest pending entry; returns how many were dropped."""
    given = last_given(client, stream, group)  # asked first: what is given out after that must not be dropped
    until = oldest_pending(client, stream, group) or given
    return int(client.xtrim(stream, minid=until, approximate=False))
