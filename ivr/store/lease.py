"""One worker among many does a thing, until it stops renewing its lease."""

from __future__ import annotations

import secrets

import redis

from ivr.store.guard import guard
from ivr.store.scripts import script


class Lease:
    """A right that lapses by Redis's own clock `life_s` after it was last taken.

    A holder that was held up for longer than that does not know that it lost it: what it does under the lease must be
    harmless when done twice.
    """

    def __init__(self, client: redis.Redis, key: str, *, life_s: float) -> None:
        self.client = client
        self.key = key
        self.life_ms = int(life_s * 1000)
        self.holder = secrets.token_hex(8)
        self._take = script("lease_take")
        self._drop = script("lease_drop")

    def take(self) -> bool:
        """Take it or renew it; False while another worker holds it."""
        with guard():
            return bool(self._take(self.client, [self.key], [self.holder, self.life_ms]))

    def drop(self) -> None:
        """Let the next one have it at once."""
        with guard():
            self._drop(self.client, [self.key], [self.holder])
