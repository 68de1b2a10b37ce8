"""The memory of running calls. One turn costs two round trips: a claim, and one write of all it leaves behind."""

from __future__ import annotations

import secrets
from typing import Any

import redis

from ivr.call.codec import to_json
from ivr.call.tasks import Memo
from ivr.call.turns import Opened, Saved
from ivr.errors import StoreDown
from ivr.store import keys
from ivr.store.copies import Copies
from ivr.store.guard import guard
from ivr.store.memos import packed_memo, with_memos
from ivr.store.scripts import Argument, script

LEASE_S = 20.0
"""A worker that died with a call in its hands lets go of it after so long; a carrier waits 15 s for an answer."""

STALE_AT_ONCE = 100
UNHEARD_KEPT = 10_000


class RedisCalls:
    """`runtime.ports.Calls` on Redis.

    Both scripts may be sent twice, as a client does that lost the answer: a claim knows its own token again, and so
    does a commit. The entries and errands of a turn stand in the hotline's streams, and what it leaves of its caller is
    kept, exactly when its state is written.
    """

    def __init__(self, client: redis.Redis) -> None:
        self.client = client
        self._copies = Copies(client)
        self._open = script("call_open")
        self._commit = with_memos("call_commit")
        self._release = script("call_release")
        self._unheard: dict[tuple[str, str], str] = {}
        """Claims whose answer never came, also to being given back. A server that only hung may have granted one; the
        next try, using the same token, finds its own claim and need not wait until that lapses."""

    def open(self, hotline: str, call: str, turn: int | None, *, now: float) -> Opened:
        """Claim the call for LEASE_S. A `turn` later than the stored one is worked on like the stored one: only a
        server that lost its last second of data knows less than the carrier."""
        token = self._unheard.pop((hotline, call), None) or secrets.token_hex(8)
        asked = "" if turn is None else turn
        arguments: list[Argument] = [asked, token, now, now + LEASE_S, keys.CLAIM_LIFE_S]
        try:
            with guard():
                found, *rest = self._open(self.client, [keys.call(hotline, call)], arguments)
        except StoreDown:
            self._not_heard(hotline, call, token)
            raise
        match found:
            case b"new":
                return Opened(hotline, call, "new", token=token)
            case b"ready":
                return Opened(hotline, call, "ready", int(rest[0]), token, state=rest[2], answer=rest[1])
            case b"replay":
                return Opened(hotline, call, "replay", int(rest[0]), answer=rest[1])
        return Opened(hotline, call, "busy", int(rest[0]))

    def commit(self, opened: Opened, saved: Saved, *, now: float) -> bool:
        """False, with nothing written, when another worker has claimed the call since, or it was given back."""
        hotline, call = opened.hotline, opened.call
        names = [keys.call(hotline, call), keys.events(hotline), keys.chores(hotline), keys.running(hotline)]
        names.append(keys.watched(hotline, call))
        final = int(saved.final)
        head: list[Argument] = [opened.token, saved.turn, saved.state, saved.answer, now, final, keys.CALL_LIFE_S, call]
        entries = [to_json(entry) for entry in saved.entries]
        errands = [to_json(chore) for chore in saved.chores if not isinstance(chore, Memo)]
        memos = [packed_memo(hotline, call, chore) for chore in saved.chores if isinstance(chore, Memo)]
        names += [key for key, _ in memos]
        left = [*head, len(entries), *entries, *errands, *(memo for _, memo in memos)]
        with guard():
            return bool(self._copies.run(self._commit, names, left))

    def release(self, opened: Opened) -> None:
        try:
            with guard():
                self._release(self.client, [keys.call(opened.hotline, opened.call)], [opened.token])
        except StoreDown:
            self._not_heard(opened.hotline, opened.call, opened.token)
            raise

    def _not_heard(self, hotline: str, call: str, token: str) -> None:
        if len(self._unheard) >= UNHEARD_KEPT:
            self._unheard.clear()  # all but the newest have lapsed by now
        self._unheard[hotline, call] = token

    def last_answer(self, hotline: str, call: str) -> bytes | None:
        """The answer of the last turn, without a claim; None where nobody knows the call."""
        with guard():
            found = self.client.hget(keys.call(hotline, call), "answer")
        return found if isinstance(found, bytes) else None

    def keep_answer(self, hotline: str, call: str, once: str, answer: bytes) -> None:
        with guard():
            self.client.set(keys.lookup_answer(hotline, call, once), answer, nx=True, ex=keys.CALL_LIFE_S)

    def answer(self, hotline: str, call: str, once: str) -> bytes | None:
        with guard():
            found = self.client.get(keys.lookup_answer(hotline, call, once))
        return found if isinstance(found, bytes) else None

    def running(self, hotline: str) -> int:
        """How many calls have not ended."""
        with guard():
            return int(self.client.zcard(keys.running(hotline)))

    def stale(self, hotline: str, before: float, *, skip: int = 0) -> list[str]:
        """At most STALE_AT_ONCE calls, the longest silent first; a call leaves the list by a commit that is `final`."""
        running = keys.running(hotline)
        with guard():
            found: Any = self.client.zrangebyscore(running, "-inf", f"({before}", start=skip, num=STALE_AT_ONCE)
        return [name.decode() for name in found]

    def forget(self, hotline: str, call: str) -> None:
        """No longer count a call as running: its state has lived its time."""
        with guard():
            self.client.zrem(keys.running(hotline), call)
