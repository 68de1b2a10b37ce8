"""A call's sound has ended: what it could not do goes on as documents, and where it broke off the carrier takes over.

A document of these pages never asks for sound again, so no fault can send a call round in a circle.
"""

from __future__ import annotations

import logging

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ivr.call.events import HungUp
from ivr.channels.twilio import outage
from ivr.channels.twilio.callbacks import NO_CONTENT
from ivr.channels.twilio.calls import caller_form, take
from ivr.channels.twilio.leg_writer import write_goodbye
from ivr.channels.twilio.line import TwilioLine, parameters, rescue, twiml
from ivr.channels.twilio.reader import Form, call_of, is_over, one, read_start
from ivr.channels.twilio.streams import Streams
from ivr.channels.twilio.urls import Turn
from ivr.errors import StoreDown

log = logging.getLogger(__name__)


def blueprint(line: TwilioLine, streams: Streams) -> Blueprint:
    sound = Blueprint("sound", __name__)

    @sound.post("/sound-over/<hotline>/<call>")
    def over(hotline: str, call: str) -> ResponseReturnValue:
        return twiml(go_on(line, streams, Turn(hotline, call, 0), caller_form()))

    @sound.post("/sound-status/<hotline>/<call>")
    def status(hotline: str, call: str) -> ResponseReturnValue:
        log_status(call, parameters())
        return NO_CONTENT

    @sound.errorhandler(Exception)
    def anything(error: Exception) -> ResponseReturnValue:
        return rescue(line, error)

    return sound


def go_on(line: TwilioLine, streams: Streams, turn: Turn, form: Form) -> str:
    """What is left of the last answer, as a document. Asked twice, it is the same."""
    hotline, call = turn.hotline, turn.call
    if call != call_of(form):
        return outage.hand_on(line.conductor, line.urls, line.hotline(form))
    try:
        if is_over(form):
            line.conductor.tell(hotline, call, HungUp())
            return write_goodbye(())
        answer = line.conductor.replay(hotline, call)
        if answer is None:
            return take(line, turn, read_start(form))
        left = streams.book.left(hotline, call)
        if left is None:
            # Its prompt is begun anew and nothing counts as a try: the caller has done nothing wrong.
            log.warning("call %s turn %d: its sound broke off; from now on the carrier listens", call, answer.turn)
            streams.book.choose(hotline, call, "carrier")
    except StoreDown:
        # Turn 0 is older than any other: it is answered with the last answer, too.
        return outage.hold(line.conductor, line.urls, turn, line.clock())
    verbs = answer.verbs[-left.verbs :] if left is not None and left.turn == answer.turn else answer.verbs
    return line.spelled_out(verbs, Turn(hotline, call, answer.turn))


def log_status(call: str, form: Form) -> None:
    """Begun and ended are seen at the socket; why there was none is known to the carrier alone."""
    if one(form, "StreamEvent") == "stream-error":
        log.error("call %.64s: the carrier could not carry its sound: %.200s", call, one(form, "StreamError"))
