"""What each worker measures of itself, where all of them can see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import redis

from ivr.store import keys
from ivr.store.guard import guard


@dataclass(frozen=True, slots=True)
class Measured:
    """Of all workers together."""

    workers: tuple[Mapping[str, float], ...]
    """What stands now, of each worker that lives."""
    counts: Mapping[str, int]
    """What has been counted by all workers there ever were."""


class RedisMeters:
    """All methods raise StoreDown."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def tell(self, worker: str, standing: Mapping[str, float], counted: Mapping[str, int]) -> None:
        """What stands now, in the place of what this worker told before; what was counted since then."""
        with guard(), self._client.pipeline(transaction=True) as pipe:
            told: dict[Any, Any] = dict(standing)
            pipe.hset(keys.worker(worker), mapping=told)
            pipe.expire(keys.worker(worker), keys.WORKER_LIFE_S)
            pipe.sadd(keys.workers(), worker)
            for name, count in counted.items():
                pipe.hincrby(keys.counts(), name, count)
            pipe.execute()

    def gone(self, worker: str) -> None:
        """It ends in good order; one that is killed is forgotten by itself."""
        with guard(), self._client.pipeline(transaction=True) as pipe:
            pipe.delete(keys.worker(worker))
            pipe.srem(keys.workers(), worker)
            pipe.execute()

    def read(self) -> Measured:
        with guard():
            known: Any = self._client.smembers(keys.workers())
            names = sorted(name.decode() for name in known)
            with self._client.pipeline(transaction=True) as pipe:
                for name in names:
                    pipe.hgetall(keys.worker(name))
                pipe.hgetall(keys.counts())
                *found, counts = pipe.execute()
            dead = [name for name, one in zip(names, found, strict=True) if not one]
            if dead:
                self._client.srem(keys.workers(), *dead)
        return Measured(
            tuple({key.decode(): float(value) for key, value in one.items()} for one in found if one),
            {key.decode(): int(value) for key, value in counts.items()},
        )
