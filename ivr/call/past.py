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
