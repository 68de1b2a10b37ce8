"""An agent and a caller who was promised a call, with telephones that remember."""

from __future__ import annotations

from dataclasses import dataclass, field

from runtime_house import House

from ivr.call.tasks import TakePlace
from ivr.errors import CarrierError
from ivr.flow.hotline import Hotline
from ivr.runtime.behind import Behind
from ivr.runtime.callbacks import CallBack
from ivr.runtime.switchboard import Offer, Switchboard
from ivr.store.agents import RedisAgents
from ivr.store.callbacks import RedisCallbacks
from ivr.store.closings import RedisClosings
from ivr.store.offers import RedisOffers
from ivr.wiring.opening import declare_agents

ALICE = "+12025550101"


@dataclass
class Telephones:
    """A ringer and a dialler that remember."""

    rung: list[Offer] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    dials: bool = True
    refuses: bool = False
    frees: bool = True
    at_once: int = 4

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        self.rung.append(offer)
        return f"agent-{len(self.rung)}"

    def cancel(self, offer: Offer) -> bool:
        return self.frees

    def fetch(self, hotline: str, call: str) -> None: ...
    def share(self, hotline: str, call: str, room: str) -> None: ...

    def is_there(self, leg: str) -> bool:
        return leg not in self.ended

    def can_dial(self, name: str) -> bool:
        return self.dials

    def dial(self, hotline: Hotline, name: str, number: str, ring_s: int) -> str:
        if self.refuses:
            raise CarrierError("no such number")
        self.dialled.append(number)
        return f"caller-{len(self.dialled)}"

    def end(self, leg: str) -> None:
        self.ended.append(leg)


class Desk:
    """A house with an agent, and one caller who was promised a call."""

    def __init__(self, house: House) -> None:
        self.house, self.phones = house, Telephones()
        hotline = house.shelf.current("shop")
        assert hotline is not None
        self.hotline = hotline
        self.agents, self.callbacks = RedisAgents(house.client), RedisCallbacks(house.client)
        declare_agents(self.agents, hotline, now=house.clock())
        self.ticks = 0
        self.back = CallBack(house.shelf.current, self.callbacks, self.phones, self.clock)
        offers = RedisOffers(house.client)
        behind = Behind(self.agents, RedisClosings(house.client), self.back)
        self.board = Switchboard(house.conductor, offers, self.phones, self.clock, behind)
        self.talks = self.board.talks
        self.agents.sign_in("shop", "amy", now=self.clock())
        self.callbacks.book("shop", "c1.1", TakePlace("general", number=ALICE), self.clock(), now=self.clock())

    def clock(self) -> float:
        """Reads a little more each time, as a real one does."""
        self.ticks += 1
        return self.house.clock() + self.ticks * 0.001

    def one(self) -> tuple[str, str, int]:
        found = self.callbacks.find("shop", "c1.1", now=self.clock())
        assert found is not None
        return found.state, found.why, found.tries

    def tries_in_vain(self) -> None:
        """The agent takes the callback, and the caller's line is busy."""
        self.board.round("shop")
        self.board.take("shop", self.phones.rung[-1].token)
        self.board.round("shop")
        self.back.not_reached("shop", "c1.1", f"caller-{len(self.phones.dialled)}", "busy")
