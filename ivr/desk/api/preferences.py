"""How a caller likes to be served: shown, set and forgotten at the desk."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Literal

import msgspec

from ivr.call.habits import Wish
from ivr.call.tasks import ForgetHabits, KeepWish
from ivr.desk.api.desk import Ask
from ivr.desk.api.problem import Refused
from ivr.desk.api.route import Route


class CallerPrefers(msgspec.Struct, frozen=True):
    """What is known of one caller."""

    number: str
    """Where he calls from."""
    prefers: dict[str, Any]
    """language, input (keys, voice), pace (slow, normal), way (machine, person, callback, message, elsewhere), hour (of
    wishes to be called back), offers (taken, refused): what holds now, as far as it is known here. Business data, which
    a call looks up, may know otherwise."""
    said: dict[str, Wish]
    """What of it was said outright, and when."""
    calls: int
    """Calls that the rest was learned from."""


class Preferred(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a caller wants from now on; what is left out stays as it is."""

    language: str | None = None
    """One of the hotline's."""
    input: Literal["keys", "voice"] | None = None
    """By what he likes to answer."""
    pace: Literal["slow", "normal"] | None = None
    """How he is spoken to."""
    way: Literal["machine", "person", "callback", "message", "elsewhere"] | None = None
    """What he likes to be served by."""


def show_preferences(ask: Ask, number: str) -> CallerPrefers:
    """How a caller likes to be served. Nothing but the number is there of whom nothing is known."""
    _kept(ask)
    habits, said = ask.desk.prefers.of(ask.hotline, number)
    prefers = ask.desk.prefers.now(habits, said, ask.now, _kept(ask))
    return CallerPrefers(number, prefers, said, len(habits))


def set_preferences(ask: Ask, number: str, body: Preferred) -> CallerPrefers:
    """Keep what a caller has said of how he likes to be served. It holds before whatever is learned, until he says
    otherwise."""
    _kept(ask)
    if body.language is not None and body.language not in ask.known.languages:
        known = ", ".join(ask.known.languages)
        raise Refused(HTTPStatus.BAD_REQUEST, f"{body.language!r} is not spoken here; the languages are {known}")
    for name, value in msgspec.to_builtins(body).items():
        if value is not None:
            ask.desk.prefers.keep(ask.hotline, "", KeepWish(number, name, value, ask.now))
    return show_preferences(ask, number)


def forget_preferences(ask: Ask, number: str) -> None:
    """Forget how a caller likes to be served, as callers may ask. Later calls are learned from again."""
    ask.desk.prefers.keep(ask.hotline, "", ForgetHabits(number, ask.now))


def _kept(ask: Ask) -> float:
    """After how many days what a call has shown counts half."""
    days = ask.known.half_life_days
    if days is None:
        raise Refused(
            HTTPStatus.NOT_FOUND, f"{ask.hotline} keeps no preferences: its hotline.yaml has no `preferences:`"
        )
    return days


ROUTES = (
    Route("GET", "/callers/{number}/preferences", "supervisor", show_preferences),
    Route("PUT", "/callers/{number}/preferences", "supervisor", set_preferences),
    Route("DELETE", "/callers/{number}/preferences", "supervisor", forget_preferences),
)
