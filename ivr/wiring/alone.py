"""Without a carrier: agents' phones look for their rings themselves, and texts are only told to the host."""

from __future__ import annotations

import logging

from ivr.errors import CarrierError
from ivr.flow.hotline import Hotline
from ivr.runtime.switchboard import Offer

log = logging.getLogger(__name__)


class LocalRinger:
    """An agent's phone is `ivr agents phone`, which looks for its offers on the local line."""

    at_once = 4
    """Few: a worker that dies before it has told of them holds up so many callers."""

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        return f"local-{offer.token}"

    def cancel(self, offer: Offer) -> bool:
        """The agent's phone sees that the offer is gone, and its owner ends a talk; unless the phone itself is gone."""
        return False

    def fetch(self, hotline: str, call: str) -> None:
        """The caller's phone looks for news itself."""

    def share(self, hotline: str, call: str, room: str) -> None:
        """A room of this line ends with its caller only."""


class ByHand:
    """Nobody can be rung: an agent who takes a promised call makes it by another telephone."""

    def can_dial(self, name: str) -> bool:
        return False

    def dial(self, hotline: Hotline, name: str, number: str, ring_s: int) -> str:
        raise CarrierError(f"there is no carrier to ring {number} by")

    def end(self, leg: str) -> None:
        """No leg was made."""

    def is_there(self, leg: str) -> bool:
        return False


class LoggedTexts:
    """Tells the host of a text message that nobody can send."""

    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        log.info("no carrier: a text message to %s is not sent (%d characters)", to, len(text))
