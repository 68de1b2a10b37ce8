"""One person who answers several hotlines: who talks for one of them is rung by no other.

Each hotline's line stands for itself in the store, so a person is known there by the phone that rings. Taking a call
pauses him everywhere else, which also silences a phone that rings for another hotline and gives its caller back; a look
at each hotline's line ends the pause when the talk is over, whichever worker made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ivr.flow.hotline import Hotline
from ivr.runtime.ports import Clock

TALKS_FOR = "talks for "
"""How the reason of such a pause begins; the hotline's name follows."""
AT_WORK = frozenset({"ready", "reserved", "wrap_up"})


class Agent(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def phone(self) -> str: ...


class Staff(Protocol):
    """The people of a hotline. StoreDown when Redis does not answer."""

    def all(self, hotline: str, *, now: float) -> Sequence[Agent]: ...
    def pause(self, hotline: str, agent: str, reason: str, *, now: float) -> object: ...
    def sign_in(self, hotline: str, agent: str, *, now: float) -> object: ...


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What of the other hotlines matters when somebody takes a call."""

    hotlines: Callable[[], Iterable[Hotline]]
    staff: Staff
    clock: Clock

    def taken(self, hotline: str, phone: str) -> None:
        """Who answers this phone has taken a call of that hotline."""
        for other, agent in self._others(hotline, phone):
            if agent.state in AT_WORK:
                self.staff.pause(other, agent.name, TALKS_FOR + hotline, now=self.clock())

    def round(self, hotline: str) -> None:
        """Bring back those whose talk for another hotline is over."""
        if not self._shares_phones(hotline):
            return
        for agent in self.staff.all(hotline, now=self.clock()):
            if agent.state == "paused" and agent.reason.startswith(TALKS_FOR):
                there = self.staff.all(agent.reason.removeprefix(TALKS_FOR), now=self.clock())
                if not any(one.phone == agent.phone and one.state == "on_call" for one in there):
                    self.staff.sign_in(hotline, agent.name, now=self.clock())

    def _others(self, hotline: str, phone: str) -> Iterator[tuple[str, Agent]]:
        for other in self.hotlines():
            if other.name != hotline and self._shares_phones(other.name):
                yield from (
                    (other.name, one) for one in self.staff.all(other.name, now=self.clock()) if one.phone == phone
                )

    def _shares_phones(self, hotline: str) -> bool:
        """Most hotlines share nobody, and are asked nothing."""
        phones = {one.name: {agent.phone for agent in one.queues.agents.values()} for one in self.hotlines()}
        own = phones.pop(hotline, set())
        return any(own & others for others in phones.values())
