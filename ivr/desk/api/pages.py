"""The API for Flask: let in, read, do, write; and every no as problem+json."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import HTTPException

from ivr.desk.api import agents, alarms, calls, goals, messages, preferences, queues, sound, talks, tokens
from ivr.desk.api.desk import Desk
from ivr.desk.api.door import let_in, must_be_allowed
from ivr.desk.api.openapi import BASE, document
from ivr.desk.api.problem import MEDIA, Refused
from ivr.desk.api.reading import JSON, must_be_text, read_body, read_query
from ivr.desk.api.route import Route, shape
from ivr.desk.api.sound import MEDIA as SOUND
from ivr.desk.api.sound import Sound
from ivr.errors import HostError, RecordsDown
from ivr.store.agents import UnknownAgent

log = logging.getLogger(__name__)

ROUTES = (
    *agents.ROUTES,
    *queues.ROUTES,
    *alarms.ROUTES,
    *goals.ROUTES,
    *calls.ROUTES,
    *talks.ROUTES,
    *messages.ROUTES,
    *preferences.ROUTES,
    *sound.ROUTES,
    *tokens.ROUTES,
)
DOCUMENT = f"{BASE}/openapi.json"
RETRY_AFTER_S = 5
"""When the store or the database is away."""


def blueprint(desk: Desk) -> Blueprint:
    routes = Blueprint("api", __name__)

    for route in ROUTES:
        rule = BASE + route.path.replace("{", "<").replace("}", ">")
        routes.add_url_rule(
            rule, route.do.__name__, _view(desk, route), methods=[route.method], provide_automatic_options=False
        )

    @routes.get(DOCUMENT, provide_automatic_options=False)
    def openapi() -> Response:
        return Response(written(), content_type=JSON)

    @routes.app_errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response | HTTPException:
        if not (request.path == BASE or request.path.startswith(f"{BASE}/")):
            return error
        return _refused(desk, error)

    return routes


@cache
def written() -> bytes:
    """The document, made when it is first asked for."""
    return msgspec.json.encode(document(ROUTES))


def _view(desk: Desk, route: Route) -> Callable[..., Response]:
    told = shape(route)

    def view(**places: str) -> Response:
        try:
            ask = _let_in(desk)
            must_be_allowed(ask.who, route)
            for name, value in places.items():
                must_be_text(name, value)
            given: dict[str, Any] = {**places}
            query = read_query(told.query, dict(request.args.lists()))
            if told.query is not None:
                given["query"] = query
            if told.body is not None:
                given["body"] = read_body(told.body, request.mimetype, request.get_data())
            answer = route.do(ask, **given)
            if isinstance(answer, Sound):
                return _piece(answer)
        except Refused as problem:
            return _told(problem)
        except UnknownAgent as error:
            return _told(Refused(HTTPStatus.NOT_FOUND, str(error)))
        except HostError as error:
            return _told(_away(error))
        except HTTPException:
            raise
        except Exception:  # the outer handler of a request: whoever asked gets an answer, the host the traceback
            log.exception("%s %s: a bug", request.method, route.path)
            return _told(Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "a mistake of ours; the server's log tells more"))
        if told.answer is None:
            return Response(status=HTTPStatus.NO_CONTENT)
        return Response(msgspec.json.encode(answer), content_type=JSON, headers={"Cache-Control": "no-store"})

    return view


def _piece(sound: Sound) -> Response:
    """The whole file, or what `Range` asks for: a player asks for the end first, to know how long it is, and then for
    piece after piece. Only the first piece tells that somebody has it."""
    answer = send_file(sound.path, mimetype=SOUND, conditional=True, max_age=0)
    answer.headers["Cache-Control"] = "no-store"
    first = answer.status_code == HTTPStatus.OK or answer.content_range.start == 0
    if request.method == "GET" and first:
        sound.heard()
    return answer


def _let_in(desk: Desk) -> Any:
    return let_in(desk, request.headers.get("Authorization", ""), request.remote_addr or "")


def _refused(desk: Desk, error: HTTPException) -> Response:
    """What Flask itself refuses: a path that is none, a method, a body too long. Strangers hear of tokens first."""
    try:
        _let_in(desk)
    except Refused as problem:
        return _told(problem)
    except HostError as away:
        return _told(_away(away))
    status = HTTPStatus(error.code or 500)
    headers = {}
    match status:
        case HTTPStatus.NOT_FOUND:
            detail = f"there is nothing at {request.path}; {DOCUMENT} lists what there is"
        case HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
            detail, headers = f"{request.path} takes {allowed}, not {request.method}", {"Allow": allowed}
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            detail = "the body is longer than anything we take"
        case _:
            detail = error.description or status.phrase
    return _told(Refused(status, detail, **headers))


def _away(error: HostError) -> Refused:
    """The host's log has the error's own words; they name machines, which are no business of who asks."""
    log.warning("a request to %s could not be answered: %s", request.path, error)
    what = "the database of records" if isinstance(error, RecordsDown) else "the store of calls"
    detail = f"{what} does not answer just now; ask again in {RETRY_AFTER_S} s"
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, detail, Retry_After=str(RETRY_AFTER_S))


def _told(problem: Refused) -> Response:
    body = msgspec.json.encode(problem.told)
    return Response(body, problem.told.status, headers=problem.headers, content_type=MEDIA)
