"""What the desks' API works with, out of a house."""

from __future__ import annotations

from ivr.app.house import House
from ivr.desk.api.desk import Desk, HotlineNow
from ivr.store.preferences import RedisPreferences
from ivr.store.rates import RedisRates
from ivr.store.records.counts import Served
from ivr.store.records.rules import rules_of
from ivr.store.told import RedisTold
from ivr.wiring.worth import worth_of


def desk_of(house: House) -> Desk:
    works = house.works

    def hotline(name: str) -> HotlineNow | None:
        now = works.shelf.current(name)
        if now is None:
            return None
        served, quiet_days = Served(now.version, tuple(rules_of(now))), now.file.goals.solved_if_quiet_days
        kept = now.file.preferences
        half_life_days = kept.half_life_days if kept is not None else None
        places = (now.file.timezone, tuple(now.queues.queues))
        return HotlineNow(*places, served, worth_of(now), quiet_days, now.file.languages, half_life_days)

    rates, clock = RedisRates(works.client), works.outside.clock
    told = RedisTold(works.client)
    parts = (works.closings, told, works.talks, RedisPreferences(works.client))
    return Desk(works.agents, works.line, rates, house.engine, clock, hotline, *parts)
