"""What the browser phone needs of the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ivr.channels.audio.parts import AudioParts
from ivr.channels.webphone.panel import Watch
from ivr.runtime.shelf import Shelf


class Held(Protocol):
    """A call and who has it."""

    @property
    def hotline(self) -> str: ...

    @property
    def call(self) -> str: ...

    @property
    def holder(self) -> int:
        """Grows with every page that takes the call up."""


class Tickets(Protocol):
    """Who may call, and who may take a call up again; true in all processes. All methods raise StoreDown, and block."""

    def issue(self) -> str:
        """A ticket for one call, good for a minute."""

    def spend(self, ticket: str) -> bool:
        """False: nobody issued it, it was spent before, or it is too old."""

    def claim(self, hotline: str, call: str) -> str:
        """A secret by which this call, and no other, can be taken up again; its holder is number 1."""

    def take_up(self, claim: str) -> Held | None:
        """The call is held by whoever asks, from now on. None: nobody knows the claim."""

    def holder(self, claim: str) -> int:
        """Who has it now; 0 where nobody knows the claim."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of it one process bears."""

    start_s: float = 10.0
    """A socket that says nothing for so long after it was opened is closed."""
    voice_s: float = 30.0
    """So long after the first socket calls wait for a voice, which is made ready beside everything else; later, what no
    voice can say is written on the page."""
    waiting: int = 100
    """Sockets that have been opened and have not begun a call; more are refused before they are open."""
    calls: int = 200
    """Calls at once; more are told that all lines are busy."""
    grace_s: float = 20.0
    """What a page that broke off has to take its call up again, before the caller is taken to have hung up."""


@dataclass(frozen=True, slots=True)
class PhoneParts:
    """What `app` hands to the browser phone: once to its page, once to its socket."""

    audio: AudioParts
    shelf: Shelf
    tickets: Tickets
    hosts: frozenset[str] = frozenset()
    """Names, with ports, under which a page may come besides the one that it asks us by: that of the public address."""
    watch: Watch | None = None
    """What the panel beside the phone looks at calls with; None: there is no panel."""
    limits: Limits = Limits()
