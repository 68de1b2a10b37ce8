"""A caller by the browser phone among people: taken, sent on, joined by an expert, on hold, and back in the flow."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from phone_stage import Desk, Page
from runtime_house import House
from test_switchboard import Phones

from ivr.runtime.behind import Behind
from ivr.runtime.switchboard import Offer, Switchboard
from ivr.store.agents import RedisAgents
from ivr.store.closings import RedisClosings
from ivr.store.offers import RedisOffers
from ivr.wiring.opening import declare_agents

LOOKS_S = 4
"""A page that is with an agent, or in line, looks for news every few seconds."""


class People:
    """amy answers general, ben general and other."""

    def __init__(self, house: House) -> None:
        hotline = house.shelf.current("shop")
        assert hotline is not None
        self.house, self.phones = house, Phones()
        self.agents = RedisAgents(house.client)
        declare_agents(self.agents, hotline, now=house.clock())
        behind = Behind(self.agents, RedisClosings(house.client))
        self.board = Switchboard(house.conductor, RedisOffers(house.client), self.phones, house.clock, behind)
        self.talks = self.board.talks

    def takes(self, agent: str) -> Offer:
        self.agents.sign_in("shop", agent, now=self.house.clock())
        self.board.round("shop")
        offer = self.phones.rung[-1]
        assert offer.agent == agent
        assert self.board.take("shop", offer.token) is not None
        return offer


@pytest.fixture
def people(house: House) -> People:
    return People(house)


async def with_amy(desk: Desk, people: People) -> tuple[Page, Offer]:
    page = await desk.page().calls()
    page.says("dtmf", digit="0")
    await asyncio.sleep(1)
    offer = people.takes("amy")
    await asyncio.sleep(LOOKS_S)
    assert page.told("state")[-1] == {"is": "joined", "who": "amy"}
    return page, offer


def test_a_caller_is_sent_on_and_hears_it(house: House, tmp_path: Path, people: People) -> None:  # R74
    desk = Desk(house, tmp_path)

    async def script() -> None:
        page, offer = await with_amy(desk, people)
        people.talks.transfer("shop", offer.token, "queue:other")
        await asyncio.sleep(LOOKS_S)
        assert page.told("state")[-1]["is"] == "line"
        assert any("connecting you with a colleague" in text for text in page.said())
        second = people.takes("ben")
        await asyncio.sleep(LOOKS_S)
        assert page.told("state")[-1] == {"is": "joined", "who": "ben"}
        people.talks.ended("shop", second.token, 30.0)
        await page.ended
        assert page.said()[-1] == "Goodbye."

    desk.runs(script)


def test_an_expert_comes_and_goes_and_the_caller_stays(house: House, tmp_path: Path, people: People) -> None:  # R75
    desk = Desk(house, tmp_path)

    async def script() -> None:
        page, amy = await with_amy(desk, people)
        people.talks.bring_in("shop", amy.token, "queue:other")
        ben = people.takes("ben")
        people.talks.ended("shop", amy.token, 30.0)
        await asyncio.sleep(LOOKS_S)
        assert page.told("state")[-1]["is"] == "joined", "ben talks on"
        people.talks.ended("shop", ben.token, 30.0)
        await page.ended
        assert page.said()[-1] == "Goodbye."

    desk.runs(script)


def test_a_caller_on_hold_comes_back_to_the_agent(house: House, tmp_path: Path, people: People) -> None:
    desk = Desk(house, tmp_path)

    async def script() -> None:
        page, amy = await with_amy(desk, people)
        assert people.talks.away("shop", amy.token, 0) == "away"
        await asyncio.sleep(LOOKS_S)
        assert page.told("state")[-1]["is"] == "line"
        assert people.talks.back("shop", amy.token, 0) is not None
        await asyncio.sleep(40)
        assert page.told("state")[-1] == {"is": "joined", "who": "amy"}
        await page.is_closed()

    desk.runs(script)
