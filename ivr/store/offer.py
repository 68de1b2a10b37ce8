"""A caller reserved for an agent, as the scripts tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from ivr.store.line_keys import text_name


class Offer(msgspec.Struct, frozen=True, array_like=True):
    """One ring of one agent for one caller. The token is its only handle: a later offer has another one.

    The scripts tell it as an array of these fields (`offer_out`); what few ask for is read when it is asked for.
    """

    token: str
    call: str
    agent: str
    phone: str
    queue_text: str
    since: float
    """When the caller's place was first taken, in seconds since 1970."""
    made_at: float
    deadline: float
    """After it the caller is offered to the next agent."""
    times: int
    """How often the caller has been offered, this offer included."""
    leg: str
    """The carrier's name for the call to the agent, once `RedisOffers.rung` was told; else empty."""
    context_json: str
    number: str
    """Whom the agent calls back; empty where the caller waits on the line."""
    taken_at: float = 0.0
    """When the agent took the caller; 0: not yet."""
    waited_in_all_s: float = 0.0
    """From the first place to then."""

    @property
    def hotline(self) -> str:
        return hotline_of(self.token)

    @property
    def queue(self) -> str:
        return text_name(self.queue_text)

    @property
    def context(self) -> dict[str, Any]:
        """What the agent shall see, from TakePlace."""
        found: dict[str, Any] = msgspec.json.decode(self.context_json)
        return found

    @property
    def waited_s(self) -> float:
        return max(0.0, self.made_at - self.since)

    @property
    def room(self) -> str:
        """Where the two meet."""
        return room_of(self.token)


@dataclass(frozen=True, slots=True)
class Taken:
    """An agent has a caller."""

    offer: Offer
    at: float
    waited_s: float

    @property
    def room(self) -> str:
        return self.offer.room


@dataclass(frozen=True, slots=True)
class Missed:
    """An agent did not take a caller, who is back at his place."""

    call: str
    agent: str
    state: str
    """What the agent is now: ready, missing, or what he had asked for meanwhile."""
    misses: int
    """In a row."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A talk is over."""

    call: str
    agent: str
    talked_s: float


def room_of(token: str) -> str:
    """Each talk has a room of its own, named as its offer."""
    return token


def hotline_of(token: str) -> str:
    """A token says which hotline's line it belongs to."""
    return token.rpartition(".")[0]


read_offer = msgspec.msgpack.Decoder(Offer).decode


def read_taken(packed: bytes) -> Taken:
    offer = read_offer(packed)
    return Taken(offer, offer.taken_at, offer.waited_in_all_s)
