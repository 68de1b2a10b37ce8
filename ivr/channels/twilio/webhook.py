"""All Twilio routes as one Flask blueprint, behind one gate."""

from __future__ import annotations

import logging

from flask import Blueprint, Request, Response, request

from ivr.channels.twilio import agents, callback_legs, callbacks, calls, sound_over
from ivr.channels.twilio.line import TwilioLine
from ivr.channels.twilio.signature import MAX_BODY_BYTES

log = logging.getLogger(__name__)


def blueprint(line: TwilioLine) -> Blueprint:
    """The routes below /twilio. Each request is let in by its signature, or gets a 403 with a sentence."""
    twilio = Blueprint("twilio", __name__, url_prefix="/twilio")

    @twilio.before_request
    def check() -> Response | None:
        asked: Request = request._get_current_object()  # type: ignore[attr-defined]  # by the proxy each look costs three
        asked.max_content_length = MAX_BODY_BYTES
        if (reason := line.gate.refuses(asked)) is None:
            return None
        log.warning("refused %.200r from %s: %s", asked.path, asked.remote_addr, reason)
        return Response(f"{reason}\n", 403, content_type="text/plain; charset=utf-8")

    twilio.register_blueprint(calls.blueprint(line))
    twilio.register_blueprint(callbacks.blueprint(line))
    if line.streams is not None:
        twilio.register_blueprint(sound_over.blueprint(line, line.streams))
    if line.desk is not None:
        twilio.register_blueprint(agents.blueprint(line, line.desk))
    if line.callbacks is not None:
        twilio.register_blueprint(callback_legs.blueprint(line, line.callbacks))
    return twilio
