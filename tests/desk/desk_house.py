"""The API with a store and records of its own, and callers and agents to ask it about."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import redis
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from runtime_house import House, shop
from werkzeug.test import TestResponse

from ivr.call.tasks import TakePlace
from ivr.desk.api.desk import Desk, HotlineNow
from ivr.desk.api.pages import blueprint
from ivr.flow.hotline import Hotline
from ivr.routing.skills import Ability
from ivr.runtime.behind import Behind
from ivr.runtime.talks import Talks
from ivr.sim.cloud import VirtualClock
from ivr.store.agents import Declared, RedisAgents
from ivr.store.closings import RedisClosings
from ivr.store.line import RedisLine
from ivr.store.offers import RedisOffers
from ivr.store.preferences import RedisPreferences
from ivr.store.rates import RedisRates
from ivr.store.records.counts import Named, Served
from ivr.store.records.goals import Worth
from ivr.store.records.tokens import Role, Token
from ivr.store.told import RedisTold
from ivr.wiring.alone import LocalRinger

AT = 1_795_446_000.0
"""23 November 2026, 10:00 in New York."""
HOTLINE = "telecom"
WORTH = Worth("USD", person_minute=0.8, machine_minute=0.05, by_machine=("balance",), values={"plans": 40.0})
SERVED = Served("v2", (Named("entry", "gold"), Named("line", "rest")))
NOW = HotlineNow(
    "America/New_York", ("general", "vip"), SERVED, WORTH, quiet_days=7, languages=("en", "zh"), half_life_days=90
)


@dataclass
class DeskHouse:
    """Ask it by `get`, `put` and `delete`, as a supervisor where nothing else is said."""

    desk: Desk
    client: redis.Redis
    clock: VirtualClock
    app: Flask
    web: FlaskClient
    secrets: dict[str, str] = field(default_factory=dict)
    """Token → its secret."""

    def token(self, name: str, role: Role = "supervisor", agent: str = "", hotline: str = HOTLINE) -> str:
        if name not in self.secrets:
            secret = self.desk.tokens.add(Token(name, hotline, role, agent, self.clock()))
            assert secret is not None
            self.secrets[name] = secret
        return self.secrets[name]

    def get(self, path: str, secret: str | None = None) -> TestResponse:
        return self.ask("GET", path, secret)

    def put(self, path: str, body: Any, secret: str | None = None) -> TestResponse:
        return self.ask("PUT", path, secret, json=body)

    def ask(self, method: str, path: str, secret: str | None = None, **sent: Any) -> TestResponse:
        bearer = self.token("board") if secret is None else secret
        headers = {"Authorization": f"Bearer {bearer}", **sent.pop("headers", {})}
        return self.web.open(f"/api/v1{path}", method=method, headers=headers, buffered=True, **sent)

    @property
    def amy(self) -> str:
        """The secret of an agent's token."""
        return self.token("amy", "agent", "amy")

    @property
    def boss(self) -> str:
        """The secret of an admin's token."""
        return self.token("boss", "admin")

    def caller_waits(self, call: str, queue: str = "general") -> None:
        self.desk.line.take(HOTLINE, call, TakePlace(queue=queue), now=self.clock())

    def amy_is_rung_for(self, call: str) -> None:
        """She answers both queues."""
        self.desk.agents.sign_in(HOTLINE, "amy", now=self.clock())
        self.caller_waits(call)
        assert RedisOffers(self.client).next_offers(HOTLINE, now=self.clock())


@cache
def a_shop() -> Hotline:
    """The one hotline that has talks."""
    return shop()


def built(client: redis.Redis, engine: sa.Engine) -> DeskHouse:
    clock = VirtualClock(AT)
    parts = (RedisAgents(client), RedisLine(client), RedisRates(client))
    closings = RedisClosings(client)
    behind = Behind(parts[0], closings)
    talks = Talks(House(client, a_shop()).conductor, RedisOffers(client), LocalRinger(), clock, behind)
    served = {HOTLINE: NOW, "bank": NOW, "shop": NOW}
    desk = Desk(*parts, engine, clock, served.get, closings, RedisTold(client), talks, RedisPreferences(client))
    people = [
        Declared("amy", "+12025550111", Ability(frozenset({"general", "vip"}), {"lines": 2})),
        Declared("ben", "+12025550112", Ability(frozenset({"general"}))),
    ]
    desk.agents.declare(HOTLINE, people, now=AT)
    app = Flask("ivr", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    app.register_blueprint(blueprint(desk))
    return DeskHouse(desk, client, clock, app, app.test_client())
