"""Hotlines with everything behind their calls, put together once: a server and a rehearsal differ in `Outside` only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import redis

from ivr.call.codec import to_json
from ivr.call.events import Event
from ivr.connectors.registry import OpenConnector
from ivr.connectors.runner import Runner
from ivr.ears import HotlineEars
from ivr.errors import SettingsError
from ivr.flow.hotline import Hotline
from ivr.flow.kit import Kit
from ivr.flow.load import BadHotline, assemble
from ivr.runtime.behind import Behind
from ivr.runtime.callbacks import CallBack, Dialler
from ivr.runtime.chores import ChoreWorker, Keeps, Promises, Texts
from ivr.runtime.conductor import Conductor, World
from ivr.runtime.elsewhere import Elsewhere
from ivr.runtime.ports import Clock, Lookups
from ivr.runtime.shelf import Shelf
from ivr.runtime.switchboard import Ringer, Switchboard
from ivr.store.agents import RedisAgents
from ivr.store.callbacks import RedisCallbacks
from ivr.store.chores import Chores
from ivr.store.closings import RedisClosings
from ivr.store.line import RedisLine
from ivr.store.memory import RedisMemory
from ivr.store.offers import RedisOffers
from ivr.store.old_lines import let_go_of_old_lines
from ivr.store.versions import RedisVersions
from ivr.wiring.alone import ByHand
from ivr.wiring.counted import CountedCalls
from ivr.wiring.opening import declare_agents, open_connectors


@dataclass(frozen=True, slots=True)
class Outside:
    """What is real in a server and rehearsed in a rehearsal."""

    clock: Clock
    pause: Callable[[float], None]
    """Sleeps that many seconds, or lets a virtual clock run."""
    ringer: Ringer
    texts: Texts
    promises: Promises
    home: Path
    """Below it connectors keep their files, in a directory for each hotline."""
    env: Mapping[str, str]
    """Where connectors find their secrets."""
    between: Callable[[Lookups], Lookups] = lambda lookups: lookups
    """Stands between the engine and the lookups: answers some of them itself."""
    models: Path | None = None
    """Where models of meanings lie; None, in a rehearsal, compares words alone: the same on every machine."""
    dialler: Dialler = field(default_factory=ByHand)
    """Rings those who are called back."""


class Works:
    """The hotlines that one process works on. Any number of processes may share a store."""

    def __init__(self, hotlines: Sequence[Hotline], client: redis.Redis, kit: Kit, outside: Outside) -> None:
        """Raises SettingsError, or StoreDown where Redis does not answer."""
        _all_different(hotlines)
        self.client, self.kit, self.outside = client, kit, outside
        self.calls, self.line, self.memory = CountedCalls(client), RedisLine(client), RedisMemory(client)
        self.offers, self.agents = RedisOffers(client), RedisAgents(client)
        self.closings = RedisClosings(client)
        self.ears = HotlineEars(outside.models)
        self._open = {hotline.name: self._connectors(hotline) for hotline in hotlines}
        self.runner = Runner(self._open, late=self._late)
        self.shelf = Shelf(hotlines, RedisVersions(client), partial(assembled, kit=kit))
        lookups = outside.between(self.runner)
        world = World(self.calls, lookups, self.ears, self.line, self.memory, outside.clock, outside.pause)
        self.conductor = Conductor(self.shelf, world)
        self.callbacks = RedisCallbacks(client)
        self.back = CallBack(self.shelf.current, self.callbacks, outside.dialler, outside.clock)
        behind = Behind(self.agents, self.closings, self.back)
        self.switchboard = Switchboard(self.conductor, self.offers, outside.ringer, outside.clock, behind)
        self.talks = self.switchboard.talks
        self.switchboard.elsewhere = Elsewhere(self._served, self.agents, outside.clock)
        self.chores = {hotline.name: Chores(client, hotline.name) for hotline in hotlines}
        self.worker = ChoreWorker(
            self.shelf,
            Keeps(self.line, self.callbacks),
            outside.texts,
            outside.promises,
            outside.clock,
        )
        for hotline in hotlines:
            let_go_of_old_lines(client, hotline.name)
            declare_agents(self.agents, hotline, now=outside.clock())

    def _served(self) -> list[Hotline]:
        found = (self.shelf.current(name) for name in self.shelf.names())
        return [hotline for hotline in found if hotline is not None]

    def warm(self) -> None:
        """Learn now what the first call would have to wait for."""
        for name in self.shelf.names():
            hotline = self.shelf.current(name)
            if hotline is not None:
                self.ears.trained(hotline)

    def take_in(self, hotline: Hotline) -> None:
        """Serve a new version of a hotline. Raises SettingsError, HostError or StoreDown; then all stays as it was."""
        opened = self._connectors(hotline)
        self.ears.trained(hotline)
        try:
            self.shelf.put(hotline)
        except BaseException:
            for connector in opened.values():
                connector.close()
            raise
        self._open = {**self._open, hotline.name: opened}
        self.runner.replace(self._open)
        declare_agents(self.agents, hotline, now=self.outside.clock())

    def do_chores(self, name: str, *, block_ms: int | None = None) -> int:
        """Do what is due for a hotline; how many chores were tried. Raises StoreDown."""
        return self.worker.work(self.chores[name], block_ms=block_ms)

    def close(self) -> None:
        self.runner.close()

    def _late(self, hotline: str, call: str, once: str, event: Event) -> None:
        self.calls.keep_answer(hotline, call, once, to_json(event))

    def _connectors(self, hotline: Hotline) -> dict[str, OpenConnector]:
        outside = self.outside
        today = datetime.fromtimestamp(outside.clock(), ZoneInfo(hotline.file.timezone)).date()
        return open_connectors(hotline, home=outside.home / hotline.name, env=outside.env, today=today)


def assembled(files: Mapping[str, bytes], sounds: Mapping[str, float], *, kit: Kit) -> Hotline:
    """A hotline from its files' contents. Raises BadHotline."""
    loaded = assemble(files, sounds, kit)
    if loaded.hotline is None:
        raise BadHotline(loaded.faults)
    return loaded.hotline


def _all_different(hotlines: Sequence[Hotline]) -> None:
    names = [hotline.name for hotline in hotlines]
    for name in names:
        if names.count(name) > 1:
            raise SettingsError(f"two folders hold a hotline called {name!r}; change `hotline:` in one hotline.yaml")
