"""What calls by sound need of the house, as Protocols, so that a channel knows neither wiring nor store."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from ivr.call.verbs import Verb
from ivr.channels.twilio.needs import Conductor as Conductor
from ivr.speech.ear import Ear, Told
from ivr.speech.prompts import Prompts


class Hearing(Protocol):
    """The ears and voices of this process."""

    def prompts(self, hotline: str) -> Prompts:
        """The mouth of a hotline."""

    def ear(self, language: str, told: Told) -> Ear | None:
        """An ear for a caller who speaks this language; None where no recogniser of it is loaded."""

    def hears(self, language: str) -> bool: ...

    def speaks(self, language: str) -> bool: ...

    def takes_calls(self) -> bool:
        """Whether one more call can be listened to without making all of them late. Counts a refusal."""


Keep = Callable[[str, str, bytes], str]
"""(hotline, call, µ-law): keep a caller's message; the name by which `Recorded` tells of it. Raises HostError."""


KeepTape = Callable[[str, str, int, bytes], None]
"""(hotline, call, part, µ-law): keep one part of a recorded call. Raises HostError."""


@dataclass(frozen=True, slots=True)
class AudioParts:
    """What every call by sound of a process shares."""

    conductor: Conductor
    """Its methods may take seconds and raise StoreDown: they are called in `threads`."""
    hearing: Hearing
    threads: Executor
    """Where the conductor and the voices work."""
    keep: Keep | None = None
    """None: messages are the line's own matter (`Wire.rest`)."""
    tape: KeepTape | None = None
    """None: so are recordings of calls."""
    elsewhere: Callable[[tuple[Verb, ...]], bool] = lambda verbs: False
    """Whether the line had better do these by other means (`Wire.rest`), though they are a matter of sound: who asks in
    a language that is not heard here is answered by key only."""
