"""The lines of those who talk: told what has happened, and led where that leads them."""

from __future__ import annotations

import logging

from ivr.call.codec import Answer
from ivr.call.events import AgentLeft, Event
from ivr.call.verbs import Join
from ivr.errors import CarrierError
from ivr.runtime.conductor import Conductor
from ivr.runtime.offering import Offer, Ringer

log = logging.getLogger(__name__)


class TalkLines:
    """An order that the carrier does not take is logged: what it was for comes about later, or without it."""

    def __init__(self, conductor: Conductor, ringer: Ringer) -> None:
        self.conductor = conductor
        self.ringer = ringer

    def tell(self, hotline: str, call: str, news: Event) -> Answer | None:
        """Tell the call. Its line is fetched where the news leads it somewhere else: it would stay in a room, in
        silence, or hear music to the end. A room that ends by itself sends its caller without that."""
        before = self.conductor.replay(hotline, call)
        answer = self.conductor.tell(hotline, call, news)
        ends_itself = isinstance(news, AgentLeft) and not news.lost and led_to(before)
        if answer is not None and before is not None and answer.turn != before.turn and not ends_itself:
            self.fetch(hotline, call)
        return answer

    def fetch(self, hotline: str, call: str) -> bool:
        try:
            self.ringer.fetch(hotline, call)
        except CarrierError as error:
            log.warning("call %s could not be fetched: %s", call, error)
            return False
        return True

    def share(self, hotline: str, call: str, room: str) -> None:
        try:
            self.ringer.share(hotline, call, room)
        except CarrierError as error:
            log.warning("call %s: who leaves the room first ends the talk: %s", call, error)

    def hang_up(self, offer: Offer) -> None:
        try:
            if offer.leg:
                self.ringer.cancel(offer)
        except CarrierError as error:
            log.warning("agent %s could not be sent out of the talk: %s", offer.agent, error)


def led_to(answer: Answer | None) -> str:
    """The room that an answer leads the caller to; empty: none."""
    verbs = answer.verbs if answer else ()
    return next((verb.room for verb in verbs if isinstance(verb, Join)), "")
