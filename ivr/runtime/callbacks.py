"""Promised calls, made when their turn has come: an agent or the caller is rung, and the caller presses a key.

The store keeps where each one stands; every step here may be done twice, by two workers, or by another worker than the
one that began: see `store/callbacks.py`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from ivr.call.tasks import TakePlace
from ivr.call.verbs import Say
from ivr.errors import CarrierError, FlowError
from ivr.flow.callback_rules import CallbackRules
from ivr.flow.callbacks import polite_from
from ivr.flow.hotline import Hotline
from ivr.flow.skills import levels
from ivr.runtime.called_back import words
from ivr.runtime.ports import Clock

log = logging.getLogger(__name__)

AT_ONCE_S = 3600.0
"""Who asked for a call so short a time ago waits for it, at whatever hour."""

CALLER_FIRST_S = 75.0
"""An agent is kept for a caller who is rung first: for the rings, the words, and the key."""


class Callback(Protocol):
    """One promised call, as the store has it."""

    @property
    def name(self) -> str: ...
    @property
    def state(self) -> Literal["waiting", "reserved", "connected", "gone"]: ...
    @property
    def why(self) -> str: ...
    @property
    def queue(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def since(self) -> float: ...
    @property
    def booked_at(self) -> float: ...
    @property
    def tries(self) -> int: ...
    @property
    def rung_at(self) -> float: ...
    @property
    def leg(self) -> str: ...
    @property
    def confirmed(self) -> bool: ...
    @property
    def token(self) -> str: ...
    @property
    def context(self) -> dict[str, Any]: ...


class Callbacks(Protocol):
    """The store's atomic steps; each may be done twice and happens once. StoreDown when Redis does not answer."""

    def find(self, hotline: str, name: str, *, now: float) -> Callback | None: ...
    def live(self, hotline: str, *, now: float) -> Sequence[Callback]: ...
    def to_dial(self, hotline: str, name: str, *, now: float) -> bool: ...
    def dials(self, hotline: str, *, now: float) -> Sequence[Callback]: ...
    def rung(self, hotline: str, name: str, leg: str, *, now: float) -> bool: ...
    def confirm(self, hotline: str, name: str, leg: str, *, now: float) -> Callback | None: ...
    def again(
        self, hotline: str, name: str, leg: str | None, why: str, at: float, *, now: float, tries: int = ...
    ) -> bool: ...
    def drop(self, hotline: str, name: str, why: str, *, now: float) -> bool: ...
    def book(self, hotline: str, name: str, task: TakePlace, since: float, *, now: float) -> object: ...


class Offer(Protocol):
    """What of an agent's offer matters here."""

    @property
    def hotline(self) -> str: ...
    @property
    def call(self) -> str: ...
    @property
    def token(self) -> str: ...


class Dialler(Protocol):
    """Rings callers. `dial` and `end` may raise CarrierError."""

    def can_dial(self, name: str) -> bool:
        """Whether this callback's line can ring anybody; where not, the agent does it by hand."""

    def dial(self, hotline: Hotline, name: str, number: str, ring_s: int) -> str:
        """Ring the caller; the carrier's name for the leg."""

    def end(self, leg: str) -> None:
        """Hang up."""

    def is_there(self, leg: str) -> bool:
        """Whether somebody is on that line. May raise CarrierError."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The caller has pressed 1, and goes into this room."""

    room: str
    token: str
    """An agent is reserved and is to be rung now; empty where one is in the room, or none is free."""


