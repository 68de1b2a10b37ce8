"""The live table of queues."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import msgspec

from ivr.desk.api.desk import Ask
from ivr.desk.api.route import Route
from ivr.desk.board import Board, Period, Watched, board


class BoardQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the counts are of."""

    period: Period = "today"
    """Since midnight where the hotline is, or the last 60 minutes."""


def show_queues(ask: Ask, query: BoardQuery) -> Board:
    """How the queues are doing: who waits, who is there, what came, as counts and rates."""
    known = ask.known
    watched = Watched(ask.hotline, known.queues, ZoneInfo(known.timezone))
    return board(ask.desk.line, ask.desk.log(ask.hotline), watched, query.period, now=ask.now)


ROUTES = (Route("GET", "/queues", "supervisor", show_queues),)
