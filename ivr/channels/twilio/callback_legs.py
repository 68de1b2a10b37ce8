"""A promised call: the caller's leg is rung, told who calls and why, and a key joins it to the agent.

The key keeps an answering machine from being taken for the caller. Where a callback stands, and who is rung when, is
not decided here.
"""

from __future__ import annotations

import logging

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ivr.channels.twilio import outage
from ivr.channels.twilio.callback_needs import CallbackLine
from ivr.channels.twilio.callbacks import NO_CONTENT, TRY_AGAIN
from ivr.channels.twilio.leg_writer import write_alone, write_goodbye, write_offer, write_room
from ivr.channels.twilio.line import TwilioLine, log_bug, parameters, twiml
from ivr.channels.twilio.reader import Form, call_of, is_over, one
from ivr.errors import StoreDown

log = logging.getLogger(__name__)

PATIENCE_S = 6
"""For the caller's key, after the words."""
ATTEMPTS = 2
"""How often they are spoken."""
MOST_LOOKS = 4
"""Seconds in which the agent's leg has to tell why the room has ended."""
RINGING_S = 10
"""Silence for the agent between two sentences while the caller's phone rings."""


def blueprint(house: TwilioLine, line: CallbackLine) -> Blueprint:
    legs = Blueprint("callback_legs", __name__, url_prefix="/callback/<hotline>/<name>")

    @legs.post("")
    def answered(hotline: str, name: str) -> ResponseReturnValue:
        return twiml(greet(line, hotline, name, _attempt()))

    @legs.post("/key")
    def pressed(hotline: str, name: str) -> ResponseReturnValue:
        return twiml(key(line, hotline, name, _attempt()))

    @legs.post("/caller-alone")
    def caller_alone(hotline: str, name: str) -> ResponseReturnValue:
        words = line.back.words(hotline, name, "called_back_joined")
        return twiml(write_alone(RINGING_S, words, line.urls.caller_alone(hotline, name)))

    @legs.post("/agent-alone")
    def agent_alone(hotline: str, name: str) -> ResponseReturnValue:
        agent = request.args.get("agent", "")
        words = line.agent_words(hotline, agent, "callback_ringing")
        return twiml(write_alone(RINGING_S, words, line.urls.agent_alone(hotline, name, agent)))

    @legs.post("/left")
    def left(hotline: str, name: str) -> ResponseReturnValue:
        return twiml(out_of_the_room(house, line, hotline, name))

    @legs.post("/status")
    def status(hotline: str, name: str) -> ResponseReturnValue:
        return leg_status(line, hotline, name, parameters())

    @legs.errorhandler(Exception)
    def anything(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException):
            return error
        if isinstance(error, StoreDown):
            log.error("a promised call: the store does not answer; it is tried again later")
        else:
            log_bug(error)
        return twiml(outage.last_words())

    return legs


def greet(line: CallbackLine, hotline: str, name: str, attempt: int) -> str:
    """The caller has answered: tell who calls and why."""
    words = line.back.greeting(hotline, name, call_of(parameters()))
    if words is None:
        return write_goodbye(line.back.words(hotline, name, "called_back_later"))
    return write_offer(words, line.urls.key(hotline, name, attempt), PATIENCE_S)


def key(line: CallbackLine, hotline: str, name: str, attempt: int) -> str:
    """1 joins, 2 needs it no more, anything else hears the words once more. Nobody there: an answering machine."""
    leg, digits = call_of(parameters()), one(parameters(), "Digits")
    if is_over(parameters()):
        line.back.not_reached(hotline, name, leg, "hung_up")
        return write_goodbye(())
    if digits == "1":
        confirmed = line.back.confirm(hotline, name, leg)
        if confirmed is None:
            return write_goodbye(line.back.words(hotline, name, "called_back_later"))
        if confirmed.token:
            line.ring_agent(hotline, confirmed.token)
        left = line.urls.left(hotline, name)
        return write_room(confirmed.room, line.urls.caller_alone(hotline, name), left_url=left, star=False)
    if digits == "2":
        words = line.back.words(hotline, name, "called_back_off")
        line.back.decline(hotline, name, leg)
        return write_goodbye(words)
    if attempt < ATTEMPTS:
        return greet(line, hotline, name, attempt + 1)
    line.back.not_reached(hotline, name, leg, "no_key")
    return write_goodbye(())


def out_of_the_room(house: TwilioLine, line: CallbackLine, hotline: str, name: str) -> str:
    """The agent has hung up, or is away for a moment: then the caller is a call from here on, and hears what that says.
    Which of the two only the agent's leg tells, and that may come later."""
    leg = call_of(parameters())
    if is_over(parameters()):
        line.caller_left(hotline, name, leg)
        return write_goodbye(())
    answer = house.conductor.replay(hotline, leg)
    if answer is not None:
        return house.written(answer, hotline, leg)
    looked = _number("looked", MOST_LOOKS)
    if looked < MOST_LOOKS and line.talks(hotline, name, leg):
        return write_alone(1, next_url=line.urls.left(hotline, name, looked + 1))
    return write_goodbye(())


def leg_status(line: CallbackLine, hotline: str, name: str, form: Form) -> tuple[str, int]:
    """How the caller's leg ended; its beginning is no news."""
    if not is_over(form):
        return NO_CONTENT
    status = one(form, "CallStatus")
    try:
        line.caller_left(hotline, name, call_of(form))
        line.back.not_reached(hotline, name, call_of(form), "hung_up" if status == "completed" else status)
    except StoreDown:
        log.error("a promised call: the end of its leg could not be stored; the agent ends it")
        return TRY_AGAIN
    return NO_CONTENT


def _attempt() -> int:
    return _number("attempt", ATTEMPTS, 1)


def _number(name: str, otherwise: int, missing: int = 0) -> int:
    text = request.args.get(name, str(missing))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else otherwise
