"""A whole hotline on a virtual clock: the real conductor, store, rules and connectors; texts and rings are caught."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from ivr.call.entries import Entry
from ivr.call.tasks import BookCallback, FollowUp, KeepVoicemail
from ivr.flow.hotline import Hotline
from ivr.flow.kit import Kit
from ivr.flow.numbers import can_get_texts
from ivr.runtime.chores import Due, callback_name
from ivr.runtime.ports import Lookups
from ivr.runtime.switchboard import Offer
from ivr.sim.callers import Callers
from ivr.sim.cloud.clock import Time, VirtualClock
from ivr.sim.people import People
from ivr.sim.stubs import REAL_PATIENCE_S, StubbedLookups
from ivr.store import keys
from ivr.store.guard import guard
from ivr.wiring.works import Outside, Works


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message that was sent."""

    to: str
    text: str
    sender: str


class Rehearsal:
    """Build one on an empty Redis database; it flushes that database first."""

    at_once = 4  # as on the local line

    def __init__(self, hotlines: Iterable[Hotline], client: redis.Redis, clock: Time, kit: Kit, *, home: Path) -> None:
        client.flushdb()
        self.client, self.clock = client, clock
        self.texts: list[Sms] = []
        self.callbacks: list[BookCallback] = []
        self.voicemails: list[KeepVoicemail] = []
        self.follow_ups: list[FollowUp] = []
        self.rings: list[Offer] = []
        self._calls = itertools.count(1)
        self._promised: dict[tuple[str, str], str] = {}
        self.callers = self.who_is_called_back()
        outside = Outside(
            clock=clock,
            pause=self.pass_time,
            ringer=self,
            texts=self,
            promises=self,
            home=home,
            env={},
            between=self._stubbed,
            dialler=self.callers,
        )
        self.works = Works(list(hotlines), client, kit, outside)
        self.shelf, self.conductor, self.line = self.works.shelf, self.works.conductor, self.works.line
        self.offers, self.agents, self.switchboard = self.works.offers, self.works.agents, self.works.switchboard
        self.people = People(self)

    def _stubbed(self, real: Lookups) -> Lookups:
        def keep(hotline: str, call: str, once: str, answer: bytes) -> None:
            self.works.calls.keep_answer(hotline, call, once, answer)

        patience_s = REAL_PATIENCE_S if isinstance(self.clock, VirtualClock) else 0.0
        self.lookups = StubbedLookups(real, self.clock, keep, patience_s=patience_s)
        return self.lookups

    def who_is_called_back(self) -> Callers:
        return Callers(self)

    def new_call(self) -> str:
        """A name for the next call of this rehearsal."""
        return f"sim-{next(self._calls)}"

    # --- time ------------------------------------------------------------------------------------------

    def pass_time(self, seconds: float) -> None:
        """Let the virtual clock run; late lookups arrive when their time has come."""
        self.clock.advance(seconds)
        self.lookups.catch_up()

    def settle(self) -> None:
        """Do the chores that the last turn left."""
        for name in self.shelf.names():
            while self._has_chores(name) and self.works.do_chores(name):
                pass

    def _has_chores(self, name: str) -> bool:
        """Most turns leave none, and asking for them in earnest costs more. Raises StoreDown."""
        with guard():
            pipe = self.client.pipeline(transaction=False)
            pipe.xlen(keys.chores(name))
            pipe.zcard(keys.chores_later(name))
            return any(pipe.execute())

    # --- what a test looks at ------------------------------------------------------------------------------

    def entries(self, hotline: str, call: str) -> list[Entry]:
        """The record of a call so far, in order."""
        found: Any = self.client.xrange(keys.events(hotline))
        return [Entry(**json.loads(fields[b"entry"])) for _, fields in found if fields[b"call"].decode() == call]

    # --- texts, promises and rings are caught here (Texts, Promises, Ringer) ----------------------------------

    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        assert can_get_texts(to), f"{to} can get no text message"
        self.texts.append(Sms(to, text, sender))

    def callback(self, due: Due, task: BookCallback, *, now: float) -> None:
        self.callbacks.append(task)
        self._promised[due.hotline, task.number] = callback_name(due)

    def callback_of(self, hotline: str, number: str) -> str:
        """How the last call promised there stands, or why it is over; empty where none was promised."""
        name = self._promised.get((hotline, number), "")
        found = self.works.callbacks.find(hotline, name, now=self.clock())
        return "" if found is None else found.why or found.state

    def follow_up(self, due: Due, task: FollowUp, *, now: float) -> None:
        self.follow_ups.append(task)

    def voicemail(self, due: Due, task: KeepVoicemail, *, now: float) -> None:
        self.voicemails.append(task)

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        self.rings.append(offer)
        return f"leg-{offer.token}"

    def cancel(self, offer: Offer) -> bool:
        self.rings = [ring for ring in self.rings if ring.token != offer.token]
        return False

    def fetch(self, hotline: str, call: str) -> None:
        """Simulated lines look for themselves."""

    def share(self, hotline: str, call: str, room: str) -> None:
        """A simulated room ends with its caller only."""

    def close(self) -> None:
        self.works.close()
