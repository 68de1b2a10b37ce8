"""Brings waiting callers and free agents together: rings, joins, and takes back what nobody took."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from ivr.call.events import AgentLeft, AgentTook, ExpertAsked, ExpertJoined, OneLeft, Transferred
from ivr.call.tasks import call_of
from ivr.call.verbs import Join, Say
from ivr.errors import CarrierError, FlowError
from ivr.flow.hotline import Hotline
from ivr.runtime.callbacks import CALLER_FIRST_S, CallBack
from ivr.runtime.called_back import whisper as callback_whisper
from ivr.runtime.conductor import Conductor
from ivr.runtime.elsewhere import Elsewhere
from ivr.runtime.handing_on import LONGEST_NOTE, NotHandedOn, whom
from ivr.runtime.offering import Offer as Offer
from ivr.runtime.offering import Offers
from ivr.runtime.offering import Ringer as Ringer
from ivr.runtime.ports import Clock
from ivr.runtime.whisper import gone, words

log = logging.getLogger(__name__)

RINGS_A_ROUND = 50
"""Offers made in one round at most, so that cancels and expiries are never kept waiting."""


@dataclass(frozen=True, slots=True)
class Joined:
    """An agent has taken an offered caller; both meet in `room`."""

    room: str
    number: str = ""
    """Who is called back: whoever takes the call rings them, or waits while they are rung."""
    name: str = ""
    """That callback's."""
    shared: bool = False
    """Others talk there already: who goes in now does not end the talk by leaving."""


