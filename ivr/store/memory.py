"""What is remembered of callers between their calls: those calls for a day, hints for a year, a refusal for ever, and
what they prefer, which stands in `preferences.py`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import redis

from ivr.call.events import Recalled
from ivr.call.past import PastCall, ToldHint
from ivr.call.tasks import Memo
from ivr.store import keys, memos, preferences
from ivr.store.guard import guard
from ivr.store.scripts import script

_past = msgspec.json.Decoder(PastCall)
_kept = msgspec.json.Decoder(tuple[str, str, str, str])


class RedisMemory:
    """`runtime.ports.Memory` on Redis."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def recall(self, hotline: str, number: str) -> Recalled:
        """Raises StoreDown."""
        kept_in = [
            keys.caller_memory(hotline, number),
            keys.caller_hints(hotline, number),
            keys.caller_refuses(hotline, number),
            keys.caller_prefers(hotline, number),
        ]
        with guard():
            calls, hints, said, prefers = script("memo_recall")(self._client, kept_in)
        past = sorted(map(_past.decode, calls), key=lambda one: one.at)
        word = {name: float(at) for name, at in _pairs(said)}
        refuses = word.get(memos.REFUSED, 0.0) > word.get(memos.WANTED, 0.0)
        return Recalled(tuple(past), _told(_pairs(hints)), refuses, *preferences.read(dict(_pairs(prefers))))

    def keep(self, hotline: str, call: str, memo: Memo) -> None:
        """Raises StoreDown."""
        memos.keep(self._client, hotline, call, memo)


def _pairs(flat: Sequence[bytes]) -> Iterable[tuple[bytes, bytes]]:
    return zip(flat[::2], flat[1::2], strict=True)


def _told(kept: Iterable[tuple[bytes, bytes]]) -> dict[str, ToldHint]:
    """The earliest come first."""
    found: dict[str, ToldHint] = {}
    for member, when in kept:
        what, rule, version, call = _kept.decode(member)
        at = float(when)
        before = found.get(rule, ToldHint())
        if what == "told":
            found[rule] = ToldHint(before.times + 1, at, version, call, before.accepted_at)
        else:
            found[rule] = msgspec.structs.replace(before, accepted_at=at)
    return found
