"""Coming back only once a replica has what was written, so that what callers were told survives a failover."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

import redis

from ivr.store.scripts import Argument, Script

log = logging.getLogger(__name__)

MOST_MS = 100
"""A replica that has it by then is alive; one that has not must not keep callers waiting."""
REST_S = 5.0
"""After that, so long nobody is waited for."""


class CopiedRedis(redis.Redis):
    """A client whose server has replicas, so many of which are to have a turn before the caller hears of it."""

    copies = 1


class Copies:
    """Runs a script and waits for its copies, and for those of all that was written before it on that server."""

    def __init__(self, client: redis.Redis, clock: Callable[[], float] = time.monotonic) -> None:
        self._client, self._clock = client, clock
        self._wanted = client.copies if isinstance(client, CopiedRedis) else 0
        self._rests_until = 0.0
        self._short = False

    def run(self, script: Script, keys: Sequence[str], arguments: Sequence[Argument]) -> Any:
        """What the script returns. Too few copies are no error: the log says so."""
        if not self._wanted or self._clock() < self._rests_until:
            return script(self._client, keys, arguments)
        try:
            returned, copies = self._both(script, keys, arguments)
        except redis.exceptions.NoScriptError:
            self._client.script_load(script.source)
            returned, copies = self._both(script, keys, arguments)
        self._note(copies)
        return returned

    def _note(self, copies: int) -> None:
        """The log hears when it begins and when it is over, and not of each turn between."""
        before, self._short = self._short, copies < self._wanted
        if self._short:
            self._rests_until = self._clock() + REST_S
        if self._short and not before:
            log.warning(
                "%d of %d replicas have what was just stored; a failover now would lose it", copies, self._wanted
            )
        if before and not self._short:
            log.warning("replicas have again what is stored")

    def _both(self, script: Script, keys: Sequence[str], arguments: Sequence[Argument]) -> tuple[Any, int]:
        with self._client.pipeline(transaction=False) as pipe:
            pipe.evalsha(script.sha, len(keys), *keys, *arguments)
            pipe.wait(self._wanted, MOST_MS)
            returned, copies = pipe.execute()
        return returned, int(copies)
