"""Lua functions that the server keeps, with what they share: Redis 7.0 and up, and every Valkey.

A script makes all of its functions anew at each call; those of a library are made once, when it is loaded. The server
writes it down with its data and hands it to its replicas.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, cast

import redis
from hiredis import pack_command

from ivr.store.scripts import Argument, pool_of, send, send_packed

MOST_OTHERS = 3
"""Libraries of other versions of this program: while one follows upon another, both are in use."""


class Library:
    """One text of functions. Calling one costs one round trip; a server that has not met the library yet costs some
    more, once."""

    __slots__ = ("_name", "_tag", "source")

    def __init__(self, name: str, body: str) -> None:
        """`body` registers its functions as `'their name' .. VERSION`, so that several versions live side by side."""
        self._tag = "_" + hashlib.sha1(body.encode(), usedforsecurity=False).hexdigest()[:12]
        self._name = f"ivr_{name}"
        self.source = f"#!lua name={self._name}{self._tag}\nlocal VERSION = '{self._tag}'\n{body}"

    def name_of(self, function: str) -> str:
        """What the server calls it."""
        return function + self._tag

    def call(self, client: redis.Redis, function: str, keys: Sequence[str], arguments: Sequence[Argument] = ()) -> Any:
        """Run one. All keys must share one hash tag. Strings come back as bytes, nil as None, Lua's false as None."""
        try:
            return self._send(client, function, keys, arguments)
        except redis.exceptions.ResponseError as error:
            if "Function not found" not in str(error):
                raise
            self.load(client)
            return self._send(client, function, keys, arguments)

    def _send(self, client: redis.Redis, function: str, keys: Sequence[str], arguments: Sequence[Argument]) -> Any:
        begin: tuple[Argument, ...] = ("FCALL", function + self._tag, len(keys), *keys)
        pool = pool_of(client)
        if pool is None:
            return send(client, *begin, *arguments)
        rest = without_count(pack_command(cast("Any", tuple(arguments))))
        return send_packed(pool, b"*%d\r\n%b%b" % (len(begin) + len(arguments), packed_begin(begin), rest))

    def load(self, client: redis.Redis) -> None:
        """Onto every master. Too many others are dropped: who still needs one of them loads it again."""
        client.function_load(self.source, replace=True)
        others = self._others(client)
        if len(others) > MOST_OTHERS:
            for other in others:
                with suppress(redis.exceptions.ResponseError):  # another worker, or this master, has it no more
                    client.function_delete(other)

    def _others(self, client: redis.Redis) -> set[str]:
        found: Any = client.function_list(library=f"{self._name}_*")
        of_nodes = found.values() if isinstance(found, dict) else [found]
        names = {one[one.index(b"library_name") + 1].decode() for libraries in of_nodes for one in libraries}
        return names - {self._name + self._tag}


@lru_cache(maxsize=4096)
def packed_begin(words: tuple[Argument, ...]) -> bytes:
    """How a call begins: a function and the keys of one hotline, which take longest to pack."""
    return without_count(pack_command(cast("Any", words)))


def without_count(packed: bytes) -> bytes:
    """A packed command begins with a line that says how many words it has."""
    return packed[packed.index(b"\n") + 1 :]
