"""The hotline on its day: engine, conductor, store, line and switchboard are the real ones; time, chance, callers and
agents are those of the day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import redis

from ivr.call.codec import unpack_state
from ivr.call.events import Event, Placed
from ivr.call.state import CallState
from ivr.call.tasks import BookCallback, FollowUp, KeepVoicemail, LeaveLine, TakePlace
from ivr.call.turns import Opened, Saved
from ivr.ears import HotlineEars
from ivr.flow.hotline import Hotline
from ivr.flow.kit import Kit
from ivr.runtime.chores import AT_ONCE, Due, callback_name
from ivr.runtime.switchboard import Offer
from ivr.sim.day.arrivals import callers
from ivr.sim.day.calling_back import CallingBack, Promise
from ivr.sim.day.chance import Chance
from ivr.sim.day.desk import A_MOMENT_S, Desk
from ivr.sim.day.in_line import agents_for, moments_s
from ivr.sim.day.loop import AFTERWARDS, DayClock, Loop
from ivr.sim.day.phone import Phone
from ivr.sim.day.reading import names_of, staffed
from ivr.sim.day.seams import LikeLookups, QuickEars
from ivr.sim.day.written import Day
from ivr.store.calls import RedisCalls
from ivr.store.line import RedisLine
from ivr.wiring.works import Outside, Works

SOON_S = 0.02
"""How long a worker takes to come to a chore of the line, and to look at the line after something has changed. A look
that could neither ring nor silence anybody is spared."""
AT_LEISURE_S = 120.0
"""Texts and what is remembered of callers change nothing on the line; of many calls they are done at once."""
NET_EVERY_S = 900.0
"""The line is looked at when something has changed; so often also when nothing has, as long as somebody is there."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where days are played."""

    client: redis.Redis
    """Of a database that each day empties."""
    kit: Kit
    home: Path
    """Where connectors keep their files: as new for each day."""
    ears: HotlineEars
    """What they learnt of a version of a hotline serves all its days."""


class SeenCalls(RedisCalls):
    """The memory of calls, which tells what each turn left behind."""

    def __init__(self, client: redis.Redis, house: House) -> None:
        super().__init__(client)
        self._house = house

    def commit(self, opened: Opened, saved: Saved, *, now: float) -> bool:
        done = super().commit(opened, saved, now=now)
        if done:
            self._house.turn_taken(opened.call, saved)
        return done


class SeenLine(RedisLine):
    """The line, which tells who has joined it."""

    def __init__(self, client: redis.Redis, house: House) -> None:
        super().__init__(client)
        self._house = house

    def take(self, hotline: str, call: str, task: TakePlace, *, now: float) -> Event:
        answer = super().take(hotline, call, task, now=now)
        if task.ready and isinstance(answer, Placed):
            self._house.in_line(call, task)
        return answer


