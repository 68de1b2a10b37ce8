"""A line with its agents and offers on a real Redis, and a clock that the test moves."""

import json
from dataclasses import dataclass, field

import redis

from ivr.call.tasks import AskPlace, LeaveLine, TakePlace
from ivr.routing.skills import Ability
from ivr.routing.why import Reasons, read_reasons
from ivr.store import keys, line_keys
from ivr.store.agents import Agent, Declared, RedisAgents
from ivr.store.line import RedisLine
from ivr.store.offers import RedisOffers

NOW = 1_767_000_000.0


def as_levels(skills):
    """Names alone mean level 1."""
    return skills if isinstance(skills, dict) else dict.fromkeys(skills, 1)


@dataclass
class LineWorld:
    client: redis.Redis
    hotline: str = "h"
    now: float = NOW
    line: RedisLine = field(init=False)
    agents: RedisAgents = field(init=False)
    offers: RedisOffers = field(init=False)

    def __post_init__(self):
        self.line, self.agents, self.offers = RedisLine(self.client), RedisAgents(self.client), RedisOffers(self.client)

    def waits(self, seconds):
        self.now += seconds

    # --- callers

    def takes(self, call, queue="care", **terms):
        terms["skills"] = as_levels(terms.get("skills", ()))
        return self.line.take(self.hotline, call, TakePlace(queue, **terms), now=self.now)

    def asks(self, call, queue="care"):
        return self.line.ask(self.hotline, call, AskPlace(queue), now=self.now)

    def leaves(self, call, why="hangup", queue="care", at=0.0):
        return self.line.leave(self.hotline, call, LeaveLine(queue, why, at), now=self.now)

    def in_line(self, queue="care"):
        return [one.call for one in self.line.look(self.hotline, queue, now=self.now)]

    # --- agents

    def has_agents(self, *names, queues=("care",), skills=(), languages=()):
        """Declares exactly these, all alike, and signs them in a second apart."""
        ability = Ability(frozenset(queues), as_levels(skills), frozenset(languages))
        self.declares(dict.fromkeys(names, ability))
        for name in names:
            self.signs_in(name)
            self.waits(1)

    def declares(self, abilities, **policies):
        agents = [Declared(n, f"phone of {n}", a) for n, a in abilities.items()]
        self.agents.declare(self.hotline, agents, policies=policies, now=self.now)

    def signs_in(self, name) -> Agent:
        return self.agents.sign_in(self.hotline, name, now=self.now)

    def signs_out(self, name) -> Agent:
        return self.agents.sign_out(self.hotline, name, now=self.now)

    def pauses(self, name, reason) -> Agent:
        return self.agents.pause(self.hotline, name, reason, now=self.now)

    def agent(self, name) -> Agent:
        return next(one for one in self.agents.all(self.hotline, now=self.now) if one.name == name)

    # --- offers

    def offers_next(self, leg="leg"):
        """The next offer with its phone ringing, or None; without a leg no phone rings yet."""
        offer = next(iter(self.offers.next_offers(self.hotline, now=self.now)), None)
        if offer and leg:
            assert self.offers.rung(offer.token, leg, now=self.now)
        return offer

    def pair(self):
        """Who is offered to whom next."""
        offer = self.offers_next()
        return offer and (offer.call, offer.agent)

    def takes_call(self, offer):
        return self.offers.take(offer.token, now=self.now)

    def misses(self, offer, why="no_answer"):
        return self.offers.miss(offer.token, why, now=self.now)

    def finishes(self, offer, wrap_up_s=0.0):
        return self.offers.finish(offer.token, now=self.now, wrap_up_s=wrap_up_s)

    def expires(self):
        return self.offers.expire(self.hotline, now=self.now)

    def to_cancel(self):
        return [offer.token for offer in self.offers.cancels(self.hotline, now=self.now)]

    # --- records

    def why(self) -> Reasons:
        """Why this caller and this agent: what the records heard of the offer made just now."""
        return self.whys(1)[0]

    def whys(self, offers: int) -> list[Reasons]:
        """The same of so many offers made just now."""
        last = self.client.xrevrange(keys.events(self.hotline), count=offers) if offers else []
        return [read_reasons(json.loads(fields[b"entry"])["data"]["why"]) for _, fields in reversed(last)]

    def kept(self, letter):
        """Names of the records of one kind: p places, a agents, o offers."""
        fields = [field.decode() for field in self.client.hkeys(line_keys.records(self.hotline))]
        return [field[1:] for field in fields if field.startswith(letter)]

    def told(self, call):
        """What the records hear of a call from the line itself."""
        stream = [fields for _, fields in self.client.xrange(keys.events(self.hotline))]
        read = [json.loads(fields[b"entry"]) for fields in stream if fields[b"call"] == call.encode()]
        return [(one["kind"], one["data"]) for one in read]
