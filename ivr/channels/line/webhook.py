"""The routes of the local line.

    GET  /line/hotlines                                            -> {"hotlines"}: the names of those served here
    POST /line/calls                        {"caller", "called"}   -> {"hotline", "call", "turn", "verbs"}
    POST /line/calls/HOTLINE/CALL/TURN      an event               -> {"turn", "verbs"}
    GET  /line/calls/HOTLINE/CALL                                  -> {"turn", "verbs"}: the last answer
    POST /line/calls/HOTLINE/CALL/hangup
    POST /line/agents/HOTLINE/AGENT/in | out
    POST /line/agents/HOTLINE/AGENT/beat                           {"token", "rings"} -> {"at_work", "caller_gone"}: the
                        phone is there, and holds this talk or rings for it. Who has told so once must go on, or is gone
    GET  /line/agents/HOTLINE/AGENT                                -> {"token", "words", "context"}; {}: no ring
    POST /line/agents/HOTLINE/AGENT/transfer | bring_in            {"to", "note"}: the caller this agent talks with
    POST /line/agents/HOTLINE/AGENT/send_away                      {"expert"}: without one, all who were brought in
    POST /line/offers/HOTLINE/TOKEN/take                           -> {"room", "number", "closes"}: `number` where the
                                            agent calls back; `closes`: the agent is to be asked how the talk has ended
    POST /line/offers/HOTLINE/TOKEN/close                          {"outcome", "note"} -> the one that stands
    POST /line/offers/HOTLINE/TOKEN/decline | end | not_reached

Open to this machine only, and to JSON only, so that no web page can speak to it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from flask import Blueprint, Response, request

from ivr.call.codec import Answer, event_from_json, to_json
from ivr.call.events import (
    AgentLeft,
    CallStarted,
    DialEnded,
    DigitsPressed,
    Event,
    HungUp,
    NothingHeard,
    Polled,
    Recorded,
    SpeechHeard,
)
from ivr.channels.line.bodies import Beat, Ended, NewCall, SentAway, SentTo
from ivr.channels.nearby import from_this_machine
from ivr.errors import HostError, StoreDown
from ivr.runtime.conductor import Conductor
from ivr.runtime.switchboard import Offer, Switchboard

LARGEST_BYTES = 100_000
CHANNEL = "console"
LONGEST_SPEECH = 2000
"""Letters; the rest of a longer sentence is not heard."""
DIGITS = re.compile(r"[0-9*#]{1,64}")
CALL = re.compile(r"local-[0-9a-f]{16}")
BY_CALLER = (DigitsPressed, SpeechHeard, NothingHeard, HungUp, Polled, Recorded, DialEnded, AgentLeft)
"""What a caller's telephone can tell; all other news has its own way in."""


class Ringing(Protocol):
    """Which agents' phones ring just now."""

    def offer_for(self, hotline: str, agent: str, *, now: float) -> Offer | None: ...


class Desk(Protocol):
    """Who is there. Signing in and out raise HostError for an agent nobody declared."""

    def sign_in(self, hotline: str, agent: str, *, now: float) -> object: ...
    def sign_out(self, hotline: str, agent: str, *, now: float) -> object: ...
    def beat(self, hotline: str, agent: str, *, now: float, held: str) -> bool:
        """Whether the agent is at work."""


@dataclass(frozen=True, slots=True)
class LocalLine:
    """What `app` hands to the local line."""

    conductor: Conductor
    switchboard: Switchboard
    ringing: Ringing
    desk: Desk
    clock: Callable[[], float]


