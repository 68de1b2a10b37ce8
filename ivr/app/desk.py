"""What the desks' API works with, out of a house."""

from __future__ import annotations

from ivr.app.house import House
from ivr.desk.api.desk import Desk, HotlineNow
from ivr.store.rates import RedisRates
from ivr.store.records.rules import rules_of


def desk_of(house: House) -> Desk:
    works = house.works

    def hotline(name: str) -> HotlineNow | None:
        now = works.shelf.current(name)
        if now is None:
            return None
        return HotlineNow(now.file.timezone, tuple(now.queues.queues), now.version, tuple(rules_of(now.handoff)))

    rates, clock = RedisRates(works.client), works.outside.clock
    return Desk(works.agents, works.line, rates, house.engine, clock, hotline, works.closings)
