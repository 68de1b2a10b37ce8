"""Telephone numbers, hidden from roles that need not see them in full."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from ivr.desk.api.desk import Ask

T = TypeVar("T")

LOOKS_LIKE_ONE = re.compile(r"\+?\d[\d ().\-]{5,20}\d")
LEAST_DIGITS = 7
SHOWN = 4
"""Digits at the end that stay, so that two callers can be told apart."""


def hidden(text: str, caller: str) -> str:
    """`…0101` for every number with a + before it, and for the caller's own in whatever form."""
    own = _digits(caller)

    def hide(found: re.Match[str]) -> str:
        digits = _digits(found[0])
        is_one = found[0].startswith("+") or (own and own.endswith(digits))
        return f"…{digits[-SHOWN:]}" if is_one and len(digits) >= LEAST_DIGITS else found[0]

    return LOOKS_LIKE_ONE.sub(hide, text)


def as_seen(ask: Ask, answer: T, caller: str) -> T:
    """The answer as this role may see it: a supervisor in full, an agent without callers' numbers."""
    if ask.sees_all:
        return answer
    return msgspec.convert(_walk(msgspec.to_builtins(answer), caller), type=type(answer))


def _walk(value: object, caller: str) -> object:
    match value:
        case str():
            return hidden(value, caller)
        case dict():
            return {name: _walk(one, caller) for name, one in value.items()}
        case list():
            return [_walk(one, caller) for one in value]
    return value


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())
