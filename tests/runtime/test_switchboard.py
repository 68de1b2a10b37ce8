"""Agents are rung one at a time, join exactly once, and nobody is left in a room or in line by mistake."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from runtime_house import House, said

from ivr.call.events import DigitsPressed, HungUp, NothingHeard
from ivr.call.tasks import TakePlace
from ivr.call.verbs import Join
from ivr.errors import CarrierError
from ivr.flow.hotline import Hotline
from ivr.routing.skills import Ability
from ivr.runtime.behind import Behind
from ivr.runtime.switchboard import LOOKS_A_ROUND, Offer, Switchboard
from ivr.store.agents import Declared, RedisAgents
from ivr.store.closings import RedisClosings
from ivr.store.offers import RedisOffers
from ivr.wiring.opening import declare_agents


@dataclass(slots=True)
class Phones:
    """A `Ringer` that remembers; `broken` orders fail."""

    rung: list[Offer] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    at_once: int = 4

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        self._try("ring")
        self.rung.append(offer)
        return f"leg-{len(self.rung)}"

    def cancel(self, offer: Offer) -> bool:
        self._try("cancel")
        self.cancelled.append(offer.leg)
        return True

    def fetch(self, hotline: str, call: str) -> None:
        self._try("fetch")
        self.fetched.append(call)

    def share(self, hotline: str, call: str, room: str) -> None:
        self._try("share")
        self.shared.append(room)

    def _try(self, what: str) -> None:
        if what in self.broken:
            raise CarrierError(f"{what} failed")


class Exchange:
    """A house with agents; amy is signed in, and one caller waits."""

    def __init__(self, house: House) -> None:
        self.house, self.phones = house, Phones()
        self.agents, self.offers = RedisAgents(house.client), RedisOffers(house.client)
        hotline = house.shelf.current("shop")
        assert hotline is not None
        declare_agents(self.agents, hotline, now=house.clock())
        behind = Behind(self.agents, RedisClosings(house.client))
        self.board = Switchboard(house.conductor, self.offers, self.phones, house.clock, behind)
        self.talks = self.board.talks
        self.agents.sign_in("shop", "amy", now=house.clock())
        self.turn = house.hears(house.begins().turn, DigitsPressed("0")).turn

    def rings(self) -> Offer:
        self.board.round("shop")
        return self.phones.rung[-1]

    def state_of(self, agent: str) -> str:
        return next(one.state for one in self.agents.all("shop", now=self.house.clock()) if one.name == agent)


@pytest.fixture
def exchange(house: House) -> Exchange:
    return Exchange(house)


def test_an_agent_is_rung_hears_who_waits_and_is_joined(exchange: Exchange) -> None:
    offer = exchange.rings()
    assert offer.agent == "amy"
    whisper = exchange.board.whisper("shop", offer.token)
    assert whisper is not None
    assert "+12025550101" in whisper[0].text
    joined = exchange.board.take("shop", offer.token)
    assert joined is not None
    assert exchange.phones.fetched == ["c1"]
    answer = exchange.house.hears(exchange.turn, NothingHeard())
    assert answer.verbs == (Join(room=joined.room, agent="amy"),)


def test_one_caller_rings_one_agent(exchange: Exchange) -> None:
    exchange.agents.sign_in("shop", "ben", now=exchange.house.clock())
    exchange.rings()
    assert exchange.board.round("shop") == 0
    assert len(exchange.phones.rung) == 1


def test_while_a_carrier_takes_its_time_another_worker_rings_the_next_agent(exchange: Exchange) -> None:
    house, behind = exchange.house, exchange.talks.behind
    exchange.agents.sign_in("shop", "ben", now=house.clock())
    house.hears(house.begins("c2").turn, DigitsPressed("0"), call="c2")
    other = Phones()

    class Slow(Phones):
        def ring(self, offer: Offer, hotline: Hotline) -> str:
            Switchboard(house.conductor, exchange.offers, other, house.clock, behind).round("shop")
            return super().ring(offer, hotline)

    slow = Slow(at_once=1)
    Switchboard(house.conductor, exchange.offers, slow, house.clock, behind).round("shop")
    assert [(one.call, one.agent) for one in slow.rung] == [("c1", "amy")]
    assert [(one.call, one.agent) for one in other.rung] == [("c2", "ben")]


def test_a_surge_is_rung_in_rounds_between_which_others_are_silenced(exchange: Exchange) -> None:
    house, callers = exchange.house, [f"c{n}" for n in range(2, LOOKS_A_ROUND + 3)]
    people = [Declared(name, f"client:{name}", Ability(frozenset({"general"}))) for name in ("amy", *callers)]
    exchange.agents.declare("shop", people, now=house.clock())
    for name in callers:
        exchange.agents.sign_in("shop", name, now=house.clock())
        house.line.take("shop", name, TakePlace("general", language=""), now=house.clock())
    exchange.phones.at_once = 1
    assert [exchange.board.round("shop") for _ in range(3)] == [LOOKS_A_ROUND, 2, 0]


def test_pressing_1_twice_joins_once(exchange: Exchange) -> None:
    token = exchange.rings().token
    assert exchange.board.take("shop", token) is not None
    exchange.board.take("shop", token)
    assert exchange.house.kinds().count("connected") == 1


def test_who_misses_a_ring_costs_the_caller_nothing(exchange: Exchange) -> None:  # R58
    exchange.agents.sign_in("shop", "ben", now=exchange.house.clock())
    exchange.board.miss("shop", exchange.rings().token, "no_answer")
    assert exchange.rings().agent == "ben"
    assert [one.call for one in exchange.house.line.look("shop", "general", now=exchange.house.clock())] == ["c1"]


def test_a_caller_who_hangs_up_silences_the_phone_that_rings(exchange: Exchange) -> None:
    token = exchange.rings().token
    exchange.house.told(HungUp())
    exchange.house.line.caller_gone("shop", "c1", now=exchange.house.clock())
    exchange.board.round("shop")
    assert exchange.phones.cancelled == ["leg-1"]
    assert exchange.board.take("shop", token) is None
    assert exchange.board.whisper("shop", token) is None
    assert "no longer waiting" in exchange.board.gone("shop")[0].text


def test_an_agent_who_takes_a_caller_that_has_gone_to_the_tape_is_free_again(exchange: Exchange) -> None:
    token = exchange.rings().token
    exchange.house.hears(exchange.turn, DigitsPressed("1"))
    assert exchange.board.take("shop", token) is None
    assert exchange.state_of("amy") in ("ready", "wrap_up")
    assert "connected" not in exchange.house.kinds()


def test_a_caller_who_cannot_be_fetched_comes_by_himself(exchange: Exchange) -> None:
    exchange.phones.broken = {"fetch"}
    joined = exchange.board.take("shop", exchange.rings().token)
    assert joined is not None
    assert exchange.house.hears(exchange.turn, NothingHeard()).verbs == (Join(room=joined.room, agent="amy"),)


def test_a_phone_that_cannot_be_rung_is_no_miss_of_the_agents(exchange: Exchange) -> None:
    exchange.phones.broken = {"ring"}
    exchange.board.round("shop")
    assert exchange.phones.rung == []
    assert [one.call for one in exchange.house.line.look("shop", "general", now=exchange.house.clock())] == ["c1"]


def test_a_phone_that_cannot_be_silenced_is_forgotten(exchange: Exchange) -> None:
    exchange.rings()
    exchange.phones.broken = {"cancel"}
    exchange.house.line.caller_gone("shop", "c1", now=exchange.house.clock())
    exchange.board.round("shop")
    exchange.phones.broken = set()
    exchange.board.round("shop")
    assert exchange.phones.cancelled == []


def test_a_ring_nobody_ends_runs_out(exchange: Exchange) -> None:
    exchange.rings()
    exchange.agents.sign_in("shop", "ben", now=exchange.house.clock())
    exchange.house.clock.now += 60
    assert exchange.rings().agent == "ben"
    assert exchange.phones.cancelled == ["leg-1"]


def test_after_a_talk_the_agent_has_the_notes_time_of_that_queue(exchange: Exchange) -> None:
    offer = exchange.rings()
    exchange.board.take("shop", offer.token)
    exchange.talks.ended("shop", offer.token, 60.0)
    assert exchange.state_of("amy") == "wrap_up"
    exchange.house.clock.now += 29
    exchange.board.round("shop")
    assert exchange.state_of("amy") == "wrap_up"
    exchange.house.clock.now += 2
    exchange.board.round("shop")
    assert exchange.state_of("amy") == "ready"


def test_where_no_carrier_tells_it_the_end_of_a_talk_moves_the_flow_on(exchange: Exchange) -> None:
    offer = exchange.rings()
    exchange.board.take("shop", offer.token)
    exchange.talks.ended("shop", offer.token, 60.0)
    answer = exchange.house.conductor.replay("shop", "c1")
    assert said(answer) == ["Goodbye."]
    assert exchange.house.kinds()[-1] == "ended"


def test_a_hotline_nobody_serves_has_no_round(exchange: Exchange) -> None:
    assert exchange.board.round("gone") == 0
    assert exchange.board.whisper("gone", "token") is None
