"""Watching one call while it runs, whichever workers take its turns.

Who watches makes a stream for the call; from then on each commit of the call puts its entries there as well, in the
same script. The hotline's own stream will not do: the records' writer empties it as fast as it can.
"""

from __future__ import annotations

from typing import Any

import msgspec
import redis

from ivr.call.codec import unpack_state
from ivr.call.entries import Entry
from ivr.call.watched import Look, Seen, Standing
from ivr.store import keys
from ivr.store.guard import guard
from ivr.store.records.sentences import SENTENCES

AT_ONCE = 200
"""Entries of one look; more wait for the next."""

_entry = msgspec.json.Decoder(Entry)


class RedisWatch:
    """Looks at running calls. Both methods raise StoreDown."""

    def __init__(self, client: redis.Redis) -> None:
        self.client = client

    def begin(self, hotline: str, call: str) -> None:
        """From now on the call's entries are kept for `look`; before its first turn, to miss none."""
        stream = keys.watched(hotline, call)
        with guard(), self.client.pipeline(transaction=True) as pipe:
            pipe.xadd(stream, {"begun": "1"}, maxlen=10_000)
            pipe.expire(stream, keys.WATCH_LIFE_S)
            pipe.execute()

    def look(self, hotline: str, call: str, before: Look | None = None) -> Look:
        """What has come since that look, in one round trip; a watch that had lapsed begins again."""
        before = before or Look()
        stream = keys.watched(hotline, call)
        with guard(), self.client.pipeline(transaction=False) as pipe:
            pipe.expire(stream, keys.WATCH_LIFE_S)
            pipe.xrange(stream, min=f"({before.last}", count=AT_ONCE)
            pipe.hget(keys.call(hotline, call), "state")
            alive, rows, state = pipe.execute()
        if not alive:
            self.begin(hotline, call)
        last = rows[-1][0].decode() if rows else before.last
        entries = tuple(_seen(fields) for _, fields in rows if b"entry" in fields)
        state = state or b""
        standing = _standing(state) if state and state != before.state else None
        return Look(entries, last, standing, state)


def _seen(fields: dict[bytes, bytes]) -> Seen:
    entry = _entry.decode(fields[b"entry"])
    return Seen(int(fields[b"n"]), entry, words_of(entry))


def words_of(entry: Entry) -> str:
    """The entry in a sentence, without what else its data holds."""
    data: dict[str, Any] = dict(entry.data)
    return SENTENCES[entry.kind](data) if entry.kind in SENTENCES else entry.kind.replace("_", " ")


def _standing(packed: bytes) -> Standing:
    state = unpack_state(packed)
    runs = tuple(f"{frame.flow}.{frame.step}" for frame in state.frames)
    return Standing(state.version, state.flow, state.step, state.phase, state.language, runs)