class CallBack:
    """Makes the promised calls of all hotlines of a process."""

    def __init__(
        self, shelf: Callable[[str], Hotline | None], callbacks: Callbacks, dialler: Dialler, clock: Clock
    ) -> None:
        self.shelf = shelf
        self.callbacks = callbacks
        self.dialler = dialler
        self.clock = clock

    # --- an agent is free --------------------------------------------------------------------------------

    def wants_agent(self, hotline: Hotline, offer: Offer) -> bool:
        """Whether the agent whom the line has picked is to be rung now. Where not, the caller is rung first, or it is
        no time to call, or there were tries enough."""
        now, name = self.clock(), offer.call
        one = self.callbacks.find(hotline.name, name, now=now)
        if one is None:
            return False
        if one.confirmed:
            return True
        rules = rules_of(hotline, one.queue)
        if one.tries >= rules.tries:
            self._over(hotline, one)
            return False
        at = _not_before(hotline, one, rules, now)
        if at > now:
            self._hang_up(one)
            self.callbacks.again(hotline.name, name, None, "later", at, now=now)
            return False
        return rules.first == "agent" or not self.dialler.can_dial(name)

    def ring_caller(self, offer: Offer) -> bool:
        """The caller is to be rung, for this agent."""
        return self.dialler.can_dial(offer.call) and self.callbacks.to_dial(offer.hotline, offer.call, now=self.clock())

    def round(self, name: str) -> int:
        """Ring whoever is to be rung; how many were. Raises StoreDown."""
        hotline = self.shelf(name)
        dials = self.callbacks.dials(name, now=self.clock()) if hotline else ()
        for one in dials:
            assert hotline is not None
            self._dial(hotline, one)
        return len(dials)

    def _dial(self, hotline: Hotline, one: Callback) -> None:
        rules = rules_of(hotline, one.queue)
        try:
            leg = self.dialler.dial(hotline, one.name, one.number, rules.ring_s)
        except CarrierError as error:
            log.error("callback %s: %s could not be rung: %s", one.name, one.number, error)
            self._again(hotline, one, "fault", "")
            return
        if not self.callbacks.rung(hotline.name, one.name, leg, now=self.clock()):
            log.info("callback %s: off before the caller's phone rang", one.name)
            self._end(leg)

    # --- the caller's phone -------------------------------------------------------------------------------------

    def greeting(self, name: str, callback: str, leg: str) -> tuple[Say, ...] | None:
        """What the caller hears who has answered; None when nobody wants this leg any more."""
        hotline = self.shelf(name)
        if hotline is None or not self.callbacks.rung(name, callback, leg, now=self.clock()):
            return None
        return self.words(name, callback, "called_back")

    def confirm(self, name: str, callback: str, leg: str) -> Confirmed | None:
        """The caller has pressed 1. None: nobody is there for him any more."""
        one = self.callbacks.confirm(name, callback, leg, now=self.clock())
        if one is None:
            return None
        return Confirmed(room=callback, token=one.token if one.state == "reserved" else "")

    def decline(self, name: str, callback: str, leg: str) -> None:
        """The caller needs it no more."""
        self.callbacks.again(name, callback, leg, "declined", 0, now=self.clock())

    def not_reached(self, name: str, callback: str, leg: str, why: str) -> None:
        """The caller's leg is over: busy, no-answer, no-key, hung up. One that ended a talk is known by the agent's."""
        hotline, one = self.shelf(name), self.callbacks.find(name, callback, now=self.clock())
        if hotline is None or one is None or one.leg != leg or (one.confirmed and one.state == "connected"):
            return
        self._again(hotline, one, why, leg)

    def words(self, name: str, callback: str, key: str) -> tuple[Say, ...]:
        """Words of a call back, in the caller's language."""
        hotline, one = self.shelf(name), self.callbacks.find(name, callback, now=self.clock())
        if hotline is None:
            return ()
        try:
            return (words(hotline, one, key),)
        except FlowError as error:
            log.error("callback %s: %r cannot be said: %s", callback, key, error)
            return ()

    # --- the agent is through ---------------------------------------------------------------------------------------

    def agent_left(self, offer: Offer) -> bool:
        """The agent's leg is over. True: he has talked with the caller, and the callback is done."""
        now, one = self.clock(), self.callbacks.find(offer.hotline, offer.call, now=self.clock())
        if one is None or one.token != offer.token or one.state != "connected":
            return False
        if one.confirmed or not self.dialler.can_dial(offer.call):
            return True
        # He did not wait for the caller to answer: the next agent, and no try of the caller's.
        self._hang_up(one)
        self.callbacks.again(offer.hotline, offer.call, None, "agent_left", now, now=now, tries=-1)
        return False

    def not_reached_by_hand(self, offer: Offer) -> None:
        """An agent has rung the number by another telephone, and nobody was there."""
        hotline, one = self.shelf(offer.hotline), self.callbacks.find(offer.hotline, offer.call, now=self.clock())
        if hotline is not None and one is not None and one.token == offer.token:
            self._again(hotline, one, "not_reached", "", by_hand=True)

    # --- tries --------------------------------------------------------------------------------------------------------

    def _again(self, hotline: Hotline, one: Callback, why: str, leg: str, *, by_hand: bool = False) -> None:
        """Try again when it is polite, or never: there were tries enough."""
        now, rules = self.clock(), rules_of(hotline, one.queue)
        if one.tries + int(by_hand) >= rules.tries:
            self.callbacks.again(hotline.name, one.name, leg, "not_reached", 0, now=now, tries=int(by_hand))
            return
        at = polite_from(hotline, one.number, now + rules.every_s)
        self.callbacks.again(hotline.name, one.name, leg, why, at, now=now, tries=int(by_hand))

    def _over(self, hotline: Hotline, one: Callback) -> None:
        self._hang_up(one)
        self.callbacks.again(hotline.name, one.name, None, "not_reached", 0, now=self.clock())

    def _hang_up(self, one: Callback) -> None:
        if one.leg:
            self._end(one.leg)

    def _end(self, leg: str) -> None:
        try:
            self.dialler.end(leg)
        except CarrierError as error:
            log.warning("leg %s could not be ended: %s", leg, error)


def _not_before(hotline: Hotline, one: Callback, rules: CallbackRules, now: float) -> float:
    """When it may be made; `now` for at once."""
    if not one.rung_at and now - one.booked_at <= AT_ONCE_S:
        return now
    after = one.rung_at + rules.every_s if one.rung_at else now
    return polite_from(hotline, one.number, max(now, after))


def rules_of(hotline: Hotline, queue: str) -> CallbackRules:
    """How that queue calls back, also where a version of the hotline has it no more."""
    spec = hotline.queues.queues.get(queue)
    return spec.callback if spec else CallbackRules()


def place_of(hotline: Hotline, queue: str, number: str, context: Mapping[str, Any]) -> TakePlace:
    """A place in line for a call back that is not the caller's own doing: of the queue's usual people."""
    spec = hotline.queues.queues.get(queue)
    skills = levels(spec.skills) if spec else {}
    language = str(context.get("language") or "")
    return TakePlace(queue=queue, skills=skills, language=language, number=number, context=dict(context))
