"""The scripts of the line, each with what it uses of their shared functions put before it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import redis

from ivr.store import line_keys
from ivr.store.guard import guard
from ivr.store.line_records import RECORDS
from ivr.store.scripts import LUA, Argument, Script

FIRST = "record_common"
SHARED = ("line_common", "agent_common", "offer_common", "choice_common")
SHARED_BY_CALLBACKS = "callback_common"
LIVES = ("PLACE_LIFE_S", "GONE_LIFE_S", "TALK_LIFE_S", "CANCEL_LIFE_S", "CALLBACK_LIFE_S")

DEFINED = re.compile(r"^local (?:function )?([\w, ]+?)(?:\(| =|$)", re.MULTILINE)
COMMENT = re.compile(r"^\s*--.*\n", re.MULTILINE)
WORD = re.compile(r"(?<![.\w])[A-Za-z_]\w*")
"""A name that stands for itself; behind a dot it is a field's."""
WRITES = re.compile(r"\b(?:write|drop)_\w+\(")
KEEPING = "local function act()\n{}end\nlocal answer = act()\nkeep()\nreturn answer\n"


@cache
def line_script(name: str) -> Script:
    """The script kept in `lua/<name>.lua`, with the lifetimes of line_keys.py and what it uses of the shared ones, its
    keys in the order of `keys_used`. What it has written to records is kept when it is done."""
    lives = "".join(f"local {life} = {getattr(line_keys, life)}\n" for life in LIVES)
    parts = (*SHARED, SHARED_BY_CALLBACKS) if name.startswith("callback_") else SHARED
    shared = "".join((lives, _source(FIRST), *(record.lua for record in RECORDS), *map(_source, parts)))
    body = _source(name)
    script = with_what_it_uses(shared, body)
    if WRITES.search(script):
        script = with_what_it_uses(shared, KEEPING.format(body))
    names = keys_used(script)
    bound = f"local {', '.join(names)} = {', '.join(f'KEYS[{n + 1}]' for n in range(len(names)))}\n" if names else ""
    return Script(name, bound + script)


def keys_used(script: str) -> tuple[str, ...]:
    """The names of `line_keys.KEYS` that a script speaks of: it is given these keys and no others."""
    used = set(WORD.findall(script))
    return tuple(name for name in line_keys.KEYS if name in used)


@cache
def keys_for(name: str, hotline: str) -> tuple[str, ...]:
    """The KEYS of one script on a hotline's line."""
    return tuple(line_keys.KEYS[key](hotline) for key in keys_used(line_script(name).source))


def with_what_it_uses(shared: str, body: str) -> str:
    """The body behind those definitions of `shared` that it needs, and that these need.

    Redis runs the whole text at each call, and to make a function that nobody calls costs as much as a look-up.
    """
    starts = [found.start() for found in DEFINED.finditer(shared)]
    parts = [shared[start:end] for start, end in zip(starts, [*starts[1:], len(shared)], strict=True)]
    used = set(WORD.findall(body))
    for part in reversed(parts):
        defined = DEFINED.match(part)
        if defined and not used.isdisjoint(defined[1].split(", ")):
            body, used = part + body, used.union(WORD.findall(part))
    return body


def _source(name: str) -> str:
    """Without its comments, in which keys and functions may be spoken of."""
    return COMMENT.sub("", (LUA / f"{name}.lua").read_text(encoding="utf-8"))


def run(client: redis.Redis, name: str, hotline: str, now: float, *arguments: Argument) -> Any:
    """Run one of them on a hotline's line. Raises StoreDown when Redis does not answer."""
    with guard():
        return line_script(name)(client, keys_for(name, hotline), (now, *arguments))
