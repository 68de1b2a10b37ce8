"""How calls ended, as the people who were in them say."""

from __future__ import annotations

import msgspec
import redis

from ivr.call.closing import Closing
from ivr.call.codec import to_json
from ivr.call.entries import Entry
from ivr.store import keys
from ivr.store.guard import guard
from ivr.store.scripts import script


class RedisClosings:
    """`runtime.ports.Closings` on Redis. However often it is told and by whomever, the record has it once."""

    def __init__(self, client: redis.Redis) -> None:
        self.client = client
        self._close = script("call_close")

    def close(self, hotline: str, call: str, closing: Closing) -> Closing:
        """The one that stands: this one, or another that was told before."""
        data = {"outcome": closing.outcome, "by": closing.by, "note": closing.note}
        entry = Entry("closed", closing.at, {name: value for name, value in data.items() if value})
        names = [keys.call_closing(hotline, call), keys.events(hotline)]
        with guard():
            stands = self._close(self.client, names, [to_json(closing), keys.MEMORY_LIFE_S, call, to_json(entry)])
        return msgspec.json.decode(stands, type=Closing)
