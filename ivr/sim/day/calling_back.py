"""Callers who are rung back: they answer and press 1, or are not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivr.flow.hotline import Hotline
from ivr.sim.cloud.timing import spoken_s
from ivr.sim.day.desk import A_MOMENT_S

if TYPE_CHECKING:
    from ivr.sim.day.house import House
    from ivr.sim.day.phone import Phone

ANSWERS_S = (3.0, 12.0)
"""From the first ring to the caller's hello."""
PRESSES_S = (0.5, 2.0)


@dataclass(slots=True)
class Promise:
    """A callback that was promised."""

    name: str
    """In line."""
    call: str
    queue: str
    at: float
    reached_at: float | None = None
    """When the agent and the caller first heard each other."""


class CallingBack:
    """Rings callers, as a carrier does (`runtime.callbacks.Dialler`)."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.promises: dict[str, Promise] = {}
        self._legs = 0
        self._off: set[str] = set()

    def phone_of(self, name: str) -> Phone:
        """The call that asked for it."""
        return self.house.phones[name.partition(".")[0]]

    # --- Dialler --------------------------------------------------------------------------------------------

    def can_dial(self, name: str) -> bool:
        return True

    def dial(self, hotline: Hotline, name: str, number: str, ring_s: int) -> str:
        self._legs += 1
        leg = f"back-{self._legs}"
        phone = self.phone_of(name)
        draw = phone.mind.draw("called back", name.count("."), self._legs_of(name))
        there = draw.random() < phone.caller.who.answers_callbacks
        if any(other.caller.number == number and not other.over for other in self.house.phones.values()):
            self.house.loop.later(1.0, self._not_reached, name, leg, "busy")
        elif there:
            answers_s = min(round(draw.uniform(*ANSWERS_S), 3), float(ring_s))
            self.house.loop.later(answers_s, self._answers, name, leg, round(draw.uniform(*PRESSES_S), 3))
        else:
            self.house.loop.later(float(ring_s), self._not_reached, name, leg, "no-answer")
        return leg

    def end(self, leg: str) -> None:
        self._off.add(leg)

    def is_there(self, leg: str) -> bool:
        return leg not in self._off

    def _legs_of(self, name: str) -> int:
        one = self.house.works.callbacks.find(self.house.name, name, now=self.house.clock())
        return one.tries if one else 0

    # --- the caller ------------------------------------------------------------------------------------------

    def _answers(self, name: str, leg: str, presses_s: float) -> None:
        words = None if leg in self._off else self.house.works.back.greeting(self.house.name, name, leg)
        if words is None:
            return
        says_s = sum(spoken_s(say.text) / say.rate for say in words)
        self.house.loop.later(says_s + presses_s, self._confirms, name, leg)

    def _confirms(self, name: str, leg: str) -> None:
        if leg in self._off:
            return
        confirmed = self.house.works.back.confirm(self.house.name, name, leg)
        if confirmed is None:
            return
        if confirmed.token:
            self.house.works.switchboard.caller_confirmed(self.house.name, confirmed.token)
        self.house.look_soon()
        one = self.house.works.callbacks.find(self.house.name, name, now=self.house.clock())
        if one is not None and one.state == "connected":
            self.house.desks[one.agent].caller_is_there(one.token)

    def _not_reached(self, name: str, leg: str, why: str) -> None:
        if leg in self._off:
            return
        self.house.works.back.not_reached(self.house.name, name, leg, why)
        one = self.house.works.callbacks.find(self.house.name, name, now=self.house.clock())
        self.house.look_soon()
        if one is not None and one.state == "waiting" and one.wake < self.house.midnight + self.house.last_at:
            self.house.loop.at(one.wake + A_MOMENT_S, self.house.look_soon)

    def talks(self, name: str) -> None:
        """The two hear each other."""
        promise = self.promises.get(name)
        if promise is not None and promise.reached_at is None:
            promise.reached_at = self.house.clock()
