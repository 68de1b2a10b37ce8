"""Talks under way: send the caller on, bring somebody in, send them away (R74, R75)."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from ivr.call.closing import LONGEST_NOTE
from ivr.desk.api.desk import Ask
from ivr.desk.api.problem import Refused
from ivr.desk.api.reading import plain
from ivr.desk.api.route import Route
from ivr.runtime.handing_on import NotHandedOn, Unknown

T = TypeVar("T")
Name = Annotated[str, Meta(min_length=1, max_length=200)]


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To whom a caller is sent on, or who is brought in."""

    to: Name
    """`queue:NAME` or `agent:NAME`, as queues.yaml has them."""
    note: Annotated[str, Meta(max_length=LONGEST_NOTE)] = ""
    """What they hear before they take the call."""
    agent: Annotated[str, Meta(max_length=200)] = ""
    """Whose talk it is, where several are in it; an agent's token takes its own."""


def transfer_call(ask: Ask, call: str, body: Target) -> None:
    """Send the caller on to another queue or agent, at the place of the first wait. The talk is over with that: the
    same once more is refused."""
    token = _talk(ask, call, body.agent)
    _ordered(lambda: ask.desk.talks.transfer(ask.hotline, token, body.to, plain(body.note), _by(ask)))


def bring_in_expert(ask: Ask, call: str, body: Target) -> None:
    """Ring somebody to join a talk, which goes on meanwhile. Whom is rung already is not rung twice; after that, once
    more brings one more."""
    token = _talk(ask, call, body.agent)
    _ordered(lambda: ask.desk.talks.bring_in(ask.hotline, token, body.to, plain(body.note), _by(ask)))


def send_experts_away(ask: Ask, call: str) -> None:
    """Ring nobody to join any more, and take out of a talk who was brought in. Whoever took the call stays, as does the
    agent whose token asks; where nobody is left to send away it is refused."""
    token = _talk(ask, call, "")
    _ordered(lambda: ask.desk.talks.send_away(ask.hotline, token, by=_by(ask)))


def send_expert_away(ask: Ask, call: str, expert: str) -> None:
    """Take one out of a talk, which goes on. Whoever took the call is sent away by supervisors only."""
    token = _ordered(lambda: ask.desk.talks.who.token_beside(ask.hotline, call, expert, ask.who.agent))
    _ordered(lambda: ask.desk.talks.send_away(ask.hotline, token, expert, by=_by(ask)))


def _talk(ask: Ask, call: str, agent: str) -> str:
    """Whose talk it is. Raises Refused."""
    mine = ask.who.agent
    if mine and agent not in ("", mine):
        raise Refused(HTTPStatus.FORBIDDEN, f"this token is of the agent {mine!r} and speaks for that one only")
    return _ordered(lambda: ask.desk.talks.who.token(ask.hotline, call, mine or agent))


def _by(ask: Ask) -> str:
    """Who has ordered it, where that is not the agent of the talk."""
    return "" if ask.who.agent else ask.who.name


def _ordered(order: Callable[[], T]) -> T:
    """Raises Refused, where it cannot be."""
    try:
        return order()
    except Unknown as error:
        raise Refused(HTTPStatus.NOT_FOUND, str(error)) from None
    except NotHandedOn as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from None


ROUTES = (
    Route("PUT", "/calls/{call}/transfer", "agent", transfer_call),
    Route("PUT", "/calls/{call}/experts", "agent", bring_in_expert),
    Route("DELETE", "/calls/{call}/experts", "agent", send_experts_away),
    Route("DELETE", "/calls/{call}/experts/{expert}", "agent", send_expert_away),
)
