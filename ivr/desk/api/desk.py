"""What the API works with, made once a process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import sqlalchemy as sa

from ivr.runtime.ports import Clock
from ivr.runtime.talks import Talks
from ivr.store.agents import RedisAgents
from ivr.store.closings import RedisClosings
from ivr.store.line import RedisLine
from ivr.store.preferences import RedisPreferences
from ivr.store.rates import RedisRates
from ivr.store.records.counts import Served
from ivr.store.records.goals import Worth
from ivr.store.records.promises import PromiseBook
from ivr.store.records.reader import RecordsReader
from ivr.store.records.tokens import Token, TokenBook
from ivr.store.records.traffic import TrafficLog
from ivr.store.records.transcripts import TranscriptBook
from ivr.store.told import RedisTold


@dataclass(frozen=True, slots=True)
class HotlineNow:
    """What the API wants to know of a hotline's files."""

    timezone: str
    queues: tuple[str, ...]
    served: Served
    """The version, and its rules."""
    worth: Worth
    quiet_days: int
    """Days without another call for the same wish that count as solved."""
    languages: tuple[str, ...]
    half_life_days: float | None
    """Of what callers prefer, in days; None: nothing of that is kept."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Safe for many threads."""

    agents: RedisAgents
    line: RedisLine
    rates: RedisRates
    engine: sa.Engine
    clock: Clock
    hotline: Callable[[str], HotlineNow | None]
    """None for one that is not served here."""
    closings: RedisClosings
    told: RedisTold
    talks: Talks
    prefers: RedisPreferences
    tokens: TokenBook = field(init=False)
    reader: RecordsReader = field(init=False)
    promises: PromiseBook = field(init=False)
    transcripts: TranscriptBook = field(init=False)
    _logs: dict[str, TrafficLog] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for name, made in {
            "tokens": TokenBook(self.engine),
            "reader": RecordsReader(self.engine),
            "promises": PromiseBook(self.engine),
            "transcripts": TranscriptBook(self.engine),
            "_logs": {},
        }.items():
            object.__setattr__(self, name, made)

    def log(self, hotline: str) -> TrafficLog:
        """What came to a hotline's queues, kept from one request to the next."""
        return self._logs.setdefault(hotline, TrafficLog(self.engine, hotline))


@dataclass(frozen=True, slots=True)
class Ask:
    """One request that was let in."""

    desk: Desk
    who: Token
    now: float

    @property
    def hotline(self) -> str:
        """The only one whose data this request may see."""
        return self.who.hotline

    @property
    def known(self) -> HotlineNow:
        """Of the hotline's files."""
        found = self.desk.hotline(self.hotline)
        assert found is not None, "the door lets nobody in whose hotline is not served"
        return found

    @property
    def sees_all(self) -> bool:
        """Not only what is the asking agent's own."""
        return self.who.role != "agent"
