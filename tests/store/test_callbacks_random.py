"""Callbacks under random weather: doubled and late news, workers that die between two steps, agents who come and go.

Whatever happens, one caller's phone rings for one callback at a time, each is done once or accounted for, no agent is
stuck, and in the end everything comes to rest.
"""

import random

import pytest
from line_world import LineWorld

from ivr.call.tasks import TakePlace
from ivr.store.callbacks import RedisCallbacks

TRIES = 3


class Weather:
    def __init__(self, client, seed):
        self.world, self.backs, self.chance = LineWorld(client), RedisCallbacks(client), random.Random(seed)
        self.world.has_agents("amy", "ben", "cleo")
        self.legs = {}
        """Leg -> the callback it was made for."""
        self.joined = []
        """(callback, leg) for each key that was pressed on a leg that counts."""
        self.names = []

    # --- what may happen

    def books(self):
        name = f"c{len(self.names)}.1"
        task = TakePlace("care", number=f"+1202555{1000 + len(self.names)}")
        self.names.append(name)
        for _ in range(self.chance.choice((1, 2))):  # the chore may be done twice
            self.backs.book("h", name, task, self.world.now, now=self.world.now)

    def looks(self):
        """A worker's round, which may die after any step of it."""
        world, now = self.world, self.world.now
        for agent in world.agents.all("h", now=now):
            if agent.state == "not_answering":
                world.signs_in(agent.name)
        world.offers.expire("h", now=now)
        for offer in world.offers.cancels("h", now=now):
            world.offers.cancelled(offer.token, now=now)
        offer = world.offers_next(leg="")
        if offer is None or self.dies():
            return
        one = self.find(offer.call)
        if one.tries >= TRIES and not one.confirmed:
            self.backs.again("h", one.name, None, "not_reached", 0, now=now)
            return
        world.offers.rung(offer.token, f"agent-{offer.token}", now=now)
        if self.dies() or self.chance.random() < 0.2:
            return
        for _ in range(self.chance.choice((1, 1, 2))):
            if world.offers.take(offer.token, now=now):
                self.backs.to_dial("h", offer.call, now=now)

    def dials(self):
        for one in self.backs.dials("h", now=self.world.now):
            if self.dies():
                return
            leg = f"leg-{len(self.legs)}"
            self.legs[leg] = one.name
            if not self.dies():
                self.backs.rung("h", one.name, leg, now=self.world.now)

    def answers(self):
        leg = self.any_leg()
        if leg and self.backs.rung("h", self.legs[leg], leg, now=self.world.now):
            for _ in range(self.chance.choice((1, 2))):
                if self.backs.confirm("h", self.legs[leg], leg, now=self.world.now):
                    self.joined.append((self.legs[leg], leg))

    def is_not_reached(self):
        leg = self.any_leg()
        one = leg and self.find(self.legs[leg])
        if not one or (one.confirmed and one.state == "connected"):
            return
        at = 0 if one.tries >= TRIES else self.world.now + 60
        for _ in range(self.chance.choice((1, 2))):
            self.backs.again("h", one.name, leg, "busy" if at else "not_reached", at, now=self.world.now)

    def an_agent_hangs_up(self):
        for name in self.names:
            one = self.find(name)
            if one and one.state == "connected" and self.chance.random() < 0.5:
                if one.confirmed:
                    self.world.offers.finish(one.token, now=self.world.now)
                else:
                    self.backs.again("h", name, None, "agent_left", self.world.now, now=self.world.now, tries=-1)
                return

    def somebody_rings_in(self):
        if self.names:
            number = f"+1202555{1000 + self.chance.randrange(len(self.names))}"
            call = f"in{self.world.now:.0f}"
            self.world.line.take("h", call, TakePlace("care", number=number), now=self.world.now)
            self.world.leaves(call)

    # --- helpers

    def find(self, name):
        return self.backs.find("h", name, now=self.world.now)

    def any_leg(self):
        return self.chance.choice(list(self.legs)) if self.legs else None

    def dies(self):
        return self.chance.random() < 0.15

    def must_hold(self):
        states = {one.name: one for one in self.world.agents.all("h", now=self.world.now)}
        live = self.backs.live("h", now=self.world.now)
        assert len({one.number for one in live}) == len(live)
        held = [one.agent for one in live if one.token]
        assert len(held) == len(set(held)), "an agent has two"
        for agent in held:
            assert states[agent].state in ("reserved", "on_call")
        for agent in states.values():
            if agent.state in ("reserved", "on_call"):
                assert agent.name in held, f"{agent.name} is stuck"


@pytest.mark.parametrize("seed", range(2))
def test_every_callback_is_done_once_or_accounted_for(client, seed):
    weather = Weather(client, seed)
    acts = [weather.looks, weather.looks, weather.dials, weather.dials, weather.answers, weather.is_not_reached]
    acts += [weather.an_agent_hangs_up]
    for n in range(200):
        if n % 12 == 0:
            weather.books()
        weather.chance.choice(acts if n % 25 else [weather.somebody_rings_in])()
        weather.world.waits(weather.chance.choice((0.5, 2, 11, 30)))
        weather.must_hold()
    for _ in range(1500):
        weather.chance.choice(acts)()
        weather.world.waits(20)
        if not weather.backs.live("h", now=weather.world.now):
            break
    weather.must_hold()
    assert weather.backs.live("h", now=weather.world.now) == []
    served = {}
    for name, leg in weather.joined:
        served.setdefault(name, set()).add(leg)
    for name, legs in served.items():
        one = weather.find(name)
        assert one is None or one.why in ("served", "rang_in", "not_reached"), one
        assert len(legs) <= TRIES
