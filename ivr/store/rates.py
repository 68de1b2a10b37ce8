"""How often somebody may ask: so many at once, and then one every so many seconds. Counted for all workers together."""

from __future__ import annotations

from dataclasses import dataclass

import redis

from ivr.store import keys
from ivr.store.guard import guard
from ivr.store.scripts import script


@dataclass(frozen=True, slots=True)
class Rate:
    """What is allowed."""

    every_s: float
    at_once: int


class RedisRates:
    """Every method raises StoreDown when Redis does not answer."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def take(self, who: str, rate: Rate, *, now: float) -> float:
        """Count a request; 0.0 where it may be answered, else after how many seconds one may."""
        with guard():
            wait = script("rate_take")(self._client, [keys.rate(who)], [now, rate.every_s, rate.at_once])
        return float(wait)
