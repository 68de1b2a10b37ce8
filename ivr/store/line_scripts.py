"""The scripts of the line, each with what they share put before it."""

from __future__ import annotations

from functools import cache
from typing import Any

import redis

from ivr.store import line_keys
from ivr.store.guard import guard
from ivr.store.scripts import LUA, Argument, Script

SHARED = ("line_common", "agent_common", "offer_common")
SHARED_BY_CALLBACKS = "callback_common"
LIVES = ("PLACE_LIFE_S", "GONE_LIFE_S", "TALK_LIFE_S", "CANCEL_LIFE_S", "CALLBACK_LIFE_S")


@cache
def line_script(name: str) -> Script:
    """The script kept in `lua/<name>.lua`, with the lifetimes of line_keys.py and the shared functions before it."""
    lives = [f"local {life} = {getattr(line_keys, life)}" for life in LIVES]
    shared = (*SHARED, SHARED_BY_CALLBACKS) if name.startswith("callback_") else SHARED
    parts = [(LUA / f"{part}.lua").read_text(encoding="utf-8") for part in (*shared, name)]
    return Script(name, "\n".join((*lives, *parts)))


def run(client: redis.Redis, name: str, hotline: str, now: float, *arguments: Argument) -> Any:
    """Run one of them on a hotline's line. Raises StoreDown when Redis does not answer."""
    with guard():
        return line_script(name)(client, line_keys.all_keys(hotline), (now, *arguments))
