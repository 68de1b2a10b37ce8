"""Tokens: who may ask this API what."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Annotated

import msgspec
from msgspec import Meta

from ivr.desk.api.agents import Who
from ivr.desk.api.desk import Ask
from ivr.desk.api.problem import Refused
from ivr.desk.api.route import Route
from ivr.desk.tokens import BadToken, Wish, new_token
from ivr.store.records.tokens import Role, Token

log = logging.getLogger(__name__)


class TokenList(msgspec.Struct, frozen=True):
    """Every token of the hotline, without its secret, which is kept nowhere."""

    items: list[Who]
    """By name."""


class NewToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a token shall be good for."""

    role: Role
    """Each may what the one before it may, and more."""
    agent: Annotated[str, Meta(max_length=100)] = ""
    """Of the role agent: whose it is; left out, the agent of the token's own name."""
    days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    """Good for so many days; left out: until it is ended."""


class MadeToken(msgspec.Struct, frozen=True):
    """A token; the secret is told once, when it is made."""

    token: Who
    """What it may."""
    secret: str | None
    """Send it as `Authorization: Bearer SECRET`. null: the token was there already."""


def list_tokens(ask: Ask) -> TokenList:
    """Every token of the hotline."""
    return TokenList([_who(one) for one in ask.desk.tokens.all(ask.hotline)])


def make_token(ask: Ask, token: str, body: NewToken) -> MadeToken:
    """Make a token of that name. Where there is one that may the same, it stays, and its secret is not told again."""
    agents = [one.name for one in ask.desk.agents.all(ask.hotline, now=ask.now)]
    try:
        wanted = new_token(Wish(token, body.role, body.agent, body.days), ask.hotline, agents, now=ask.now)
    except BadToken as error:
        raise Refused(HTTPStatus.BAD_REQUEST, str(error)) from None
    secret = ask.desk.tokens.add(wanted)
    if secret is not None:
        log.info("token %s of %s made by token %s", token, ask.hotline, ask.who.name)
        return MadeToken(_who(wanted), secret)
    for one in ask.desk.tokens.all(ask.hotline):
        if one.name == token and (one.role, one.agent) == (wanted.role, wanted.agent):
            return MadeToken(_who(one), None)
    detail = f"there is a token {token!r} that may something else; end it first, or take another name"
    raise Refused(HTTPStatus.CONFLICT, detail)


def end_token(ask: Ask, token: str) -> None:
    """End a token: it is good for nothing from now on. Ending one that is not there is no fault."""
    if ask.desk.tokens.end(ask.hotline, token):
        log.info("token %s of %s ended by token %s", token, ask.hotline, ask.who.name)


def _who(one: Token) -> Who:
    return Who(one.name, one.hotline, one.role, one.agent, one.until)


ROUTES = (
    Route("GET", "/tokens", "admin", list_tokens),
    Route("PUT", "/tokens/{token}", "admin", make_token),
    Route("DELETE", "/tokens/{token}", "admin", end_token),
)
