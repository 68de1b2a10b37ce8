"""The requests a caller waits for: each is answered with TwiML, whatever came in."""

from __future__ import annotations

import logging
import re
from typing import get_args

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from ivr.call.events import Event, Resumed
from ivr.call.verbs import Say
from ivr.channels.twilio import outage
from ivr.channels.twilio.leg_writer import write_alone, write_goodbye
from ivr.channels.twilio.line import TwilioLine, parameters, rescue, twiml
from ivr.channels.twilio.reader import CALL_ID, Form, call_of, called, is_over, one, read_start, read_turn
from ivr.channels.twilio.urls import After, Turn
from ivr.errors import CarrierError, StoreDown

log = logging.getLogger(__name__)

NOT_IN_SERVICE = Say("The number you have dialled is not in service. Goodbye.", "en")
"""Said in English: no hotline, no language."""
MAX_TURN_DIGITS = 9
ALONE_S = 8
"""How long a caller may be alone in a room; then the agent, who comes within a second or two, is taken to be gone."""


def blueprint(line: TwilioLine) -> Blueprint:
    calls = Blueprint("calls", __name__)

    @calls.route("/voice", methods=["GET", "POST"])
    def voice() -> ResponseReturnValue:
        return twiml(first(line, caller_form()))

    @calls.route("/turn/<hotline>/<call>/<number>", methods=["POST"])
    def turn(hotline: str, call: str, number: str) -> ResponseReturnValue:
        return twiml(later(line, hotline, call, number, caller_form()))

    @calls.route("/again/<hotline>/<call>", methods=["POST"])
    def again(hotline: str, call: str) -> ResponseReturnValue:
        return twiml(repeat(line, Turn(hotline, call, 0), caller_form()))

    @calls.route("/alone/<hotline>/<call>/<number>", methods=["POST"])
    def alone(hotline: str, call: str, number: str) -> ResponseReturnValue:
        return twiml(unmet(line, hotline, call, number))

    @calls.route("/fallback", methods=["GET", "POST"])
    def fallback() -> ResponseReturnValue:
        return twiml(mend(line, caller_form()))

    @calls.route("/transferred", methods=["POST"])
    def transferred() -> ResponseReturnValue:
        return twiml(after_transfer(line, caller_form()))

    @calls.errorhandler(Exception)
    def anything(error: Exception) -> ResponseReturnValue:
        return rescue(line, error)

    return calls


def caller_form() -> Form:
    """The form, if it can be Twilio's at all."""
    form = parameters()
    if not form.get("CallSid") and not form.get("AccountSid"):
        abort(Response("This is a webhook for Twilio: the request has neither a CallSid nor an AccountSid.\n", 400))
    return form


def first(line: TwilioLine, form: Form) -> str:
    """A call comes in."""
    call, hotline = call_of(form), line.hotline(form)
    if hotline is None:
        log.warning(
            "call %s: %r is no number of this server; it serves %s. Set `numbers` in a hotline.yaml.",
            call,
            called(form),
            ", ".join(line.numbers()) or "none",
        )
        return write_goodbye([NOT_IN_SERVICE])
    if not call:
        log.error("a first request without a usable CallSid; the call is handed on")
        return outage.hand_on(line.conductor, line.urls, hotline)
    return take(line, Turn(hotline, call, 0, _since()), read_start(form))


def later(line: TwilioLine, hotline: str, call: str, number: str, form: Form) -> str:
    """The next event of a running call."""
    turn = _turn(hotline, call, number)
    if turn is None or call != call_of(form):
        log.error("call %s: a request does not fit its own address (turn %.20r of %.64r)", call_of(form), number, call)
        return outage.hand_on(line.conductor, line.urls, line.hotline(form))
    if turn.number == 0:
        return take(line, turn, read_start(form))
    return take(line, turn, read_turn(_after(), form, request.args.get("agent", "")))


