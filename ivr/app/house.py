"""A running server's parts, built from its settings and joined."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import redis

from ivr.app.promises import SqlPromises
from ivr.app.ringers import LocalRinger, LoggedTexts, TwilioRinger, TwilioTexts
from ivr.call.codec import to_json
from ivr.call.events import Event, HungUp
from ivr.channels.twilio.rest import Carrier
from ivr.channels.twilio.urls import Urls
from ivr.connectors.registry import OpenConnector
from ivr.connectors.runner import Runner
from ivr.ears import HotlineEars
from ivr.flow.hotline import Hotline
from ivr.flow.load import BadHotline, assemble, load
from ivr.kit import standard_kit
from ivr.runtime.chores import ChoreWorker
from ivr.runtime.conductor import Conductor, World
from ivr.runtime.rounds import Round
from ivr.runtime.shelf import Shelf
from ivr.runtime.switchboard import Switchboard
from ivr.settings import Settings
from ivr.store.agents import RedisAgents
from ivr.store.calls import RedisCalls
from ivr.store.chores import Chores
from ivr.store.connect import connect
from ivr.store.embedded import url_of
from ivr.store.line import RedisLine
from ivr.store.offers import RedisOffers
from ivr.store.records.database import create_engine_for
from ivr.store.records.reader import RecordsReader
from ivr.store.records.writer import RecordsWriter
from ivr.store.versions import RedisVersions
from ivr.wiring import declare_agents, open_connectors

log = logging.getLogger(__name__)

STALE_S = 900.0
"""A running call with no event for so long has ended without our hearing of it: every prompt comes round sooner."""
TALK_STALE_S = 4 * 3600.0
DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class House:
    """Everything a worker process works with."""

    settings: Settings
    client: redis.Redis
    conductor: Conductor
    switchboard: Switchboard
    offers: RedisOffers
    agents: RedisAgents
    ears: HotlineEars
    runner: Runner
    chores: ChoreWorker
    writer: RecordsWriter
    records: RecordsReader
    promises: SqlPromises
    urls: Urls
    env: Mapping[str, str]

    def rounds(self) -> list[Round]:
        """What is done beside the calls; every worker does it, and each step of it is safe to be done twice."""
        names = self.conductor.shelf.names()
        found = [Round("records", lambda: self.writer.step(time.time()), 0.1)]
        for name in names:
            queue = Chores(self.client, name)
            found.append(Round(f"chores of {name}", partial(self.chores.work, queue, block_ms=200), 0.0))
            found.append(Round(f"line of {name}", partial(self.switchboard.round, name), 0.4))
            found.append(Round(f"sweep of {name}", partial(self.sweep, name), 30.0))
        found.append(Round("versions", self.renew_versions, DAY_S / 4))
        return found

    def sweep(self, name: str) -> int:
        """Close calls whose end nobody told us of."""
        stale = self.conductor.world.calls.stale(name, time.time() - STALE_S)
        talking = {agent.call for agent in self.agents.all(name, now=time.time()) if agent.call}
        closed = 0
        for call in stale:
            if call not in talking:
                log.warning("call %s: no news for %.0f minutes; it is closed", call, STALE_S / 60)
                self.conductor.tell(name, call, HungUp())
                closed += 1
        return closed

    def renew_versions(self) -> None:
        for name in self.conductor.shelf.names():
            hotline = self.conductor.shelf.current(name)
            if hotline is not None:
                self.conductor.shelf.put(hotline)

    def take_in(self, hotline: Hotline) -> None:
        """Serve a new version of a hotline: its ears, agents and connectors first, then its calls."""
        self.ears.recogniser(hotline)
        declare_agents(self.agents, hotline, now=time.time())
        shelf = self.conductor.shelf
        others = {name: shelf.current(name) for name in shelf.names()}
        known = [one for one in {**others, hotline.name: hotline}.values() if one is not None]
        self.runner.replace(_connectors(known, self.settings, self.env))
        shelf.put(hotline)

    def close(self) -> None:
        self.runner.close()
        self.writer.close()
        self.client.close()


def build(settings: Settings, env: Mapping[str, str]) -> House:
    """Raises BadHotline, SettingsError or StoreDown, each with a sentence for the person who can mend it."""
    kit = standard_kit()
    hotlines = [load(path, kit) for path in settings.hotlines]
    client = connect(settings.redis_url or url_of(settings.data / "redis"), timeout_s=0.7)
    calls, line, offers, agents = RedisCalls(client), RedisLine(client), RedisOffers(client), RedisAgents(client)

    def late(hotline: str, call: str, once: str, event: Event) -> None:
        calls.keep_answer(hotline, call, once, to_json(event))

    def assembled(files: Mapping[str, bytes], sounds: Mapping[str, float]) -> Hotline:
        loaded = assemble(files, sounds, kit)
        if loaded.hotline is None:
            raise BadHotline(loaded.faults)
        return loaded.hotline

    runner = Runner(_connectors(hotlines, settings, env), late=late)
    ears = HotlineEars()
    shelf = Shelf(hotlines, RedisVersions(client), assembled)
    conductor = Conductor(shelf, World(calls, runner, ears, line, time.time, time.sleep))
    urls = Urls(settings.public_url or f"http://{settings.host}:{settings.port}")
    carrier = _carrier(settings)
    engine = create_engine_for(settings.records_url)
    promises = SqlPromises(engine, settings.data / "voicemail", carrier)
    ringer = TwilioRinger(carrier, urls) if carrier else LocalRinger()
    for hotline in hotlines:
        ears.recogniser(hotline)
        declare_agents(agents, hotline, now=time.time())
    return House(
        settings=settings,
        client=client,
        conductor=conductor,
        switchboard=Switchboard(conductor, offers, ringer, time.time),
        offers=offers,
        agents=agents,
        ears=ears,
        runner=runner,
        chores=ChoreWorker(shelf, line, TwilioTexts(carrier) if carrier else LoggedTexts(), promises, time.time),
        writer=RecordsWriter(client, engine, [hotline.name for hotline in hotlines]),
        records=RecordsReader(engine),
        promises=promises,
        urls=urls,
        env=env,
    )


def _carrier(settings: Settings) -> Carrier | None:
    if settings.twilio_account is None or settings.twilio_token is None:
        return None
    return Carrier(settings.twilio_account, settings.twilio_token, settings.twilio_api_base)


def _connectors(
    hotlines: list[Hotline], settings: Settings, env: Mapping[str, str]
) -> dict[str, dict[str, OpenConnector]]:
    return {
        hotline.name: open_connectors(
            hotline,
            home=settings.data / "company" / hotline.name,
            env=env,
            today=datetime.now(ZoneInfo(hotline.file.timezone)).date(),
        )
        for hotline in hotlines
    }
