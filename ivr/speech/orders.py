"""What a `Session` asks of whoever drives it, in the order in which it is to be done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ivr.call.events import Event
from ivr.call.verbs import Play, Say, Verb
from ivr.speech.hearing import Expectation


@dataclass(frozen=True, slots=True)
class Speak:
    """Have a voice say it. Its pieces come back by `Session.piece`, then `spoken` or `unspoken`; tickets in order."""

    ticket: int
    words: Say | Play


@dataclass(frozen=True, slots=True)
class Forget:
    """Nothing below this ticket is wanted any more."""

    below: int


@dataclass(frozen=True, slots=True)
class Sound:
    """To the caller, after what was sent before."""

    ulaw: bytes


@dataclass(frozen=True, slots=True)
class Mark:
    """To be told back (`Session.marked`) when all that was sent before has been played."""

    name: str


@dataclass(frozen=True, slots=True)
class Clear:
    """Silence at once: what was sent and not yet played is dropped."""


@dataclass(frozen=True, slots=True)
class Attend:
    """The ear shall listen for an answer to this."""

    expected: Expectation


@dataclass(frozen=True, slots=True)
class Deafen:
    """The ear shall listen no more, and tell nothing that it still works on."""


@dataclass(frozen=True, slots=True)
class Happened:
    """The turn is over: this goes to the engine, whose answer comes back by `Session.perform`."""

    event: Event


@dataclass(frozen=True, slots=True)
class Keep:
    """The caller's message; what became of it comes back by `Session.kept`. `key` ended it, or `hangup`."""

    ulaw: bytes
    key: str


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Nobody could say this; `Session.pass_over` goes on without it, `Session.leave` leaves it to the line."""

    words: Say


@dataclass(frozen=True, slots=True)
class Rest:
    """Not a matter of sound: the line shall do these verbs, or go on with them elsewhere."""

    verbs: tuple[Verb, ...]


@dataclass(frozen=True, slots=True)
class Noticed:
    """For whoever watches the call."""

    what: str
    told: dict[str, Any] = field(default_factory=dict)


Order = Speak | Forget | Sound | Mark | Clear | Attend | Deafen | Happened | Keep | Unsaid | Rest | Noticed
