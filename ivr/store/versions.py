"""The files of each version of a hotline, so that a running call stays on the version it began with."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import msgspec
import redis

from ivr.store import keys
from ivr.store.guard import guard

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode = msgspec.msgpack.Decoder(dict[str, bytes]).decode


KEYS_AT_ONCE = 1000


class RedisVersions:
    """`runtime.ports.Versions` on Redis.

    A version lives for VERSION_LIFE_S after it was last kept or read here. Workers have versions in memory, of which
    Redis sees nothing: each keeps the version that new calls begin with again, now and then, at least once a day.
    """

    def __init__(self, client: redis.Redis) -> None:
        self.client = client

    def keep(self, hotline: str, version: str, files: Mapping[str, bytes]) -> None:
        """Make the version that new calls begin with known to every worker, or renew its life."""
        packed = zlib.compress(_encode(dict(files)))
        with guard():
            pipe = self.client.pipeline(transaction=False)
            pipe.set(keys.version(hotline, version), packed, ex=keys.VERSION_LIFE_S)
            pipe.set(keys.version_served(hotline), version, ex=keys.VERSION_LIFE_S)
            pipe.execute()

    def served(self, hotline: str) -> Mapping[str, bytes] | None:
        """The files of the version kept last; None when there is none."""
        with guard():
            version = self.client.get(keys.version_served(hotline))
        return self.files(hotline, version.decode()) if isinstance(version, bytes) else None

    def hotlines(self) -> list[str]:
        """The names of all that were served of late, by going through all keys: for a person at a terminal."""
        with guard():
            found = [key.decode() for key in self.client.scan_iter(match=keys.version_served("*"), count=KEYS_AT_ONCE)]
        return sorted(key.partition("{")[2].partition("}")[0] for key in found)

    def files(self, hotline: str, version: str) -> Mapping[str, bytes] | None:
        """Path below the hotline's folder -> content; None when the version is forgotten."""
        with guard():
            packed = self.client.getex(keys.version(hotline, version), ex=keys.VERSION_LIFE_S)
        return _decode(zlib.decompress(packed)) if isinstance(packed, bytes) else None
