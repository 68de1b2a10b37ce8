"""How calls ended, as the people who were in them say."""

from __future__ import annotations

from typing import Any

import msgspec
import redis

from ivr.call.closing import Closing
from ivr.call.codec import to_json
from ivr.call.entries import Entry
from ivr.store import keys
from ivr.store.guard import guard
from ivr.store.scripts import script


class RedisClosings:
    """`runtime.behind.Closings` on Redis. However often it is told and by whomever, each record has it once."""

    def __init__(self, client: redis.Redis) -> None:
        self.client = client
        self._close = script("call_close")

    def close(self, hotline: str, call: str, closing: Closing) -> Closing:
        """The one that stands, in this call and in those beside it: this one, or another that was told before."""
        data = {"outcome": closing.outcome, "by": closing.by, "note": closing.note}
        entry = Entry("closed", closing.at, {name: value for name, value in data.items() if value})
        stands = msgspec.json.decode(self._told(hotline, call, to_json(entry)), type=Entry)
        return Closing(stands.data["outcome"], stands.data["by"], stands.data.get("note", ""), stands.at)

    def together(self, hotline: str, call: str, other: str) -> None:
        """Both are of one talk: from here on whoever closes one closes the other, and so has who has done so before."""
        with guard(), self.client.pipeline() as pipe:
            for one, beside in ((call, other), (other, call)):
                pipe.sadd(keys.call_beside(hotline, one), beside)
                pipe.expire(keys.call_beside(hotline, one), keys.MEMORY_LIFE_S)
            pipe.execute()
        self._told(hotline, call, b"")

    def _told(self, hotline: str, call: str, entry: bytes) -> bytes:
        """The entry that stands; empty where nobody has told anything."""
        with guard():
            beside: Any = self.client.smembers(keys.call_beside(hotline, call))
            calls = [call, *sorted(one.decode() for one in beside)]
            names = [keys.events(hotline), *(keys.call_closing(hotline, one) for one in calls)]
            found: bytes = self._close(self.client, names, [entry, keys.MEMORY_LIFE_S, *calls])
        return found
