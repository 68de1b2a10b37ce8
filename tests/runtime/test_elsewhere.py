"""One person who answers two hotlines is rung by one of them at a time."""

from __future__ import annotations

import pytest
import redis
from runtime_house import HOTLINE, QUEUES, House, shop
from test_switchboard import Phones

from ivr.call.events import DigitsPressed
from ivr.runtime.behind import Behind
from ivr.runtime.elsewhere import Elsewhere
from ivr.runtime.switchboard import Offer, Switchboard
from ivr.store.agents import RedisAgents
from ivr.store.closings import RedisClosings
from ivr.store.offers import RedisOffers
from ivr.wiring.opening import declare_agents

BAKERY = HOTLINE.replace("hotline: shop", "hotline: bakery").replace("+12025550199", "+12025550198")


class Two:
    """A shop and a bakery, whose amy is the same one, by her telephone; a caller waits for her at each."""

    def __init__(self, client: redis.Redis, bakers: str) -> None:
        both = [shop(), shop(hotline=BAKERY, queues=bakers)]
        self.house, self.phones = House(client, *both), Phones()
        self.agents, self.offers = RedisAgents(client), RedisOffers(client)
        clock = self.house.clock
        for hotline in both:
            declare_agents(self.agents, hotline, now=clock())
            self.agents.sign_in(hotline.name, "amy", now=clock())
        behind = Behind(self.agents, RedisClosings(self.house.client))
        self.board = Switchboard(self.house.conductor, self.offers, self.phones, clock, behind)
        self.talks = self.board.talks
        self.board.elsewhere = Elsewhere(lambda: both, self.agents, clock)
        for name, call in (("shop", "c1"), ("bakery", "c2")):
            begun = self.house.begins(call, name)
            self.house.hears(begun.turn, DigitsPressed("0"), call=call, hotline=name)

    def rings(self, hotline: str) -> Offer:
        self.board.round(hotline)
        return self.phones.rung[-1]

    def amy_of(self, hotline: str) -> tuple[str, str]:
        amy = self.agents.all(hotline, now=self.house.clock())[0]
        return amy.state, amy.reason


@pytest.fixture
def two(house: House) -> Two:
    return Two(house.client, QUEUES)


def test_the_first_ring_that_is_taken_frees_the_other(two: Two) -> None:
    at_shop, at_bakery = two.rings("shop"), two.rings("bakery")
    assert two.board.take("shop", at_shop.token) is not None
    assert two.amy_of("bakery") == ("paused", "talks for shop")
    two.board.round("bakery")
    assert two.phones.cancelled == ["leg-2"]
    assert two.board.take("bakery", at_bakery.token) is None
    assert [one.call for one in two.house.line.look("bakery", "general", now=two.house.clock())] == ["c2"]


def test_she_is_back_when_the_talk_is_over(two: Two) -> None:
    at_shop = two.rings("shop")
    two.board.take("shop", at_shop.token)
    two.board.round("bakery")
    assert two.amy_of("bakery")[0] == "paused"
    two.talks.ended("shop", at_shop.token, 60.0)
    assert two.rings("bakery").call == "c2"


def test_a_pause_of_her_own_is_left_alone(two: Two) -> None:
    two.agents.pause("bakery", "amy", "lunch", now=two.house.clock())
    at_shop = two.rings("shop")
    two.board.take("shop", at_shop.token)
    two.talks.ended("shop", at_shop.token, 60.0)
    two.board.round("bakery")
    assert two.amy_of("bakery") == ("paused", "lunch")


def test_somebody_of_the_same_name_with_another_telephone_is_somebody_else(house: House) -> None:
    two = Two(house.client, QUEUES.replace("+12025550111", "sip:amy@bakery.example.com"))
    two.board.take("shop", two.rings("shop").token)
    assert two.amy_of("bakery") == ("ready", "")