def blueprint(line: LocalLine) -> Blueprint:
    """The routes below /line."""
    routes = Blueprint("line", __name__, url_prefix="/line")

    @routes.before_request
    def from_here_only() -> Response | None:
        request.max_content_length = LARGEST_BYTES
        if not from_this_machine(request):
            return _problem(403, "the local line is open to this machine only")
        if request.method == "POST" and request.mimetype != "application/json":
            return _problem(415, "send JSON, with Content-Type: application/json")
        named = request.view_args or {}
        if "hotline" in named and line.conductor.shelf.current(named["hotline"]) is None:
            return _problem(404, f"no hotline called {named['hotline']!r} is served here")
        if "call" in named and not CALL.fullmatch(named["call"]):
            return _problem(404, f"{named['call']!r} is no call of this line")
        return None

    @routes.errorhandler(StoreDown)
    def no_store(error: StoreDown) -> Response:
        return _problem(503, str(error))

    @routes.errorhandler(HostError)
    def not_so(error: HostError) -> Response:
        return _problem(404, str(error))

    @routes.errorhandler(msgspec.ValidationError)
    @routes.errorhandler(msgspec.DecodeError)
    def bad_body(error: Exception) -> Response:
        return _problem(400, f"the body is not understood: {error}")

    @routes.get("/hotlines")
    def hotlines() -> Response:
        return _json({"hotlines": sorted(line.conductor.shelf.names())})

    @routes.post("/calls")
    def begin() -> Response:
        wanted = msgspec.json.decode(request.get_data(), type=NewCall)
        hotline = line.conductor.hotline_for(wanted.called)
        if hotline is None:
            return _problem(404, f"no hotline answers {wanted.called!r}")
        call = f"local-{secrets.token_hex(8)}"
        started = CallStarted(caller=wanted.caller, called=wanted.called, channel=CHANNEL)
        answer = line.conductor.hear(hotline, call, 0, started)
        return _json({"hotline": hotline, "call": call, "turn": answer.turn, "verbs": answer.verbs})

    @routes.post("/calls/<hotline>/<call>/<int:turn>")
    def go_on(hotline: str, call: str, turn: int) -> Response:
        event = _heard(event_from_json(request.get_data()))
        if isinstance(event, HungUp):
            return _answer(line.conductor.tell(hotline, call, event))
        if line.conductor.replay(hotline, call) is None:
            return _problem(404, f"nobody knows the call {call!r}")
        return _answer(line.conductor.hear(hotline, call, turn, event))

    @routes.get("/calls/<hotline>/<call>")
    def look(hotline: str, call: str) -> Response:
        answer = line.conductor.replay(hotline, call)
        return _answer(answer) if answer else _problem(404, f"nobody knows the call {call!r}")

    @routes.post("/calls/<hotline>/<call>/hangup")
    def hang_up(hotline: str, call: str) -> Response:
        return _answer(line.conductor.tell(hotline, call, HungUp()))

    @routes.get("/agents/<hotline>/<agent>")
    def rings(hotline: str, agent: str) -> Response:
        offer = line.ringing.offer_for(hotline, agent, now=line.clock())
        words = line.switchboard.whisper(hotline, offer.token) if offer else None
        if offer is None or words is None:
            return _json({})
        return _json({"token": offer.token, "words": words, "context": offer.context})

    @routes.post("/agents/<hotline>/<agent>/in")
    def sign_in(hotline: str, agent: str) -> Response:
        line.desk.sign_in(hotline, agent, now=line.clock())
        return _json({})

    @routes.post("/agents/<hotline>/<agent>/out")
    def sign_out(hotline: str, agent: str) -> Response:
        line.desk.sign_out(hotline, agent, now=line.clock())
        return _json({})

    @routes.post("/agents/<hotline>/<agent>/beat")
    def beat(hotline: str, agent: str) -> Response:
        told, talks = msgspec.json.decode(request.get_data(), type=Beat), line.switchboard.talks
        at_work = line.desk.beat(hotline, agent, now=line.clock(), held=told.token)
        watched = told.token or told.rings
        offer = talks.find(watched) if watched else None
        gone = bool(watched) if offer is None else bool(told.token) and talks.has_parted(offer)
        return _json({"at_work": at_work, "caller_gone": gone})

    @routes.post("/agents/<hotline>/<agent>/transfer")
    def transfer(hotline: str, agent: str) -> Response:
        wanted = msgspec.json.decode(request.get_data(), type=SentTo)
        line.switchboard.talks.transfer(hotline, talk_of(hotline, agent), wanted.to, wanted.note)
        return _json({})

    @routes.post("/agents/<hotline>/<agent>/bring_in")
    def bring_in(hotline: str, agent: str) -> Response:
        wanted = msgspec.json.decode(request.get_data(), type=SentTo)
        line.switchboard.talks.bring_in(hotline, talk_of(hotline, agent), wanted.to, wanted.note)
        return _json({})

    @routes.post("/agents/<hotline>/<agent>/send_away")
    def send_away(hotline: str, agent: str) -> Response:
        wanted = msgspec.json.decode(request.get_data(), type=SentAway)
        line.switchboard.talks.send_away(hotline, talk_of(hotline, agent), wanted.expert)
        return _json({})

    def talk_of(hotline: str, agent: str) -> str:
        offer = line.ringing.offer_for(hotline, agent, now=line.clock())
        if offer is None:
            raise HostError(f"{agent} talks with nobody")
        return offer.token

    @routes.post("/offers/<hotline>/<token>/take")
    def take(hotline: str, token: str) -> Response:
        offer, joined = line.switchboard.talks.find(token), line.switchboard.take(hotline, token)
        if joined is None:
            return _problem(410, "the caller is no longer waiting")
        closes = offer is not None and line.switchboard.talks.asks_how_it_ended(hotline, offer.queue)
        return _json({"room": joined.room, "number": joined.number, "closes": closes})

    @routes.post("/offers/<hotline>/<token>/close")
    def close(hotline: str, token: str) -> Response:
        told = msgspec.json.decode(request.get_data(), type=Ended)
        offer = line.switchboard.talks.find(token)
        if offer is None:
            return _problem(410, "the talk is over and forgotten; `ivr agents close` can still tell how it ended")
        return _json(line.switchboard.talks.close(hotline, offer.call, offer.agent, told.outcome, told.note))

    @routes.post("/offers/<hotline>/<token>/decline")
    def decline(hotline: str, token: str) -> Response:
        line.switchboard.miss(hotline, token, "declined")
        return _json({})

    @routes.post("/offers/<hotline>/<token>/not_reached")
    def not_reached(hotline: str, token: str) -> Response:
        line.switchboard.not_reached(hotline, token)
        return _json({})

    @routes.post("/offers/<hotline>/<token>/end")
    def end(hotline: str, token: str) -> Response:
        line.switchboard.talks.ended(hotline, token, 0.0)
        return _json({})

    return routes


def _heard(event: Event) -> Event:
    """What a telephone could have told. Raises msgspec.ValidationError."""
    match event:
        case DigitsPressed(digits=digits) if not DIGITS.fullmatch(digits):
            raise msgspec.ValidationError("keys are 0-9, * and #, at most 64 of them")
        case SpeechHeard(text=text):
            return msgspec.structs.replace(event, text=text[:LONGEST_SPEECH])
        case _ if not isinstance(event, BY_CALLER):
            raise msgspec.ValidationError(f"{type(event).__name__} is nothing that a telephone tells")
    return event


def _answer(answer: Answer | None) -> Response:
    return _json({"turn": answer.turn, "verbs": answer.verbs} if answer else {})


def _json(value: Any) -> Response:
    return Response(to_json(value), content_type="application/json; charset=utf-8")


def _problem(status: int, sentence: str) -> Response:
    return Response(to_json({"problem": sentence}), status, content_type="application/json; charset=utf-8")
