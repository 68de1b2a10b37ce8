"""News from Twilio that nobody waits for: a call is over, a recording is ready. Twice or late changes nothing twice."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ivr.call.events import DialEnded, HungUp
from ivr.call.verbs import Dial
from ivr.channels.twilio.line import TwilioLine, log_bug, parameters
from ivr.channels.twilio.reader import CALL_ID, Form, call_of, is_over, one, recording_of, seconds_recorded
from ivr.errors import CarrierError, StoreDown

log = logging.getLogger(__name__)

NO_CONTENT = ("", 204)
TRY_AGAIN = ("The store does not answer.\n", 503)
"""Twilio tries again only if the callback's address asks it to: `…/twilio/status#rc=5&rp=all`."""


def blueprint(line: TwilioLine) -> Blueprint:
    callbacks = Blueprint("callbacks", __name__)

    @callbacks.route("/status", methods=["GET", "POST"])
    def status() -> ResponseReturnValue:
        return call_status(line, parameters())

    @callbacks.route("/recording/<hotline>/<call>", methods=["POST"])
    def recording(hotline: str, call: str) -> ResponseReturnValue:
        return recording_status(line, hotline, call, parameters())

    @callbacks.route("/recording/<hotline>/<call>/<int:part>", methods=["POST"])
    def call_recording(hotline: str, call: str, part: int) -> ResponseReturnValue:
        return call_recording_status(line, hotline, call, part, parameters())

    @callbacks.errorhandler(Exception)
    def anything(error: Exception) -> ResponseReturnValue:
        if isinstance(error, HTTPException):
            return error
        log_bug(error)
        return "", 500

    return callbacks


def call_status(line: TwilioLine, form: Form) -> tuple[str, int]:
    """Only the end of a call is news to us, and a leg that we dialled has an end of its own."""
    call = call_of(form)
    if not call or not is_over(form) or one(form, "ParentCallSid"):
        return NO_CONTENT
    hotline = line.hotline(form)
    if hotline is None:
        return NO_CONTENT
    log.info("call %s: over, %s", call, one(form, "CallStatus"))
    try:
        if (talk := _talk_outside(line, hotline, call)) is not None:
            line.conductor.tell(hotline, call, talk)
        line.conductor.tell(hotline, call, HungUp())
    except StoreDown:
        log.error("call %s: its end could not be stored; its records end when the call is found to be stale", call)
        return TRY_AGAIN
    return NO_CONTENT


def _talk_outside(line: TwilioLine, hotline: str, call: str) -> DialEnded | None:
    """The talk outside that the caller has hung up on, where the action of its Dial has not told of it yet."""
    last = line.conductor.replay(hotline, call)
    verb = last.verbs[-1] if last and last.verbs else None
    if line.talked_outside is None or not isinstance(verb, Dial) or verb.action == "fallback":
        return None
    try:
        seconds = line.talked_outside(call)
    except CarrierError as error:
        log.warning("call %s: whether there was a talk outside is not known: %s", call, error)
        return None
    return None if seconds is None else DialEnded("completed", seconds, hung_up=True)


def recording_status(line: TwilioLine, hotline: str, call: str, form: Form) -> tuple[str, int]:
    """A caller's message can be fetched now, or there was none."""
    recording = _ready(call, form)
    if not recording or line.recording_ready is None:
        return NO_CONTENT
    return _noted(call, recording, partial(line.recording_ready, hotline, call, recording, seconds_recorded(form)))


def call_recording_status(line: TwilioLine, hotline: str, call: str, part: int, form: Form) -> tuple[str, int]:
    """A part of a call's recording can be fetched now, or nothing was recorded."""
    recording = _ready(call, form)
    if not recording or line.call_recording_ready is None:
        return NO_CONTENT
    noting = partial(line.call_recording_ready, hotline, call, part, recording, seconds_recorded(form))
    return _noted(call, recording, noting)


def _ready(call: str, form: Form) -> str:
    """The recording's id; empty where there is nothing to fetch."""
    recording, status = recording_of(form), one(form, "RecordingStatus") or "completed"
    if status == "completed" and recording and CALL_ID.fullmatch(call):
        return recording
    log.info("call %s: recording %.20s", call[:64], status)
    return ""


def _noted(call: str, recording: str, note: Callable[[], None]) -> tuple[str, int]:
    try:
        note()
    except StoreDown:
        log.error("call %s: recording %s is ready and could not be noted", call, recording)
        return TRY_AGAIN
    return NO_CONTENT