class Switchboard:
    """The agents' side of the queue, for every channel."""

    def __init__(
        self, conductor: Conductor, offers: Offers, ringer: Ringer, clock: Clock, back: CallBack | None = None
    ) -> None:
        """`back` makes the promised calls; without it there are none."""
        self.conductor = conductor
        self.offers = offers
        self.back = back
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
        rung = 0
        while rung < RINGS_A_ROUND:
            offer = self.offers.next_offer(name, now=self.clock(), ring_s=_longest_ring_s(hotline))
            if offer is None:
                break
            if not offer.number or self._calls_back(hotline, offer):
                self._ring(hotline, offer)
            rung += 1
        return rung + (self.back.round(name) if self.back else 0)

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
            by_hand = not self.back.dialler.can_dial(offer.call)
            return (Say(text=callback_whisper(offer, now=self.clock(), by_hand=by_hand), language="en"),)
        return self._words(known, offer)

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
            return Joined(offer.call, offer.number, offer.call)
        call, part = call_of(offer.call)
        if part:
            return self._joins(offer, call, part)
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

    def ended(self, hotline: str, token: str, duration_s: float) -> None:
        """The agent's leg is over: the talk is finished, or nobody pressed a key."""
        self._ended(hotline, token, duration_s)

    def _ended(self, hotline: str, token: str, duration_s: float) -> bool:
        """Whether that was one of several in a talk, so that the caller's call knows all about it."""
        known = self.conductor.shelf.current(hotline)
        offer = self.offers.find(token, now=self.clock())
        if offer is not None and offer.number and self.back is not None and not self.back.agent_left(offer):
            self.offers.miss(token, "no_key", now=self.clock())
            return False
        queue = known.queues.queues.get(offer.queue) if known and offer else None
        wrap_up_s = queue.wrap_up_s if queue else 0.0
        if self.offers.finish(token, now=self.clock(), wrap_up_s=wrap_up_s) is None:
            self.offers.miss(token, "no_key", now=self.clock())
            return False
        return offer is not None and self._left(offer, duration_s)

    def leave(self, hotline: str, token: str, duration_s: float) -> None:
        """The same on lines where no carrier tells the caller's side: its flow goes on."""
        offer = self.offers.find(token, now=self.clock())
        shared = self._ended(hotline, token, duration_s)
        if offer is not None and not offer.number and not shared and not call_of(offer.call)[1]:
            self.conductor.tell(hotline, offer.call, AgentLeft(agent=offer.agent, duration_s=duration_s))

    # --- others are fetched in or take over ----------------------------------------------------------------------

    def transfer(self, hotline: str, token: str, to: str, note: str = "") -> None:
        """The agent of this talk sends the caller to `queue:NAME` or `agent:NAME`, at the place he had (R74).

        Raises NotHandedOn, with nothing changed, where that cannot be.
        """
        known, offer = self._talk(hotline, token)
        found = whom(known, to, offer.queue, self.clock())
        call, _ = call_of(offer.call)
        news = Transferred(offer.agent, found.queue, found.agent, note[:LONGEST_NOTE])
        if self.conductor.tell(hotline, call, news) is None:
            raise NotHandedOn("there is no talk (any more)")
        try:
            self.ringer.fetch(hotline, call)
        except CarrierError as error:
            # The agent's leg is among the cancels; its end lets the caller out of the room.
            log.warning("call %s could not be fetched from agent %s: %s", call, offer.agent, error)
        else:
            self.ended(hotline, token, 0.0)

    def bring_in(self, hotline: str, token: str, to: str, note: str = "") -> None:
        """Somebody of `queue:NAME`, or `agent:NAME`, is rung to join this talk, which goes on meanwhile (R75).

        Raises NotHandedOn, with nothing changed, where that cannot be.
        """
        known, offer = self._talk(hotline, token)
        found = whom(known, to, offer.queue, self.clock())
        news = ExpertAsked(offer.agent, found.queue, found.agent, note[:LONGEST_NOTE])
        if self.conductor.tell(hotline, call_of(offer.call)[0], news) is None:
            raise NotHandedOn("there is no talk (any more)")

    def _talk(self, hotline: str, token: str) -> tuple[Hotline, Offer]:
        known, offer = self.conductor.shelf.current(hotline), self.offers.find(token, now=self.clock())
        if known is None or offer is None or offer.number:
            raise NotHandedOn("there is no talk (any more)" if known else f"no hotline {hotline!r} is served here")
        return known, offer

    def _is_in(self, hotline: str, call: str, room: str) -> bool:
        answer = self.conductor.replay(hotline, call)
        return answer is not None and any(isinstance(verb, Join) and verb.room == room for verb in answer.verbs)

    def _joins(self, offer: Offer, call: str, part: str) -> Joined | None:
        """An expert goes into the room of a talk; from now on one agent's leaving does not end it."""
        if self.conductor.tell(offer.hotline, call, ExpertJoined(offer.agent, part)) is None:
            self.offers.finish(offer.token, now=self.clock())
            return None
        room = str(offer.context.get("room"))
        try:
            self.ringer.share(offer.hotline, call, room)
        except CarrierError as error:
            log.warning("call %s: who leaves the room first ends the talk: %s", call, error)
        return Joined(room, shared=True)

    def _left(self, offer: Offer, duration_s: float) -> bool:
        """Where several were in the talk, tell that one is gone. After the last one the caller's line is fetched: it
        would stay in the room, in silence."""
        call, _ = call_of(offer.call)
        answer = self.conductor.tell(offer.hotline, call, OneLeft(offer.agent, duration_s))
        if answer is None:
            return False
        if any(isinstance(verb, Join) for verb in answer.verbs):
            return True
        try:
            self.ringer.fetch(offer.hotline, call)
        except CarrierError as error:
            log.error("call %s could not be fetched out of its room: %s", call, error)
        return True

    def _words(self, known: Hotline, offer: Offer) -> tuple[Say, ...]:
        try:
            return (words(known, offer),)
        except FlowError as error:
            log.error("the whisper of %s cannot be said: %s", known.name, error)
            return (Say(text=f"{offer.queue}. 1, 2.", language=known.language),)

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

    def _ring(self, hotline: Hotline, offer: Offer) -> None:
        ring_s = hotline.queues.queues[offer.queue].ring_s if offer.queue in hotline.queues.queues else 20
        try:
            leg = self.ringer.ring(offer, hotline)
        except CarrierError as error:
            log.error("agent %s could not be rung: %s", offer.agent, error)
            self.offers.miss(offer.token, "fault", now=self.clock())
            return
        if not self.offers.rung(offer.token, leg, now=self.clock(), ring_s=ring_s):
            log.info("offer %s was off before the phone rang", offer.token)

    def _silence(self, offer: Offer) -> None:
        try:
            if offer.leg:
                self.ringer.cancel(offer)
        except CarrierError as error:
            log.warning("agent %s could not be silenced: %s", offer.agent, error)
        self.offers.cancelled(offer.token, now=self.clock())


def _longest_ring_s(hotline: Hotline) -> int:
    return max((queue.ring_s for queue in hotline.queues.queues.values()), default=20)
