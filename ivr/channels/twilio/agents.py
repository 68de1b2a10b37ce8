"""An agent's leg: it rings, a whisper tells who waits, a key takes the caller, and both meet in a room.

The key keeps an answering machine from taking a caller. What an offer is, and who gets it next, is the desk's matter.
"""

from __future__ import annotations

import logging

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ivr.channels.twilio import agent_menu, outage
from ivr.channels.twilio.agent_menu import alone_url
from ivr.channels.twilio.agent_needs import AgentDesk, Desk, Talks
from ivr.channels.twilio.agent_urls import AgentUrls, Leg, Talked
from ivr.channels.twilio.callbacks import NO_CONTENT, TRY_AGAIN
from ivr.channels.twilio.leg_writer import write_alone, write_goodbye, write_offer, write_room
from ivr.channels.twilio.line import TwilioLine, log_bug, parameters, twiml
from ivr.channels.twilio.reader import Form, is_over, one, seconds_of_call
from ivr.errors import StoreDown

log = logging.getLogger(__name__)

PATIENCE_S = 6
"""For the agent's key, after the whisper."""
ALONE_S = 5
"""In the room; then the caller is taken to be gone, and the agent is told."""
ATTEMPTS = 2
"""How often the whisper is spoken."""


def blueprint(line: TwilioLine, parts: AgentDesk) -> Blueprint:
    agents = Blueprint("agents", __name__, url_prefix="/agent/<hotline>/<token>")
    desk, urls = parts.desk, AgentUrls(line.urls.base)

    @agents.post("")
    def answered(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(whisper(desk, urls, Leg(hotline, token), _attempt()))

    @agents.post("/key")
    def pressed(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(key(parts, urls, Leg(hotline, token), one(parameters(), "Digits")))

    @agents.post("/alone")
    def alone(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(write_alone(ALONE_S, desk.gone(hotline)))

    @agents.post("/status")
    def status(hotline: str, token: str) -> ResponseReturnValue:
        return leg_status(desk, parts.talks, Leg(hotline, token), parameters())

    agent_menu.add_pages(agents, parts, urls)

    @agents.errorhandler(Exception)
    def anything(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException):
            return error
        if isinstance(error, StoreDown):
            log.error("agent's leg: the store does not answer; the leg ends")
        else:
            log_bug(error)
        return twiml(outage.last_words())

    return agents


def whisper(desk: Desk, urls: AgentUrls, leg: Leg, attempt: int) -> str:
    """The agent has answered: tell who waits."""
    words = desk.whisper(leg.hotline, leg.token)
    if words is None:
        return write_goodbye(desk.gone(leg.hotline))
    return write_offer(words, urls.key(leg, attempt), PATIENCE_S)


def key(parts: AgentDesk, urls: AgentUrls, leg: Leg, digits: str) -> str:
    """1 takes, 2 declines, anything else hears the whisper once more."""
    desk = parts.desk
    if digits == "1":
        offer = parts.talks.find(leg.token)
        taken = desk.take(leg.hotline, leg.token)
        if taken is None or offer is None:
            return write_goodbye(desk.gone(leg.hotline))
        left = urls.left(leg, Talked.of(offer))
        return write_room(taken.room, alone_url(urls, leg, taken), ends=not taken.shared, left_url=left)
    if digits == "2":
        desk.miss(leg.hotline, leg.token, "declined")
        return write_goodbye(())
    if _attempt() < ATTEMPTS:
        return whisper(desk, urls, leg, _attempt() + 1)
    desk.miss(leg.hotline, leg.token, "no-key")
    return write_goodbye(())


def leg_status(desk: Desk, talks: Talks, leg: Leg, form: Form) -> tuple[str, int]:
    """How the leg ended; its beginning is no news."""
    if not is_over(form):
        return NO_CONTENT
    status = one(form, "CallStatus")
    try:
        if status != "completed":
            desk.miss(leg.hotline, leg.token, status)
        # Also where it has failed: that may have been in the talk, or in the question after it.
        talks.ended(leg.hotline, leg.token, seconds_of_call(form))
        talks.asked(leg.hotline, request.args.get("agent", ""), request.args.get("queue", ""))
    except StoreDown:
        log.error("agent's leg: its end could not be stored; the offer ends at its deadline")
        return TRY_AGAIN
    return NO_CONTENT


def _attempt() -> int:
    text = request.args.get("attempt", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else ATTEMPTS
