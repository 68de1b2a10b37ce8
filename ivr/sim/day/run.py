"""Plays a day and reads what it left behind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ivr.call.entries import Entry
from ivr.flow.hotline import Hotline
from ivr.sim.day.calling_back import Promise
from ivr.sim.day.facts import facts
from ivr.sim.day.house import House, Scene
from ivr.sim.day.invariants import Broken, broken_by_call, broken_by_line, broken_by_talks
from ivr.sim.day.result import Desk, Promised, Result
from ivr.sim.day.written import Day
from ivr.store import keys
from ivr.wiring.worth import worth_of

ROWS_AT_ONCE = 10_000
CALLBACK = re.compile(r"\b(day-\d+(?:-\d+)?)\.\d+-\d+")
"""The store names a callback after its call and its own clock."""


def play_day(hotline: Hotline, day: Day, scene: Scene) -> Result:
    """From the first call to the last. Raises SettingsError, or StoreDown where Redis does not answer."""
    house = House(hotline, day, scene)
    try:
        house.play()
        return result_of(house)
    finally:
        house.close()


def result_of(house: House) -> Result:
    calls = facts(rows(house), house.midnight)
    broken: list[Broken] = []
    for call in calls.values():
        broken += broken_by_call(call, house.hotline)
    broken += broken_by_talks(calls.values())
    now = house.clock()
    waiting = {
        queue: [one.call for one in house.works.line.look(house.name, queue, now=now) if not one.number]
        for queue in house.hotline.queues.queues
    }
    broken += broken_by_line(waiting, house.works.agents.all(house.name, now=now))
    for _ in range(house.looks_in_vain):
        broken.append(Broken("the line is looked at in time", "", "an agent was free for a caller, and nobody rang"))
    desks = [Desk(one.name, one.talks, one.missed, one.there, one.busy) for one in house.desks.values()]
    return Result(
        day=house.day,
        hotline=house.name,
        version=house.hotline.version,
        calls=calls,
        desks=desks,
        promised=[_promised(one, house) for one in house.calling_back.promises.values()],
        broken=broken,
        transcripts={call: phone.transcript.shown() for call, phone in house.phones.items()},
        turns=house.turns,
        worth=worth_of(house.hotline),
        quiet_days=house.hotline.file.goals.solved_if_quiet_days,
    )


def _promised(one: Promise, house: House) -> Promised:
    found = house.works.callbacks.find(house.name, one.name, now=house.clock())
    end = (found.why or found.state) if found else "listed"
    waited_s = 0.0 if one.reached_at is None else round(one.reached_at - one.at, 3)
    return Promised(one.call, one.queue, end, one.reached_at is not None, waited_s)


def rows(house: House) -> Iterator[tuple[str, Entry]]:
    """All that was written down, in order; callbacks by names that are the same each time the day is played."""
    last = "-"
    while True:
        found: Any = house.client.xrange(keys.events(house.name), min=last, count=ROWS_AT_ONCE)
        for _, fields in found:
            yield fields[b"call"].decode(), Entry(**json.loads(CALLBACK.sub(r"\1.back", fields[b"entry"].decode())))
        if len(found) < ROWS_AT_ONCE:
            return
        last = f"({found[-1][0].decode()}"
