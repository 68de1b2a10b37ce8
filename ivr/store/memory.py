"""What is remembered of callers from one call to the next, for a day."""

from __future__ import annotations

import msgspec
import redis

from ivr.call.codec import to_json
from ivr.call.past import PastCall
from ivr.store import keys
from ivr.store.guard import guard

MOST = 50
"""Calls of one caller; a machine that calls all day makes no endless list."""

_past = msgspec.json.Decoder(PastCall)


class RedisMemory:
    """`runtime.ports.Memory` on Redis. Doing it twice is doing it once."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def remember(self, hotline: str, call: str, number: str, past: PastCall) -> None:
        """Raises StoreDown."""
        key = keys.caller_memory(hotline, number)
        with guard():
            if int(self._client.hlen(key)) >= MOST and not self._client.hexists(key, call):
                return
            with self._client.pipeline() as both:
                both.hset(key, call, to_json(past).decode())
                both.expire(key, keys.MEMORY_LIFE_S)
                both.execute()

    def recall(self, hotline: str, number: str) -> tuple[PastCall, ...]:
        """The latest last. Raises StoreDown."""
        with guard():
            found = self._client.hvals(keys.caller_memory(hotline, number))
        return tuple(sorted(map(_past.decode, found), key=lambda past: past.at))
