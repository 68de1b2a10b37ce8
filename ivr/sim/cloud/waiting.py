"""What a call waits for, and what can end the waiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Doing = Literal[
    "ringing",
    "speaking",
    "playing",
    "waiting",
    "listening",
    "recording",
    "dialling",
    "talking",
    "in room",
    "streaming",
    "over",
]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A verb that takes time. At `until` the time is up; None: only somebody else can end it."""

    doing: Doing
    until: float | None = None
    passes: bool = False
    """Nobody at the telephone would want to do anything before it is over: time is let go by to its end."""
    prompts_end: float = 0.0
    """When a Gather has spoken its prompts."""


@dataclass(frozen=True, slots=True)
class TimeUp:
    pass


@dataclass(frozen=True, slots=True)
class Pressed:
    keys: str


@dataclass(frozen=True, slots=True)
class Spoke:
    text: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class LeftMessage:
    """`key` ended the message: a key, `hangup`, or nothing where silence did."""

    seconds: float
    key: str


@dataclass(frozen=True, slots=True)
class LegAnswered:
    leg: str


@dataclass(frozen=True, slots=True)
class LegEnded:
    leg: str
    status: str
    duration_s: float


@dataclass(frozen=True, slots=True)
class RoomStarted:
    """Somebody else has come."""


@dataclass(frozen=True, slots=True)
class RoomEnded:
    pass


@dataclass(frozen=True, slots=True)
class SoundOver:
    """A stream has ended, and the call has not."""

    stream: str


Signal = SoundOver | TimeUp | Pressed | Spoke | LeftMessage | LegAnswered | LegEnded | RoomStarted | RoomEnded


class CallerGone(Exception):
    """Thrown into a verb: the caller has hung up."""


class Redirected(Exception):
    """Thrown into a verb: the call goes on elsewhere, by REST."""
