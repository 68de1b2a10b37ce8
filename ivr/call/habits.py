"""How a caller likes to be served, as calls show it or as was said outright. No words and no secrets."""

from __future__ import annotations

from typing import Literal

import msgspec


class Habit(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one call has shown of its caller."""

    at: float
    """When it ended, in seconds since 1970."""
    language: str | None = None
    """That was spoken at its end by who has answered something."""
    input: Literal["keys", "voice"] | None = None
    """What was used more where both would have done."""
    pace: Literal["slow", "normal"] | None = None
    """What was asked for."""
    way: Literal["machine", "person", "callback", "message", "elsewhere"] | None = None
    """What served the caller, or what was asked for."""
    hour: int | None = None
    """Of the hotline's day when a call back was wished for."""
    offers: Literal["taken", "refused"] | None = None
    """What became of what was offered unasked."""


class Wish(msgspec.Struct, frozen=True):
    """What was said outright of one preference."""

    value: str
    """As a habit would show it: `slow`, `zh`."""
    at: float
    """When, in seconds since 1970: the last word counts."""
