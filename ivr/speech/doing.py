"""What a session can be doing."""

from __future__ import annotations

from enum import Enum


class At(Enum):
    """One at a time."""

    IDLE = "idle"
    """Nothing: the engine works on an event, or the line does a verb of its own."""
    SAYING = "saying"
    PROMPT = "prompt"
    """Saying a question, which may be interrupted."""
    ANSWER = "answer"
    """The question is over; patience runs."""
    KEYS = "keys"
    WAITING = "waiting"
    TONE = "tone"
    MESSAGE = "message"
