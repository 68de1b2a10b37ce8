"""An agent's leg: it rings, a whisper tells who waits, a key takes the caller, and both meet in a room.

The key keeps an answering machine from taking a caller. What an offer is, and who gets it next, is the desk's matter.
"""

from __future__ import annotations

import logging

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ivr.channels.twilio import outage
from ivr.channels.twilio.callback_urls import CallbackUrls
from ivr.channels.twilio.callbacks import NO_CONTENT, TRY_AGAIN
from ivr.channels.twilio.line import TwilioLine, log_bug, parameters, twiml
from ivr.channels.twilio.needs import Desk
from ivr.channels.twilio.reader import Form, one, seconds_of_call
from ivr.channels.twilio.writer import write_alone, write_goodbye, write_offer, write_room
from ivr.errors import StoreDown

log = logging.getLogger(__name__)

PATIENCE_S = 6
"""For the agent's key, after the whisper."""
ALONE_S = 5
"""In the room; then the caller is taken to be gone, and the agent is told."""
ATTEMPTS = 2
"""How often the whisper is spoken."""
NOT_TAKEN = frozenset({"busy", "failed", "no-answer", "canceled"})


def blueprint(line: TwilioLine, desk: Desk) -> Blueprint:
    agents = Blueprint("agents", __name__, url_prefix="/agent/<hotline>/<token>")

    @agents.post("")
    def answered(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(whisper(line, desk, hotline, token, _attempt()))

    @agents.post("/key")
    def pressed(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(key(line, desk, hotline, token, one(parameters(), "Digits")))

    @agents.post("/alone")
    def alone(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(write_alone(ALONE_S, desk.gone(hotline)))

    @agents.post("/status")
    def status(hotline: str, token: str) -> ResponseReturnValue:
        return leg_status(desk, hotline, token, parameters())

    @agents.errorhandler(Exception)
    def anything(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException):
            return error
        if isinstance(error, StoreDown):
            log.error("agent's leg: the store does not answer; the offer is not taken")
        else:
            log_bug(error)
        return twiml(outage.last_words())

    return agents


def whisper(line: TwilioLine, desk: Desk, hotline: str, token: str, attempt: int) -> str:
    """The agent has answered: tell who waits."""
    words = desk.whisper(hotline, token)
    if words is None:
        return write_goodbye(desk.gone(hotline))
    return write_offer(words, line.urls.agent_key(hotline, token, attempt), PATIENCE_S)


def key(line: TwilioLine, desk: Desk, hotline: str, token: str, digits: str) -> str:
    """1 takes, 2 declines, anything else hears the whisper once more."""
    if digits == "1":
        taken = desk.take(hotline, token)
        if taken is None:
            return write_goodbye(desk.gone(hotline))
        alone = line.urls.agent_alone(hotline, token)
        if taken.name:  # the caller is rung only now
            alone = CallbackUrls(line.urls.base).agent_alone(hotline, taken.name)
        return write_room(taken.room, alone, ends=not taken.shared)
    if digits == "2":
        desk.miss(hotline, token, "declined")
        return write_goodbye(())
    if _attempt() < ATTEMPTS:
        return whisper(line, desk, hotline, token, _attempt() + 1)
    desk.miss(hotline, token, "no-key")
    return write_goodbye(())


def leg_status(desk: Desk, hotline: str, token: str, form: Form) -> tuple[str, int]:
    """How the leg ended; its beginning is no news."""
    status = one(form, "CallStatus")
    try:
        if status in NOT_TAKEN:
            desk.miss(hotline, token, status)
        elif status == "completed":
            desk.ended(hotline, token, seconds_of_call(form))
    except StoreDown:
        log.error("agent's leg: its end could not be stored; the offer ends at its deadline")
        return TRY_AGAIN
    return NO_CONTENT


def _attempt() -> int:
    text = request.args.get("attempt", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else ATTEMPTS
