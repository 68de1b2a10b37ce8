"""Where the pages of agents' legs are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode


class Offered(Protocol):
    @property
    def call(self) -> str: ...
    @property
    def agent(self) -> str: ...
    @property
    def queue(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Leg:
    """An agent's telephone call; `token` is the offer it was made for."""

    hotline: str
    token: str


@dataclass(frozen=True, slots=True)
class Talked:
    """Who has talked with whom: what must be known after the talk is over and its offer forgotten."""

    call: str
    agent: str
    queue: str

    @classmethod
    def of(cls, offer: Offered) -> Talked:
        return cls(offer.call, offer.agent, offer.queue)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the menu an agent stands: its top, or a page of targets."""

    visit: int
    """To the room, from 0: the one after which the star was pressed."""
    what: str = "top"
    page: int = 0
    attempt: int = 1
    to: tuple[str, ...] = ()
    """What was spoken there: `queue:NAME` or `agent:NAME`, by key."""
    more: bool = False
    """Another page was spoken of."""


@dataclass(frozen=True, slots=True)
class AgentUrls:
    """Absolute addresses below `base`, as `Urls`."""

    base: str

    def answered(self, leg: Leg) -> str:
        """The first document of the leg."""
        return self._at(leg, "")

    def key(self, leg: Leg, attempt: int = 1) -> str:
        return self._at(leg, "/key", attempt=attempt)

    def alone(self, leg: Leg) -> str:
        """Asked while an agent is alone in a room."""
        return self._at(leg, "/alone")

    def status(self, leg: Leg, talked: Talked) -> str:
        """What the status callback of the leg is set to, with whom it may lead together. Tried again where it was not
        taken: nobody else tells that the leg has ended."""
        return self._at(leg, "/status", call=talked.call, agent=talked.agent, queue=talked.queue) + "#rc=3&rp=all"

    def left(self, leg: Leg, talked: Talked, visit: int = 0) -> str:
        """Asked when the agent is out of the room and on the line: by the star, or because the room has ended."""
        return self._at(leg, "/left", visit=visit, call=talked.call, agent=talked.agent, queue=talked.queue)

    def menu(self, leg: Leg, at: Place) -> str:
        """Asked with the agent's key."""
        spoken = {"to": at.to, "more": int(at.more)} if at.to else {}
        return self._at(leg, "/menu", visit=at.visit, what=at.what, page=at.page, attempt=at.attempt, **spoken)

    def over(self, leg: Leg, talked: Talked) -> str:
        """Where an agent is sent whose caller has gone."""
        return self._at(leg, "/over", call=talked.call, agent=talked.agent, queue=talked.queue)

    def closed(self, leg: Leg, talked: Talked, attempt: int = 1) -> str:
        """Asked with the key that tells how the talk ended."""
        more = {"call": talked.call, "agent": talked.agent, "queue": talked.queue}
        return self._at(leg, "/closed", attempt=attempt, **more)

    def _at(self, leg: Leg, path: str, **query: object) -> str:
        place = f"{self.base}/twilio/agent/{quote(leg.hotline, safe='')}/{quote(leg.token, safe='')}{path}"
        return f"{place}?{urlencode(query, doseq=True)}" if query else place
