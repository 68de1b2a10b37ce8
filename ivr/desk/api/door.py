"""Who is let in: a bearer token of a served hotline, and not too often."""

from __future__ import annotations

from http import HTTPStatus
from math import ceil

from ivr.desk.api.desk import Ask, Desk
from ivr.desk.api.problem import Refused
from ivr.desk.api.route import Route
from ivr.store.rates import Rate
from ivr.store.records.tokens import Token

FOR_A_TOKEN = Rate(every_s=0.1, at_once=120)
"""Ten a second, and a board that opens may ask for much at once."""
FOR_A_STRANGER = Rate(every_s=2.0, at_once=30)
"""Requests without a good token, of one address. A guess has one chance in 2^256; this keeps guessing cheap for us."""
LONGEST_TOKEN = 200

HOW = "ask whoever runs the server for one, who makes it by `ivr tokens add NAME --role supervisor`"


def let_in(desk: Desk, header: str, address: str) -> Ask:
    """`header` is Authorization. Raises Refused, StoreDown or RecordsDown."""
    now = desk.clock()
    token = _token(desk, header, now)
    if token is None:
        _count(desk, f"stranger:{address}", FOR_A_STRANGER, now)
        said = "this token is not known, was ended, or its time is over" if header else "this needs a token"
        detail = f"{said}; send `Authorization: Bearer TOKEN`; if you have none, {HOW}"
        raise Refused(HTTPStatus.UNAUTHORIZED, detail, WWW_Authenticate='Bearer realm="ivr"')
    _count(desk, f"token:{token.hotline}:{token.name}", FOR_A_TOKEN, now)
    if desk.hotline(token.hotline) is None:
        detail = f"the token {token.name!r} is for the hotline {token.hotline!r}, which is not served here"
        raise Refused(HTTPStatus.FORBIDDEN, detail)
    return Ask(desk, token, now)


def must_be_allowed(who: Token, route: Route) -> None:
    if not route.may(who.role):
        detail = f"the token {who.name!r} has the role {who.role}; this takes the role {route.role}"
        raise Refused(HTTPStatus.FORBIDDEN, detail)


def _token(desk: Desk, header: str, now: float) -> Token | None:
    scheme, _, shown = header.strip().partition(" ")
    if scheme.lower() != "bearer" or len(shown) > LONGEST_TOKEN:
        return None
    return desk.tokens.find(shown.strip(), now=now)


def _count(desk: Desk, who: str, rate: Rate, now: float) -> None:
    wait_s = desk.rates.take(who, rate, now=now)
    if wait_s:
        seconds = max(1, ceil(wait_s))
        detail = f"that was too often: {rate.at_once} at once, then one every {rate.every_s:g} s; wait {seconds} s"
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, detail, Retry_After=str(seconds))