def take(line: TwilioLine, turn: Turn, event: Event) -> str:
    """Have the event answered. After an outage what the caller did is gone: the request that comes back carries none
    of it, so the last prompt is given again."""
    if turn.since is not None and turn.number > 0:
        event = Resumed()
    log.info("call %s turn %d: %s", turn.call, turn.number, type(event).__name__)
    try:
        answer = line.conductor.hear(turn.hotline, turn.call, turn.number, event)
    except StoreDown:
        return outage.hold(line.conductor, line.urls, turn, line.clock())
    return line.written(answer, turn.hotline, turn.call, again=isinstance(event, Resumed))


def repeat(line: TwilioLine, turn: Turn, form: Form) -> str:
    """The last answer again, nothing changed; a call nobody knows begins."""
    if turn.call != call_of(form):
        return outage.hand_on(line.conductor, line.urls, line.hotline(form))
    try:
        answer = line.conductor.replay(turn.hotline, turn.call)
    except StoreDown:
        # Turn 0 is older than any other: it is answered with the last answer, too.
        return outage.hold(line.conductor, line.urls, turn, line.clock())
    if answer is None:
        return take(line, turn, read_start(form))
    return line.written(answer, turn.hotline, turn.call)


def unmet(line: TwilioLine, hotline: str, call: str, number: str) -> str:
    """A caller is alone in the room: at first because the agent is on the way, later because the agent is gone.

    A document of a room cannot end the room; an order by REST can, and the caller is back in line.
    """
    turn = _turn(hotline, call, number)
    agent = request.args.get("agent", "")
    if turn is None or line.redirect is None or not request.args.get("seen"):
        again = line.urls.alone(turn, agent, seen=True) if turn else ""
        return write_alone(ALONE_S, next_url=again)
    log.warning("call %s turn %d: no agent came into the room", call, turn.number)
    try:
        line.redirect(call, line.urls.turn(turn, "unmet", agent))
    except CarrierError as error:
        log.error("call %s: could not be fetched out of its room: %s", call, error)
    return write_alone(ALONE_S, next_url=line.urls.alone(turn, agent, seen=True))


def mend(line: TwilioLine, form: Form) -> str:
    """Twilio could not get or could not use our document."""
    call, hotline, code = call_of(form), line.hotline(form), one(form, "ErrorCode")
    # The query is left out: it is ours, but nobody should have to check that.
    log.error("call %s: Twilio error %.9s at %.200s", call, code, one(form, "ErrorUrl").partition("?")[0])
    if hotline is None or not call or not _was_not_fetched(code):
        # A document Twilio cannot use would only come back the same.
        return outage.hand_on(line.conductor, line.urls, hotline)
    return repeat(line, Turn(hotline, call, 0), form)


def after_transfer(line: TwilioLine, form: Form) -> str:
    """A fallback number has been rung."""
    if is_over(form) or one(form, "DialCallStatus") in ("completed", "answered"):
        return write_goodbye(())
    log.error("call %s: the fallback number did not answer", call_of(form))
    return outage.farewell(line.conductor, line.hotline(form))


def _was_not_fetched(code: str) -> bool:
    """11xxx: the way to us failed. But 11750, too large a document, is a fault of the document."""
    return code.startswith("11") and code != "11750"


def _turn(hotline: str, call: str, number: str) -> Turn | None:
    """What an address of ours names, if it can be one."""
    if not CALL_ID.fullmatch(call) or not re.fullmatch(rf"[0-9]{{1,{MAX_TURN_DIGITS}}}", number):
        return None
    return Turn(hotline, call, int(number), _since())


def _after() -> After:
    """What the caller was doing, as our own address says."""
    after = request.args.get("after", "")
    return next((known for known in get_args(After) if known == after), "listen")


def _since() -> int | None:
    text = request.args.get("since", "")
    return int(text) if re.fullmatch(r"[0-9]{1,11}", text) else None
