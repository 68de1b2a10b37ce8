"""What calls leave behind of their callers: a turn writes it with all else that it leaves, and anybody at any time.

Doing one twice is doing it once, and doing it late changes nothing newer: neither what was said nor forgotten since.
"""

from __future__ import annotations

from functools import cache
from typing import assert_never

import msgspec
import redis

from ivr.call.codec import to_json
from ivr.call.habits import Wish
from ivr.call.tasks import ForgetHabits, KeepHabit, KeepHint, KeepWish, Memo, RefuseHints, Remember
from ivr.store import keys
from ivr.store.guard import guard
from ivr.store.scripts import LUA, Script

MOST_CALLS = 50
"""Calls of one caller that are remembered, and those that are learned from; a machine that calls all day makes no
endless list."""
MOST_HINTS = 200
"""Tellings to one caller, and what came of them."""
CALL, SAID = "call:", "said:"
"""What a call has shown, and what was said outright, in the names of preferences."""
REFUSED, WANTED = b"refused", b"wanted"


def keep(client: redis.Redis, hotline: str, call: str, memo: Memo) -> None:
    """Raises StoreDown."""
    key, packed = packed_memo(hotline, call, memo)
    with guard():
        with_memos("memo_keep")(client, [key], [packed])


@cache
def with_memos(name: str) -> Script:
    """A script that can keep memos."""
    return Script(name, "\n".join((LUA / f"{part}.lua").read_text(encoding="utf-8") for part in ("memos", name)))


def packed_memo(hotline: str, call: str, memo: Memo) -> tuple[str, bytes]:
    """The key it is kept in, and what `memos.lua` is told."""
    key, *told = _told(hotline, call, memo)
    return str(key), msgspec.msgpack.encode(told)


def _told(hotline: str, call: str, memo: Memo) -> tuple[str | bytes | float, ...]:
    number = memo.number
    match memo:
        case Remember(past=past):
            life_s = keys.MEMORY_LIFE_S
            return keys.caller_memory(hotline, number), "remember", call, _text(past), MOST_CALLS, life_s
        case KeepHint(what=what, rule=rule, version=version, at=at):
            told = _text((what, rule, version, call))
            return keys.caller_hints(hotline, number), "hint", told, at, MOST_HINTS, keys.HINTS_LIFE_S
        case RefuseHints(refused=refused, at=at):
            return keys.caller_refuses(hotline, number), "hints", (REFUSED if refused else WANTED).decode(), at
        case KeepHabit(habit=habit):
            return _preferred(hotline, number, CALL + call, _text(habit), habit.at)
        case KeepWish(name=name, value=value, at=at):
            return _preferred(hotline, number, SAID + name, _text(Wish(value, at)), at)
        case ForgetHabits(at=at):
            return keys.caller_prefers(hotline, number), "forget", at, keys.FORGOTTEN_LIFE_S
        case _:
            assert_never(memo)


def _preferred(hotline: str, number: str, field: str, value: str, at: float) -> tuple[str | float, ...]:
    return keys.caller_prefers(hotline, number), "prefer", field, value, at, MOST_CALLS, keys.PREFERS_LIFE_S


def _text(value: object) -> str:
    return to_json(value).decode()
