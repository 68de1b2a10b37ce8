"""A whole hotline on a virtual clock: the real conductor, store, rules and connectors; texts and rings are caught."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import redis

from ivr.call.codec import to_json
from ivr.call.entries import Entry
from ivr.call.tasks import BookCallback, KeepVoicemail
from ivr.connectors.runner import Runner
from ivr.ears import HotlineEars
from ivr.engine.names import textable
from ivr.flow.hotline import Hotline
from ivr.flow.kit import Kit
from ivr.flow.load import BadHotline, assemble
from ivr.runtime.chores import ChoreWorker, Due
from ivr.runtime.conductor import Conductor, World
from ivr.runtime.shelf import Shelf
from ivr.runtime.switchboard import Offer, Switchboard
from ivr.sim.cloud.clock import Time
from ivr.sim.people import People
from ivr.sim.stubs import StubbedLookups
from ivr.store import keys
from ivr.store.agents import RedisAgents
from ivr.store.calls import RedisCalls
from ivr.store.chores import Chores
from ivr.store.line import RedisLine
from ivr.store.offers import RedisOffers
from ivr.store.versions import RedisVersions
from ivr.wiring import declare_agents, open_connectors


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message that was sent."""

    to: str
    text: str
    sender: str


class Rehearsal:
    """Build one on an empty Redis database; it flushes that database first."""

    def __init__(self, hotlines: Iterable[Hotline], client: redis.Redis, clock: Time, kit: Kit, *, home: Path) -> None:
        client.flushdb()
        self.client, self.clock = client, clock
        self.texts: list[Sms] = []
        self.callbacks: list[BookCallback] = []
        self.voicemails: list[KeepVoicemail] = []
        self.rings: list[Offer] = []
        calls = RedisCalls(client)
        known = list(hotlines)
        self.runner = Runner(
            {
                hotline.name: open_connectors(hotline, home=home, env={}, today=_today(clock, hotline))
                for hotline in known
            },
            late=lambda hotline, call, once, event: calls.keep_answer(hotline, call, once, to_json(event)),
        )
        self.lookups = StubbedLookups(self.runner, clock, calls.keep_answer)
        self.line = RedisLine(client)
        world = World(calls, self.lookups, HotlineEars(), self.line, clock, self.pass_time)
        self.shelf = Shelf(known, RedisVersions(client), lambda files, sounds: _assembled(files, sounds, kit))
        self.conductor = Conductor(self.shelf, world)
        self.offers = RedisOffers(client)
        self.agents = RedisAgents(client)
        self.switchboard = Switchboard(self.conductor, self.offers, self, clock)
        self.people = People(self)
        self._chores = {hotline.name: Chores(client, hotline.name) for hotline in known}
        self._worker = ChoreWorker(self.shelf, self.line, self, self, clock)
        for hotline in known:
            declare_agents(self.agents, hotline, now=clock())

    # --- time ------------------------------------------------------------------------------------------

    def pass_time(self, seconds: float) -> None:
        """Let the virtual clock run; late lookups arrive when their time has come."""
        self.clock.advance(seconds)
        self.lookups.catch_up()

    def settle(self) -> None:
        """Do the chores that the last turn left."""
        for chores in self._chores.values():
            while self._worker.work(chores):
                pass

    # --- what a test looks at ------------------------------------------------------------------------------

    def entries(self, hotline: str, call: str) -> list[Entry]:
        """The record of a call so far, in order."""
        found: Any = self.client.xrange(keys.events(hotline))
        return [Entry(**json.loads(fields[b"entry"])) for _, fields in found if fields[b"call"].decode() == call]

    # --- texts, promises and rings are caught here (Texts, Promises, Ringer) ----------------------------------

    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        assert textable(to), f"{to} can get no text message"
        self.texts.append(Sms(to, text, sender))

    def callback(self, due: Due, task: BookCallback, *, now: float) -> None:
        self.callbacks.append(task)

    def voicemail(self, due: Due, task: KeepVoicemail, *, now: float) -> None:
        self.voicemails.append(task)

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        self.rings.append(offer)
        return f"leg-{offer.token}"

    def cancel(self, offer: Offer) -> None:
        self.rings = [ring for ring in self.rings if ring.token != offer.token]

    def fetch(self, hotline: str, call: str) -> None:
        """Simulated lines look for themselves."""

    def close(self) -> None:
        self.runner.close()


def _today(clock: Time, hotline: Hotline) -> date:
    return datetime.fromtimestamp(clock(), ZoneInfo(hotline.file.timezone)).date()


def _assembled(files: Mapping[str, bytes], sounds: Mapping[str, float], kit: Kit) -> Hotline:
    loaded = assemble(files, sounds, kit)
    if loaded.hotline is None:
        raise BadHotline(loaded.faults)
    return loaded.hotline
