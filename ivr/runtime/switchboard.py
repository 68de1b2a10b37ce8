"""Brings waiting callers and free agents together: rings, joins, and takes back what nobody took."""

from __future__ import annotations

import logging

from ivr.call.events import AgentTook
from ivr.call.tasks import call_of
from ivr.call.verbs import Join, Say
from ivr.errors import CarrierError
from ivr.flow.hotline import Hotline
from ivr.runtime.behind import Behind
from ivr.runtime.callbacks import CALLER_FIRST_S
from ivr.runtime.conductor import Conductor
from ivr.runtime.elsewhere import Elsewhere
from ivr.runtime.offering import Offer as Offer
from ivr.runtime.offering import Offers
from ivr.runtime.offering import Ringer as Ringer
from ivr.runtime.ports import Clock
from ivr.runtime.talks import Joined, Talks
from ivr.runtime.whisper import CALLBACK, WHISPER, gone, told

log = logging.getLogger(__name__)

LOOKS_A_ROUND = 12
"""Looks for somebody to ring in one round at most: a carrier takes its time for each, and cancels and expiries must not
be kept waiting."""


class Switchboard:
    """The agents' side of the queue, for every channel."""

    def __init__(self, conductor: Conductor, offers: Offers, ringer: Ringer, clock: Clock, behind: Behind) -> None:
        self.conductor = conductor
        self.offers = offers
        self.back = behind.back
        self.talks = Talks(conductor, offers, ringer, clock, behind)
        self.elsewhere: Elsewhere | None = None
        """Set where the same people may answer several hotlines."""
        self.ringer = ringer
        self.clock = clock

    def round(self, name: str) -> int:
        """One look at a hotline's line: what is overdue, what is to be silenced, whom to ring. How many were rung.

        Every step is atomic and fenced, so any number of workers may do this at once.
        """
        hotline = self.conductor.shelf.current(name)
        if hotline is None:
            return 0
        for token in self.offers.expire(name, now=self.clock()):
            log.info("offer %s ran out; the caller keeps the place", token)
        for cancelled in self.offers.cancels(name, now=self.clock()):
            self._silence(cancelled)
        if self.elsewhere:
            self.elsewhere.round(name)
        made = 0
        for _ in range(LOOKS_A_ROUND):
            offers = self.offers.next_offers(name, now=self.clock(), most=self.ringer.at_once)
            rung = [self._rings(hotline, offer) for offer in offers]
            made += len(offers)
            if len(offers) < self.ringer.at_once and all(rung):  # whose agent is not rung may have another one
                break
        return made + (self.back.round(name) if self.back else 0)

    def _rings(self, hotline: Hotline, offer: Offer) -> bool:
        """Whether the agent's phone rings now."""
        return (not offer.number or self._calls_back(hotline, offer)) and self._ring(hotline, offer)

    def _calls_back(self, hotline: Hotline, offer: Offer) -> bool:
        """Whether the agent is to be rung for a promised call; the caller may be rung first, or nobody now."""
        if self.back is None:
            return False
        if self.back.wants_agent(hotline, offer):
            return True
        if self.offers.find(offer.token, now=self.clock()) is not None and self.back.ring_caller(offer):
            self.offers.rung(offer.token, "", now=self.clock(), ring_s=CALLER_FIRST_S)
        return False

    def whisper(self, hotline: str, token: str) -> tuple[Say, ...] | None:
        """What the agent hears before taking; None when nobody waits under this token now."""
        known = self.conductor.shelf.current(hotline)
        offer = self.offers.find(token, now=self.clock())
        if known is None or offer is None:
            return None
        if offer.number and self.back is not None:
            by_hand, minutes = not self.back.dialler.can_dial(offer.call), round((self.clock() - offer.since) / 60)
            return self._words(known, offer, CALLBACK, by_hand=by_hand, minutes=max(0, minutes))
        return self._words(known, offer, WHISPER)

    def gone(self, hotline: str) -> tuple[Say, ...]:
        """What an agent hears who comes too late."""
        return (gone(self.conductor.shelf.current(hotline)),)

    def take(self, hotline: str, token: str) -> Joined | None:
        """The agent takes the caller. None: the caller is gone, or somebody else's."""
        taken = self.offers.take(token, now=self.clock())
        if taken is None:
            return None
        offer = taken.offer
        if self.elsewhere:
            self.elsewhere.taken(hotline, offer.phone)
        if offer.number and self.back is not None:
            self.back.ring_caller(offer)
            return Joined(offer.call, offer.number, offer.call, agent=offer.agent)
        call, part = call_of(offer.call)
        if part:
            return self.talks.joined(offer, call, part)
        answer = self.conductor.tell(hotline, offer.call, AgentTook(agent=offer.agent, room=taken.room))
        if answer is None:
            if self._is_in(hotline, offer.call, taken.room):
                return Joined(taken.room)  # the same key press, come twice
            self.offers.finish(token, now=self.clock())
            return None
        try:
            self.ringer.fetch(hotline, offer.call)
        except CarrierError as error:
            # The caller's line asks by itself when the music comes round, and is answered with the same room.
            log.warning("call %s could not be fetched for agent %s: %s", offer.call, offer.agent, error)
        return Joined(taken.room)

    def miss(self, hotline: str, token: str, why: str) -> None:
        """The agent did not take it; the caller keeps the place."""
        self.offers.miss(token, why, now=self.clock())

    def _is_in(self, hotline: str, call: str, room: str) -> bool:
        answer = self.conductor.replay(hotline, call)
        return answer is not None and any(isinstance(verb, Join) and verb.room == room for verb in answer.verbs)

    def _words(self, known: Hotline, offer: Offer, key: str, **more: object) -> tuple[Say, ...]:
        return told(known, offer, key, **more) or (Say(text=f"{offer.queue}. 1, 2.", language=known.language),)

    def not_reached(self, hotline: str, token: str) -> None:
        """An agent has rung somebody back by another telephone, and nobody was there."""
        offer = self.offers.find(token, now=self.clock())
        if offer is not None and offer.number and self.back is not None:
            self.back.not_reached_by_hand(offer)

    def caller_confirmed(self, hotline: str, token: str) -> None:
        """Who is called back is on the line: now the agent is rung who was kept for that."""
        known, offer = self.conductor.shelf.current(hotline), self.offers.find(token, now=self.clock())
        if known is not None and offer is not None and not offer.leg:
            self._ring(known, offer)

    def _ring(self, hotline: Hotline, offer: Offer) -> bool:
        ring_s = hotline.queues.queues[offer.queue].ring_s if offer.queue in hotline.queues.queues else 20
        try:
            leg = self.ringer.ring(offer, hotline)
        except CarrierError as error:
            log.error("agent %s could not be rung: %s", offer.agent, error)
            self.offers.miss(offer.token, "fault", now=self.clock())
            return False
        if not self.offers.rung(offer.token, leg, now=self.clock(), ring_s=ring_s):
            log.info("offer %s was off before the phone rang", offer.token)
            return False
        return True

    def _silence(self, offer: Offer) -> None:
        try:
            if offer.leg and self.ringer.cancel(offer):
                # Of a talk: also where nobody ever tells that the leg has ended.
                self.talks.over(offer.hotline, offer.token)
            elif offer.leg:
                self.talks.broken_off(offer)
        except CarrierError as error:
            log.warning("agent %s could not be silenced: %s", offer.agent, error)
        self.offers.cancelled(offer.token, now=self.clock())
