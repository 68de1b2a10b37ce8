"""A caller reserved for an agent, as the scripts tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from ivr.routing.why import Reasons, read_reasons
from ivr.store.line_keys import text_name


@dataclass(frozen=True, slots=True)
class Offer:
    """One ring of one agent for one caller. The token is its only handle: a later offer has another one."""

    token: str
    hotline: str
    call: str
    agent: str
    phone: str
    queue: str
    since: float
    """When the caller's place was first taken, in seconds since 1970."""
    made_at: float
    deadline: float
    """After it the caller is offered to the next agent."""
    times: int
    """How often the caller has been offered, this offer included."""
    leg: str
    """The carrier's name for the call to the agent, once `RedisOffers.rung` was told; else empty."""
    context: dict[str, Any]
    """What the agent shall see, from TakePlace."""
    reasons: bytes
    """What `why` reads, as it was written down (JSON): few ask for it."""
    number: str
    """Whom the agent calls back; empty where the caller waits on the line."""

    @property
    def waited_s(self) -> float:
        return max(0.0, self.made_at - self.since)

    @property
    def room(self) -> str:
        """Where the two meet."""
        return self.token

    @property
    def why(self) -> Reasons:
        """Why this caller and this agent, and who came second."""
        return read_reasons(msgspec.json.decode(self.reasons))


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


_told = msgspec.msgpack.Decoder(tuple[str, str, str, str, str, float, float, float, int, str, str, str, str])


def read_offer(hotline: str, packed: bytes) -> Offer:
    token, call, agent, phone, queue, since, at, deadline, times, leg, context, why, number = _told.decode(packed)
    return Offer(
        token=token,
        hotline=hotline,
        call=call,
        agent=agent,
        phone=phone,
        queue=text_name(queue),
        since=since,
        made_at=at,
        deadline=deadline,
        times=times,
        leg=leg,
        context=msgspec.json.decode(context),
        reasons=why.encode(),
        number=number,
    )


def read_taken(hotline: str, found: Sequence[Any]) -> Taken:
    at, waited_s, offer = found
    return Taken(read_offer(hotline, offer), float(at), float(waited_s))
