"""Coming back only once a replica has what was written, so that what callers were told survives a failover."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import redis

from ivr.store.scripts import Argument, Script

log = logging.getLogger(__name__)

REST_S = 5.0
"""So long nobody is waited for, once a replica was late."""


class CopiedRedis(redis.Redis):
    """A client whose server has replicas, so many of which are to have a turn before the caller hears of it."""

    copies = 1
    most_ms = 100
    """A replica that has it by then is alive; one that has not must not keep callers waiting."""


class Copies:
    """Runs a script and waits for its copies, and for those of all that was written before it on that server."""

    def __init__(self, client: redis.Redis, clock: Callable[[], float] = time.monotonic) -> None:
        self._client, self._clock = client, clock
        self._rests_until = 0.0
        self._short = False

    def run(self, script: Script, keys: Sequence[str], arguments: Sequence[Argument]) -> Any:
        """What the script returns. Too few copies are no error: the log says so."""
        client = self._client
        if not isinstance(client, CopiedRedis) or not client.copies or self._clock() < self._rests_until:
            return script(client, keys, arguments)
        try:
            returned, copies = _both(client, script, keys, arguments)
        except redis.exceptions.NoScriptError:
            client.script_load(script.source)
            returned, copies = _both(client, script, keys, arguments)
        self._note(copies, client.copies)
        return returned

    def _note(self, copies: int, wanted: int) -> None:
        """The log hears when it begins and when it is over, and not of each turn between."""
        before, self._short = self._short, copies < wanted
        if self._short:
            self._rests_until = self._clock() + REST_S
        if self._short and not before:
            log.warning("%d of %d replicas have what was just stored; a failover now would lose it", copies, wanted)
        if before and not self._short:
            log.warning("replicas have again what is stored")


def _both(client: CopiedRedis, script: Script, keys: Sequence[str], arguments: Sequence[Argument]) -> tuple[Any, int]:
    """What the script returns, and how many replicas have it."""
    with client.pipeline(transaction=False) as pipe:
        pipe.evalsha(script.sha, len(keys), *keys, *arguments)
        pipe.wait(client.copies, client.most_ms)
        returned, copies = pipe.execute()
    return returned, int(copies)
