"""Who rings agents and sends texts: the carrier where there is one, else the local line and the log."""

from __future__ import annotations

import logging

from ivr.channels.twilio.rest import Carrier
from ivr.channels.twilio.urls import Urls
from ivr.errors import CarrierError
from ivr.flow.hotline import Hotline
from ivr.runtime.switchboard import Offer

log = logging.getLogger(__name__)

CARRIER_CALL = "CA"
"""How the carrier's call ids begin; calls of the local line look for news themselves."""


class TwilioRinger:
    """Rings agents through Twilio, from the hotline's first number."""

    def __init__(self, carrier: Carrier, urls: Urls) -> None:
        self._carrier = carrier
        self._urls = urls

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        if not hotline.file.numbers:
            raise CarrierError(f"hotline {hotline.name!r} has no number to ring from; set `numbers:` in hotline.yaml")
        ring_s = hotline.queues.queues[offer.queue].ring_s if offer.queue in hotline.queues.queues else 20
        return self._carrier.ring(
            offer.phone,
            self._urls.agent(offer.hotline, offer.token),
            self._urls.agent_status(offer.hotline, offer.token),
            ring_s,
            hotline.file.numbers[0],
        )

    def cancel(self, offer: Offer) -> None:
        self._carrier.end(offer.leg)

    def fetch(self, hotline: str, call: str) -> None:
        if call.startswith(CARRIER_CALL):
            self._carrier.redirect(call, self._urls.again(hotline, call))


class LocalRinger:
    """Without a carrier an agent's phone is `ivr agents phone`, which looks for its offers itself."""

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        return f"local-{offer.token}"

    def cancel(self, offer: Offer) -> None:
        """The agent's phone sees that the offer is gone."""

    def fetch(self, hotline: str, call: str) -> None:
        """The caller's phone looks for news itself."""


class TwilioTexts:
    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        if not sender:
            raise CarrierError("no number to send from; set `sms_from:` or `numbers:` in hotline.yaml")
        self._carrier.send_sms(to, text, sender)


class LoggedTexts:
    """Without a carrier a text message is only told to the host."""

    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        log.info("no carrier: a text message to %s is not sent (%d characters)", to, len(text))
