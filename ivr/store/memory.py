"""What is remembered of callers between their calls: those calls for a day, hints for a year, a refusal for ever, and
what they prefer, which stands in `preferences.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import redis

from ivr.call.events import Recalled
from ivr.call.past import PastCall, ToldHint
from ivr.call.tasks import Memo
from ivr.store import keys, memos, preferences
from ivr.store.guard import guard

_past = msgspec.json.Decoder(PastCall)
_kept = msgspec.json.Decoder(tuple[str, str, str, str])


class RedisMemory:
    """`runtime.ports.Memory` on Redis."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def recall(self, hotline: str, number: str) -> Recalled:
        """Raises StoreDown."""
        with guard():
            pipe = self._client.pipeline(transaction=False)
            pipe.hvals(keys.caller_memory(hotline, number))
            pipe.zrange(keys.caller_hints(hotline, number), 0, -1, withscores=True)
            pipe.zrange(keys.caller_refuses(hotline, number), 0, -1, withscores=True)
            pipe.hgetall(keys.caller_prefers(hotline, number))
            calls, hints, said, prefers = pipe.execute()
        past = sorted(map(_past.decode, calls), key=lambda one: one.at)
        word: Mapping[bytes, float] = dict(said)
        refuses = word.get(memos.REFUSED, 0.0) > word.get(memos.WANTED, 0.0)
        return Recalled(tuple(past), _told(hints), refuses, *preferences.read(prefers))

    def keep(self, hotline: str, call: str, memo: Memo) -> None:
        """Raises StoreDown."""
        memos.keep(self._client, hotline, call, memo)


def _told(kept: Iterable[tuple[Any, float]]) -> dict[str, ToldHint]:
    """The earliest come first."""
    found: dict[str, ToldHint] = {}
    for member, at in kept:
        what, rule, version, call = _kept.decode(member)
        before = found.get(rule, ToldHint())
        if what == "told":
            found[rule] = ToldHint(before.times + 1, at, version, call, before.accepted_at)
        else:
            found[rule] = msgspec.structs.replace(before, accepted_at=at)
    return found