class House:
    """One day. Build it on an empty Redis database; it flushes that database first."""

    at_once = 4  # as on the local line

    def __init__(self, hotline: Hotline, day: Day, scene: Scene) -> None:
        client = scene.client
        client.flushdb()
        self.day, self.hotline, self.client = day, staffed(hotline, day), client
        self.name = hotline.name
        self.called = next(iter(hotline.file.numbers), "")
        zone = ZoneInfo(hotline.file.timezone)
        self.midnight = datetime.fromisoformat(day.date).replace(tzinfo=zone).timestamp()
        self.chance = Chance(day.seed)
        self.callers = callers(day, hotline, self.chance)
        first = min([self.callers[0].at] if self.callers else [0.0])
        self.clock = DayClock(self.midnight + min(first, 0.0))
        self.loop = Loop(self.clock)
        self.phones: dict[str, Phone] = {}
        self.desks: dict[str, Desk] = {}
        self.calling_back = CallingBack(self)
        self.voicemails: list[str] = []
        self.turns = self.looks = self.looks_in_vain = 0
        self.net_every_s = NET_EVERY_S
        self._states: dict[str, bytes] = {}
        self._chores = ""
        """soon, at leisure, or empty for none."""
        self._looking = False
        like = {caller.number: caller.like for caller in self.callers if caller.like}
        outside = Outside(
            clock=self.clock,
            pause=self.clock.advance,
            ringer=self,
            dialler=self.calling_back,
            texts=self,
            promises=self,
            home=scene.home,
            env={},
            between=lambda lookups: LikeLookups(lookups, like),
        )
        self.works = Works([self.hotline], client, scene.kit, outside)
        self.conductor, self.switchboard = self.works.conductor, self.works.switchboard
        seen = replace(self.conductor.world, calls=SeenCalls(client, self), line=SeenLine(client, self))
        self.conductor.world = replace(seen, ears=QuickEars(scene.ears))
        scene.ears.trained(self.hotline)

    def play(self) -> None:
        """From the first caller's call until nobody is on the line and nobody at work."""
        for caller in self.callers:
            self.loop.at(self.midnight + caller.at, self._dials, Phone(self, caller, 1))
        for name, staff in self.day.agents.items():
            for n, one in enumerate(names_of(name, staff)):
                self.desks[one] = Desk(self, one, staff, staff.stagger_s * n)
        self._looks_by_itself()
        self.loop.run()

    @property
    def last_at(self) -> float:
        """When the last caller has come and the last agent is gone, in seconds since midnight."""
        return max([self.callers[-1].at if self.callers else 0.0, *(desk.gone_at for desk in self.desks.values())])

    def close(self) -> None:
        self.works.close()

    # --- what callers do --------------------------------------------------------------------------------------

    def _dials(self, phone: Phone) -> None:
        self.phones[phone.call] = phone
        phone.dial()

    def call_over(self, phone: Phone) -> None:
        again = phone.caller.who.calls_again
        if again is None or not phone.gave_up or phone.attempt > again.at_most:
            return
        draw = phone.mind.draw("calls again")
        if draw.random() < again.share:
            later = Phone(self, phone.caller, phone.attempt + 1)
            self.loop.later(again.after_s.drawn(draw), self._dials, later)

    def state_of(self, call: str) -> CallState:
        """As the last turn left it."""
        return unpack_state(self._states[call])

    def turn_taken(self, call: str, saved: Saved) -> None:
        self.turns += 1
        self._states[call] = saved.state
        if any(isinstance(chore, LeaveLine) for chore in saved.chores):
            self._chores = "soon"
            self.look_soon()
        elif saved.chores and not self._chores:
            self._chores = "at leisure"
            self.loop.later(AT_LEISURE_S, self._do_chores, rank=AFTERWARDS)

    # --- the line -----------------------------------------------------------------------------------------------

    def look_soon(self) -> None:
        """Something has changed: chores are to be done, and perhaps somebody can be rung."""
        if not self._looking:
            self._looking = True
            self.loop.later(SOON_S, self._look, rank=AFTERWARDS)

    def _do_chores(self) -> None:
        if self._chores:
            self._chores = ""
            while self.works.do_chores(self.name) == AT_ONCE:
                pass

    def _look(self) -> None:
        self._looking = False
        if self._chores == "soon":
            self._do_chores()
        if any(desk.is_free or desk.is_rung for desk in self.desks.values()):
            self.looks += 1
            self.switchboard.round(self.name)

    def in_line(self, name: str, place: TakePlace) -> None:
        """A caller, or a promised call, has joined the line."""
        agents = agents_for(place, self.hotline)
        for after_s in moments_s(place):
            self.loop.later(after_s and after_s + A_MOMENT_S, self._look_for, name, agents)

    def _look_for(self, name: str, agents: Collection[str]) -> None:
        if self._waits(name) and any(self.desks[one].is_free for one in agents if one in self.desks):
            self.look_soon()

    def _waits(self, name: str) -> bool:
        promise = self.calling_back.promises.get(name)
        if promise is not None:
            return promise.reached_at is None
        state = self.state_of(name)
        return state.place is not None and state.agent is None

    def _looks_by_itself(self) -> None:
        """A net below all this: what it finds was missed, and is counted."""
        if not self._looking and self._chores != "soon":
            self.looks_in_vain += self.switchboard.round(self.name)
        now = self.clock() - self.midnight
        if any(not phone.over for phone in self.phones.values()) or now < self.last_at:
            self.loop.later(self.net_every_s, self._looks_by_itself, rank=AFTERWARDS)

    # --- Ringer -------------------------------------------------------------------------------------------------

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        self.desks[offer.agent].rings(offer, hotline.queues.queues[offer.queue].ring_s)
        return f"leg-{offer.token}"

    def cancel(self, offer: Offer) -> bool:
        self.desks[offer.agent].silenced(offer.token)
        return False

    def fetch(self, hotline: str, call: str) -> None:
        self.phones[call].look()

    def share(self, hotline: str, call: str, room: str) -> None:
        """Nobody brings experts in on such a day."""

    # --- Texts, Promises ----------------------------------------------------------------------------------------

    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        """Texts stand in the records."""

    def callback(self, due: Due, task: BookCallback, *, now: float) -> None:
        name = callback_name(due)
        self.calling_back.promises[name] = Promise(name, due.call, str(task.queue), now)
        if task.place is not None:
            self.in_line(name, task.place)

    def follow_up(self, due: Due, task: FollowUp, *, now: float) -> None:
        """Follow-ups stand in the records."""

    def voicemail(self, due: Due, task: KeepVoicemail, *, now: float) -> None:
        self.voicemails.append(due.call)
