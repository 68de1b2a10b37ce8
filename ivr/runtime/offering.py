"""What the switchboard needs of offers and telephones, as Protocols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ivr.flow.hotline import Hotline


class Offer(Protocol):
    """One ring of one agent for one caller; its token is the only handle."""

    @property
    def token(self) -> str: ...
    @property
    def hotline(self) -> str: ...
    @property
    def call(self) -> str: ...
    @property
    def agent(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def queue(self) -> str: ...
    @property
    def leg(self) -> str: ...
    @property
    def room(self) -> str:
        """Where the two meet."""

    @property
    def context(self) -> dict[str, Any]: ...
    @property
    def number(self) -> str:
        """Whom the agent calls back; empty where the caller waits on the line."""

    @property
    def since(self) -> float: ...


class TakenOffer(Protocol):
    @property
    def offer(self) -> Offer: ...
    @property
    def room(self) -> str: ...


class Offers(Protocol):
    """The queue's atomic steps; each may be done twice and happens once. StoreDown when Redis does not answer."""

    def next_offers(self, hotline: str, *, now: float, most: int = ...) -> Sequence[Offer]: ...
    def rung(self, token: str, leg: str, *, now: float, ring_s: float = ...) -> bool: ...
    def take(self, token: str, *, now: float) -> TakenOffer | None: ...
    def find(self, token: str, *, now: float) -> Offer | None: ...
    def offer_for(self, hotline: str, agent: str, *, now: float) -> Offer | None: ...
    def miss(self, token: str, why: str, *, now: float) -> object | None: ...
    def finish(self, token: str, *, now: float, wrap_up_s: float = ..., held_s: float = ...) -> Any | None: ...
    def expire(self, hotline: str, *, now: float) -> Sequence[str]: ...
    def cancels(self, hotline: str, *, now: float) -> Sequence[Offer]: ...
    def cancelled(self, token: str, *, now: float) -> None: ...


class Ringer(Protocol):
    """Rings agents' phones and fetches callers; every method may raise CarrierError."""

    @property
    def at_once(self) -> int:
        """How many phones it begins to ring within a moment: so many agents are reserved before the first is rung. A
        carrier takes its time for each, in which other workers ring the next ones."""

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        """Start ringing; the carrier's name for the leg."""

    def cancel(self, offer: Offer) -> bool:
        """Stop ringing; who has answered is told that the caller is gone. Whether that frees the agent, too: where not,
        his own phone will tell."""

    def fetch(self, hotline: str, call: str) -> None:
        """Make the caller's line ask for its last answer again: it has changed."""

    def share(self, hotline: str, call: str, room: str) -> None:
        """From now on the room of this call stays open when an agent leaves it."""
