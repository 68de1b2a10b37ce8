"""What a house orders of the carrier: agents rung, callers fetched, texts sent."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from ivr.channels.twilio.agent_urls import AgentUrls, Leg, Talked
from ivr.channels.twilio.callback_urls import CallbackUrls
from ivr.channels.twilio.rest import CallOver, Carrier
from ivr.channels.twilio.urls import Urls
from ivr.errors import CarrierError
from ivr.flow.hotline import Hotline
from ivr.runtime.switchboard import Offer, Ringer

log = logging.getLogger(__name__)

CARRIER_CALL = "CA"
"""How the carrier's call ids begin."""
RING_S = 20
"""For an offer whose queue is gone from the present version."""


@dataclass(frozen=True, slots=True)
class TwilioRinger:
    """Rings agents through Twilio, from the hotline's first number."""

    carrier: Carrier
    urls: Urls
    at_once = 1

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        if not hotline.file.numbers:
            raise CarrierError(f"hotline {hotline.name!r} has no number to ring from; set `numbers:` in hotline.yaml")
        queue = hotline.queues.queues.get(offer.queue)
        urls, leg = AgentUrls(self.urls.base), Leg(offer.hotline, offer.token)
        return self.carrier.ring(
            offer.phone,
            urls.answered(leg),
            urls.status(leg, Talked.of(offer)),
            queue.ring_s if queue else RING_S,
            hotline.file.numbers[0],
        )

    def cancel(self, offer: Offer) -> bool:
        """Who has answered is told why; a phone that still rings can only be ended."""
        over = AgentUrls(self.urls.base).over(Leg(offer.hotline, offer.token), Talked.of(offer))
        try:
            if self.carrier.is_answered(offer.leg):
                self.carrier.redirect(offer.leg, over)
                return True
        except CallOver:
            log.debug("leg %s has no one on it", offer.leg)
        self.carrier.end(offer.leg)
        return True

    def fetch(self, hotline: str, call: str) -> None:
        self.carrier.redirect(call, self.urls.again(hotline, call))

    def share(self, hotline: str, call: str, room: str) -> None:
        self.carrier.share_room(room, call)


@dataclass(frozen=True, slots=True)
class TwilioDialler:
    """Rings those who are called back, where they called through the carrier."""

    carrier: Carrier
    urls: CallbackUrls

    def can_dial(self, name: str) -> bool:
        return name.startswith(CARRIER_CALL)

    def dial(self, hotline: Hotline, name: str, number: str, ring_s: int) -> str:
        if not hotline.file.numbers:
            raise CarrierError(f"hotline {hotline.name!r} has no number to ring from; set `numbers:` in hotline.yaml")
        answered, status = self.urls.answered(hotline.name, name), self.urls.status(hotline.name, name)
        return self.carrier.ring(number, answered, status, ring_s, hotline.file.numbers[0])

    def end(self, leg: str) -> None:
        self.carrier.end(leg)

    def is_there(self, leg: str) -> bool:
        return self.carrier.is_answered(leg)


@dataclass(frozen=True, slots=True)
class EachLine:
    """Agents are rung on the line their caller is on; no two lines can be joined."""

    carrier: Ringer
    local: Ringer

    @property
    def at_once(self) -> int:
        """Which line the next caller is on shows only when an agent is reserved."""
        return min(self.carrier.at_once, self.local.at_once)

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        return self._line(offer.call).ring(offer, hotline)

    def cancel(self, offer: Offer) -> bool:
        return self._line(offer.call).cancel(offer)

    def fetch(self, hotline: str, call: str) -> None:
        self._line(call).fetch(hotline, call)

    def share(self, hotline: str, call: str, room: str) -> None:
        self._line(call).share(hotline, call, room)

    def _line(self, call: str) -> Ringer:
        return self.carrier if call.startswith(CARRIER_CALL) else self.local


@dataclass(frozen=True, slots=True)
class TwilioTexts:
    """Sends text messages through Twilio."""

    carrier: Carrier

    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        if not sender:
            raise CarrierError("no number to send from; set `sms_from:` or `numbers:` in hotline.yaml")
        self.carrier.send_sms(to, text, sender)
