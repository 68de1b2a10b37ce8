"""The scripts of the line, each with what it uses of their shared functions put before it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import redis

from ivr.store import line_keys
from ivr.store.guard import guard
from ivr.store.scripts import LUA, Argument, Script

SHARED = ("line_common", "agent_common", "offer_common")
SHARED_BY_CALLBACKS = "callback_common"
LIVES = ("PLACE_LIFE_S", "GONE_LIFE_S", "TALK_LIFE_S", "CANCEL_LIFE_S", "CALLBACK_LIFE_S")


DEFINED = re.compile(r"^local (?:function )?([\w, ]+?)(?:\(| =)", re.MULTILINE)


@cache
def line_script(name: str) -> Script:
    """The script kept in `lua/<name>.lua`, with the lifetimes of line_keys.py and what it uses of the shared ones."""
    lives = "".join(f"local {life} = {getattr(line_keys, life)}\n" for life in LIVES)
    parts = (*SHARED, SHARED_BY_CALLBACKS) if name.startswith("callback_") else SHARED
    return Script(name, with_what_it_uses(lives + "".join(map(_source, parts)), _source(name)))


def with_what_it_uses(shared: str, body: str) -> str:
    """The body behind those definitions of `shared` that it needs, and that these need.

    Redis runs the whole text at each call, and to make a function that nobody calls costs as much as a look-up.
    """
    starts = [found.start() for found in DEFINED.finditer(shared)]
    parts = [shared[start:end] for start, end in zip(starts, [*starts[1:], len(shared)], strict=True)]
    for part in reversed(parts):
        defined = DEFINED.match(part)
        names = defined[1].split(", ") if defined else []
        if any(re.search(rf"\b{name}\b", body) for name in names):
            body = part + body
    return body


def _source(name: str) -> str:
    return (LUA / f"{name}.lua").read_text(encoding="utf-8")


def run(client: redis.Redis, name: str, hotline: str, now: float, *arguments: Argument) -> Any:
    """Run one of them on a hotline's line. Raises StoreDown when Redis does not answer."""
    with guard():
        return line_script(name)(client, line_keys.all_keys(hotline), (now, *arguments))
