"""What a caller hears while something of ours is broken: never silence, and never a call dropped without a word.

The words are spoken by Twilio even where the hotline has recordings of them: those would be one more request to us.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import replace

from ivr.call.verbs import Dial, Say, Wait
from ivr.channels.twilio.leg_writer import write_goodbye
from ivr.channels.twilio.needs import Conductor
from ivr.channels.twilio.urls import Turn, Urls
from ivr.channels.twilio.writer import write

log = logging.getLogger(__name__)

GIVE_UP_S = 30
"""An outage this long ends the waiting: the call goes to the fallback number."""
RETRY_S = 3

NO_CALL = Turn("", "", 0)
"""For documents that bring no turn of a call back."""
LAST_WORDS = (Say("We are sorry, something went wrong. Please call again later.", "en"),)
"""Said where a hotline has no apology of its own."""


def hold(conductor: Conductor, urls: Urls, turn: Turn, now: float) -> str:
    """The store does not answer: apologise, wait, come back to this turn; after GIVE_UP_S hand the call on."""
    began = turn.since if turn.since is not None and turn.since <= now else math.floor(now)
    if now - began >= GIVE_UP_S:
        log.error("call %s turn %d: handed on, the store is away for %d s", turn.call, turn.number, now - began)
        return hand_on(conductor, urls, turn.hotline)
    log.warning("call %s turn %d: the store does not answer, the caller waits", turn.call, turn.number)
    return write((*_apology(conductor, turn.hotline), Wait(RETRY_S)), replace(turn, since=began), urls)


def hand_on(conductor: Conductor, urls: Urls, hotline: str | None) -> str:
    """Apologise, then ring the fallback number; where there is none, hang up."""
    number = conductor.fallback_number(hotline)
    if not number:
        return farewell(conductor, hotline)
    return write((*_apology(conductor, hotline), Dial(number, action="fallback")), NO_CALL, urls)


def farewell(conductor: Conductor, hotline: str | None) -> str:
    """Apologise and hang up."""
    return write_goodbye(_apology(conductor, hotline))


def last_words() -> str:
    """What is left when everything else has failed; needs nothing of the house."""
    return write_goodbye(LAST_WORDS)


def _apology(conductor: Conductor, hotline: str | None) -> Sequence[Say]:
    words = conductor.apology(hotline) or LAST_WORDS
    return [Say(say.text, say.language, rate=say.rate) for say in words]
