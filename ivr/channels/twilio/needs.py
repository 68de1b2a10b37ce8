"""What the Twilio line needs from the house, as Protocols: somebody who answers, and somebody who minds the agents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from ivr.call.events import Event
from ivr.call.turns import CallEars, Left
from ivr.call.verbs import Say, Verb


class Answer(Protocol):
    """What a turn is answered with."""

    @property
    def verbs(self) -> tuple[Verb, ...]: ...

    @property
    def turn(self) -> int:
        """The turn that the caller's next event must carry."""


class Conductor(Protocol):
    """Takes events of calls and answers them. `hear`, `tell` and `replay` raise StoreDown."""

    def hotline_for(self, called: str) -> str | None:
        """Which hotline a dialled number belongs to."""

    def hear(self, hotline: str, call: str, turn: int, event: Event) -> Answer:
        """The caller's event of this turn. A turn taken already is answered again and changes nothing."""

    def tell(self, hotline: str, call: str, event: Event) -> Answer | None:
        """News that is not from the caller; None where the call is unknown or over."""

    def replay(self, hotline: str, call: str) -> Answer | None:
        """The last answer again; None where the call is unknown."""

    def apology(self, hotline: str | None) -> tuple[Say, ...]:
        """What to say when something of ours is broken. Needs no store."""

    def fallback_number(self, hotline: str | None) -> str | None:
        """Who takes a call that we cannot take. Needs no store."""


class StreamBook(Protocol):
    """Remembers who listens to a call, and who may bring its sound. Every method raises StoreDown."""

    def ears(self, hotline: str, call: str) -> CallEars | None:
        """None: nobody has chosen yet."""

    def choose(self, hotline: str, call: str, ears: CallEars) -> None: ...

    def give_pass(self, hotline: str, call: str) -> str:
        """A secret that lets this call's sound in, once and soon."""

    def take_pass(self, hotline: str, secret: str) -> str | None:
        """The call it lets in, and once only. Whatever an earlier stretch of sound has `left` is forgotten."""

    def leave(self, hotline: str, call: str, left: Left) -> None:
        """The sound has ended in good order; this is the line's to do."""

    def left(self, hotline: str, call: str) -> Left | None:
        """None: the sound broke off, or never began. Asking changes nothing."""


class OwnEars(Protocol):
    """Our own ears and voices, as far as it must be known before a call's sound is asked for."""

    def hears(self, language: str) -> bool: ...

    def speaks(self, language: str) -> bool: ...

    def takes_calls(self) -> bool:
        """Whether one more call can be listened to without making all of them late. Counts a refusal."""


RecordingReady = Callable[[str, str, str, float], None]
"""(hotline, call, recording, seconds): the file of a caller's message can be fetched now."""

CallRecordingReady = Callable[[str, str, int, str, float], None]
"""(hotline, call, part, recording, seconds): the file of a part of a call's recording can be fetched now."""

Numbers = Callable[[], Sequence[str]]
"""The numbers this server answers, for the log."""
