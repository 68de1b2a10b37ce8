"""What is remembered of callers between their calls: those calls for a day, hints for a year, a refusal for ever, and
what they prefer, which stands in `preferences.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import redis

from ivr.call.codec import to_json
from ivr.call.events import Recalled
from ivr.call.past import PastCall, ToldHint
from ivr.call.tasks import ForgetHabits, KeepHabit, KeepHint, KeepWish, RefuseHints
from ivr.store import keys, preferences
from ivr.store.guard import guard

MOST = 50
"""Calls of one caller; a machine that calls all day makes no endless list."""
MOST_HINTS = 200
"""Tellings to one caller, and what came of them."""
REFUSED, WANTED = b"refused", b"wanted"

_past = msgspec.json.Decoder(PastCall)
_kept = msgspec.json.Decoder(tuple[str, str, str, str])


class RedisMemory:
    """`runtime.ports.Memory` on Redis. Doing it twice is doing it once, and doing it late changes nothing newer."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._preferences = preferences.RedisPreferences(client)

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
        refuses = word.get(REFUSED, 0.0) > word.get(WANTED, 0.0)
        return Recalled(tuple(past), _told(hints), refuses, *preferences.read(prefers))

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

    def keep_preference(self, hotline: str, call: str, task: KeepHabit | KeepWish | ForgetHabits) -> None:
        """Raises StoreDown."""
        self._preferences.keep(hotline, call, task)

    def keep_hint(self, hotline: str, call: str, task: KeepHint) -> None:
        """Raises StoreDown."""
        key = keys.caller_hints(hotline, task.number)
        with guard(), self._client.pipeline() as all_of_it:
            all_of_it.zadd(key, {to_json((task.what, task.rule, task.version, call)).decode(): task.at})
            all_of_it.zremrangebyscore(key, "-inf", task.at - keys.HINTS_LIFE_S)
            all_of_it.zremrangebyrank(key, 0, -MOST_HINTS - 1)
            all_of_it.expire(key, keys.HINTS_LIFE_S)
            all_of_it.execute()

    def refuse_hints(self, hotline: str, task: RefuseHints) -> None:
        """The later word counts, in whichever order they come. Raises StoreDown."""
        with guard():
            said = {REFUSED if task.refused else WANTED: task.at}
            self._client.zadd(keys.caller_refuses(hotline, task.number), said, gt=True)


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
