"""What is remembered of a call when it is over, for the same caller's next one."""

from __future__ import annotations

import msgspec


class PastCall(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of a caller's calls. No words and no secrets."""

    at: float
    """When it ended, in seconds since 1970."""
    outcome: str
    """As in the records: answered, connected, abandoned, hung_up, voicemail, …"""
    intent: str | None = None
    """What the caller wanted last."""
    queue: str | None = None
    """The line he stood in."""
    agent: str | None = None
    """Whom he talked to last."""


class ToldHint(msgspec.Struct, frozen=True, omit_defaults=True):
    """How often a caller was told a hint of hints.yaml, and what came of it."""

    times: int = 0
    at: float = 0.0
    """The last time, in seconds since 1970."""
    version: str = ""
    """Of the hotline, then."""
    call: str = ""
    """In which call."""
    accepted_at: float | None = None
    """When the caller last did what it tells of."""
