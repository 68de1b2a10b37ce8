"""Talks with people who are called back: on a line made for that, which becomes a call with the first order, or by
another telephone, of which only its agent knows."""

from __future__ import annotations

import logging

import msgspec

from ivr.call.events import CalledBack
from ivr.call.tasks import Target, call_of, is_promise
from ivr.errors import CarrierError
from ivr.flow.hotline import Hotline
from ivr.runtime.behind import Behind
from ivr.runtime.callbacks import Callback, place_of
from ivr.runtime.conductor import Conductor
from ivr.runtime.handing_on import NotHandedOn, Whom
from ivr.runtime.offering import Offer
from ivr.runtime.ports import Clock

log = logging.getLogger(__name__)

CHANNEL = "callback"
"""The line of such a call, for the records."""


class PromisedTalks:
    """Without a `behind.back` nobody is called back, and every talk is one with a caller who waits on the line."""

    def __init__(self, conductor: Conductor, behind: Behind, clock: Clock) -> None:
        self.conductor = conductor
        self.back = behind.back
        self.closings = behind.closings
        self.clock = clock

    def call(self, hotline: str, place: str) -> str:
        """The call that a place in line belongs to; of who is called back, the line that was made to him."""
        one = self._promise(hotline, place)
        return (one.leg if one else "") or call_of(place)[0]

    def is_of(self, hotline: str, place: str, call: str) -> bool:
        """Whether a place belongs to this call; that of a call back also to the call in which it was promised."""
        return call in (call_of(place)[0], self.call(hotline, place))

    def begun(self, offer: Offer) -> str:
        """The call that a talk is of. Who is called back becomes one now, if he is on the line; how it ends is said of
        it and of the call in which it was promised, once for both."""
        call, known = self.call(offer.hotline, offer.call), self.conductor.shelf.current(offer.hotline)
        if offer.number and known is not None and self.conductor.replay(offer.hotline, call) is None:
            news = self._as_call(known, offer)
            if news is not None:
                self.closings.together(offer.hotline, call, call_of(offer.call)[0])
                self.conductor.hear(offer.hotline, call, 0, news)
        return call

    def room(self, offer: Offer) -> str:
        """Where they meet: with who is called back, in a room named after the promise."""
        return offer.call if offer.number else offer.room

    def waits(self, offer: Offer) -> bool:
        """Whether this agent is alone, while somebody is rung who asked for a call back."""
        one = self._of(offer)
        return one is not None and one.state == "connected" and not one.confirmed and not self.is_by_hand(offer)

    def was_reached(self, hotline: str, place: str) -> bool:
        """Whether an agent had a caller: who is called back may not have been there."""
        one = self._promise(hotline, place)
        return one is None or one.state == "connected" or one.why == "served"

    def token(self, hotline: str, promise: str, leg: str) -> str:
        """Of the agent who talks with who was called back on that line; empty where nobody does."""
        one = self._promise(hotline, promise)
        talking = one is not None and one.leg == leg and one.confirmed and one.state == "connected"
        return one.token if one is not None and talking else ""

    # --- by another telephone -----------------------------------------------------------------------------------------

    def is_by_hand(self, offer: Offer) -> bool:
        return bool(offer.number) and self.back is not None and not self.back.dialler.can_dial(offer.call)

    def hand_on(self, hotline: Hotline, offer: Offer, to: Whom, note: str) -> None:
        """Somebody else is to ring the caller, who keeps the place. Raises NotHandedOn."""
        now, one = self.clock(), self._of(offer)
        if one is None or self.back is None:
            raise NotHandedOn("there is no call back (any more)")
        preferred = (Target(queue=to.queue, agent=to.agent, why="transfer"),) if to.agent else ()
        context = {**one.context, "sent_by": offer.agent, "note": note}
        place = msgspec.structs.replace(place_of(hotline, to.queue, one.number, context), preferred=preferred)
        self.back.callbacks.again(hotline.name, one.name, None, "handed_on", now, now=now)
        self.back.callbacks.book(hotline.name, one.name, place, one.since, now=now)

    def lost(self, offer: Offer) -> None:
        """The desk of the agent is gone: nobody knows whether they talked, so the next agent does it, and no try of the
        caller's."""
        now, one = self.clock(), self._of(offer)
        if one is not None and one.state == "connected" and self.back is not None:
            self.back.callbacks.again(offer.hotline, one.name, None, "agent_left", now, now=now)

    # --- inside -------------------------------------------------------------------------------------------------------

    def _promise(self, hotline: str, place: str) -> Callback | None:
        if self.back is None or not is_promise(place):
            return None
        return self.back.callbacks.find(hotline, place, now=self.clock())

    def _of(self, offer: Offer) -> Callback | None:
        """Whom this agent has, or waits for."""
        one = self._promise(offer.hotline, offer.call)
        return one if one is not None and one.token == offer.token else None

    def _as_call(self, hotline: Hotline, offer: Offer) -> CalledBack | None:
        """None: he is not on the line (any more)."""
        one = self._of(offer)
        if one is None or self.back is None or one.state != "connected" or not one.confirmed:
            return None
        try:
            if not self.back.dialler.is_there(one.leg):
                return None
        except CarrierError as error:
            log.warning("callback %s: whether the caller is on the line is not known: %s", one.name, error)
        return CalledBack(
            caller=one.number,
            called=next(iter(hotline.file.numbers), ""),
            channel=CHANNEL,
            promise=one.name,
            agent=offer.agent,
            queue=one.queue,
            room=one.name,
            since=one.since,
            context=one.context,
        )
