"""What turns asked to be done after they were stored: each chore at least once, by any worker."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import Any

import msgspec
import redis

from ivr.call.tasks import Errand, SendSms
from ivr.store import keys
from ivr.store.guard import guard
from ivr.store.scripts import Argument, script
from ivr.store.streams import Read, read_new

GROUP = "workers"

DELAYS_S = (5, 30, 120, 600, 1800)
"""Pauses before the second, third … try; after the last of them a chore is given up."""

DEAD_KEPT = 10_000

log = logging.getLogger(__name__)
_chore = msgspec.json.Decoder(Errand)


@dataclass(frozen=True, slots=True)
class Due:
    """A chore that is this worker's to do. Tell `Chores` when it is done or has failed."""

    hotline: str
    call: str
    chore: Errand
    once: str
    """The same at every try, and only for this chore of this hotline: an idempotency key for whoever can use one."""
    attempt: int
    """1 for the first try."""
    id: str
    """Where it stands in the stream just now."""


class Kept(msgspec.Struct, frozen=True):
    """A failed chore while it waits, and for ever when it was given up."""

    once: str
    call: str
    chore: str
    """As JSON."""
    attempt: int
    """The try that comes next."""


@dataclass(frozen=True, slots=True)
class Dead:
    """A chore given up, for people to look at."""

    kept: Kept
    why: str


def without_secret(chore: Errand) -> Errand:
    """A chore as people may see it."""
    if isinstance(chore, SendSms) and chore.secret:
        return msgspec.structs.replace(chore, text="")
    return chore


class Chores:
    """The chores of one hotline, as one worker sees them."""

    def __init__(self, client: redis.Redis, hotline: str, *, abandoned_after_s: float = 60.0) -> None:
        """A chore that a worker was given so long ago and has not settled is given to another: the worker has died.
        So no try may take longer than that."""
        self.client = client
        self.hotline = hotline
        self.worker = secrets.token_hex(8)
        self.abandoned_after_ms = int(abandoned_after_s * 1000)
        self._again = script("chore_again")
        self._next = script("chore_next")

    def read(self, count: int, block_ms: int | None, *, now: float) -> list[Due]:
        """Chores to do now: at most `count` that dead workers left behind and, when there are none, `count` new ones.

        Waits up to `block_ms` for a new one, which must be shorter than the client's timeout; None does not wait.
        """
        stream = keys.chores(self.hotline)
        asked: list[Argument] = [now, count, GROUP, self.worker, self.abandoned_after_ms]
        with guard():
            found = [
                (Read(id.decode(), dict(zip(fields[::2], fields[1::2], strict=True))), int(deaths))
                for id, fields, deaths in self._next(self.client, [stream, keys.chores_later(self.hotline)], asked)
            ]
            if not found and block_ms is not None:
                new = read_new(self.client, stream, GROUP, self.worker, count=count, block_ms=block_ms)
                found = [(entry, 0) for entry in new]
            due = [self._decoded(entry, deaths) for entry, deaths in found]
        return [chore for chore in due if chore]

    def done(self, due: Due) -> None:
        stream = keys.chores(self.hotline)
        with guard():
            pipe = self.client.pipeline(transaction=False)
            pipe.xack(stream, GROUP, due.id)
            pipe.xdel(stream, due.id)
            pipe.execute()

    def failed(self, due: Due, why: str, *, now: float) -> bool:
        """Put it aside for its next try; False when that was the last one and it is given up, for `dead` to show."""
        last = due.attempt > len(DELAYS_S)
        at = "" if last else now + DELAYS_S[due.attempt - 1]
        chore = without_secret(due.chore) if last else due.chore
        kept = Kept(due.once, due.call, msgspec.json.encode(chore).decode(), due.attempt + 1)
        self._aside(due.id, kept, at, why)
        return not last

    def dead(self, count: int = 100) -> list[Dead]:
        """The newest chores given up."""
        with guard():
            found: Any = self.client.xrevrange(keys.chores_dead(self.hotline), count=count)
        return [Dead(msgspec.json.decode(fields[b"chore"], type=Kept), fields[b"why"].decode()) for _, fields in found]

    def _decoded(self, entry: Read, deaths: int) -> Due | None:
        """The chore; None after giving it up because nobody can read it or because workers die of it."""
        fields = entry.fields
        call = fields.get(b"call", b"").decode(errors="replace")
        once = fields.get(b"once", b"").decode() or entry.id
        attempt = int(fields.get(b"attempt", b"1")) + deaths
        body = fields.get(b"chore", b"")
        try:
            chore = _chore.decode(body)
        except msgspec.DecodeError as error:
            why = f"unreadable: {error}"
        else:
            if attempt <= len(DELAYS_S) + 1:
                return Due(self.hotline, call, chore, once, attempt, entry.id)
            why = f"{deaths} workers died with it"
            body = msgspec.json.encode(without_secret(chore))
        log.error("chore given up", extra={"call": call, "chore": once, "cause": why})
        self._aside(entry.id, Kept(once, call, body.decode(errors="replace"), attempt), "", why)
        return None

    def _aside(self, id: str, kept: Kept, at: float | str, why: str) -> None:
        names = [keys.chores(self.hotline), keys.chores_later(self.hotline), keys.chores_dead(self.hotline)]
        with guard():
            self._again(self.client, names, [GROUP, id, msgspec.json.encode(kept), at, why, DEAD_KEPT])
