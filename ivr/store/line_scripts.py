"""The scripts of the line, `lua/<name>.lua`: one library, so that they share their functions."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import redis

from ivr.store import line_keys
from ivr.store.guard import guard
from ivr.store.library import Library
from ivr.store.line_records import RECORDS
from ivr.store.scripts import LUA, Argument

FIRST = "record_common"
SHARED = ("line_common", "agent_common", "offer_common", "choice_common", "reserve_common", "callback_common")
LIVES = ("PLACE_LIFE_S", "GONE_LIFE_S", "TALK_LIFE_S", "CANCEL_LIFE_S", "CALLBACK_LIFE_S")
OF_LINE = re.compile(r"(line|agent|offer|callback)_(?!common)\w+")
SCRIPTS = tuple(sorted(file.stem for file in LUA.glob("*.lua") if OF_LINE.fullmatch(file.stem)))

HEAD = """{lives}
local {keys}
local function bind(keys) {keys} = unpack(keys) end
"""
SCRIPT = """
do
local function act(ARGV)
{body}
end
redis.register_function('{name}' .. VERSION, function(keys, ARGV) return run(act, keys, ARGV) end)
end
"""


@cache
def line_library() -> Library:
    """All of them, with the lifetimes and the names of keys of `line_keys.py`."""
    lives = "\n".join(f"local {life} = {getattr(line_keys, life)}" for life in LIVES)
    parts = [HEAD.format(lives=lives, keys=", ".join(line_keys.KEYS)), _source(FIRST)]
    parts += [record.lua for record in RECORDS] + [_source(name) for name in SHARED]
    parts += [SCRIPT.format(name=name, body=_source(name)) for name in SCRIPTS]
    return Library("line", "\n".join(parts))


@cache
def keys_for(hotline: str) -> tuple[str, ...]:
    """The KEYS of every script on a hotline's line."""
    return tuple(key(hotline) for key in line_keys.KEYS.values())


def run(client: redis.Redis, name: str, hotline: str, now: float, *arguments: Argument) -> Any:
    """Run one of them on a hotline's line. Raises StoreDown when Redis does not answer."""
    with guard():
        return line_library().call(client, name, keys_for(hotline), (now, *arguments))


def _source(name: str) -> str:
    return (LUA / f"{name}.lua").read_text(encoding="utf-8")
