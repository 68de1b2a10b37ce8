"""The live table of queues, and how rules do."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from ivr.desk.api.desk import Ask, HotlineNow
from ivr.desk.api.route import Route
from ivr.desk.board import Board, Period, Watched, board
from ivr.store.records.rules import RulesTold, rules_told

WEEK_S = 604_800.0


class BoardQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the counts are of."""

    period: Period = "today"
    """Since midnight where the hotline is, or the last 60 minutes."""


class RulesQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which calls count."""

    since: Annotated[float, Meta(ge=0, le=1e11)] | None = None
    """Calls that began then or later, in seconds since 1970; left out: seven days ago."""


def show_queues(ask: Ask, query: BoardQuery) -> Board:
    """How the queues are doing: who waits, who is there, what came, as counts and rates."""
    known = _known(ask)
    watched = Watched(ask.hotline, known.queues, ZoneInfo(known.timezone))
    return board(ask.desk.line, ask.desk.log(ask.hotline), watched, query.period, now=ask.now)


def show_rules(ask: Ask, query: RulesQuery) -> RulesTold:
    """How each rule of handoff.yaml does: how often it fitted, was applied, agreed to, and how those calls ended. A
    row for each version of the hotline, so that a change can be compared with before."""
    known = _known(ask)
    since = ask.now - WEEK_S if query.since is None else query.since
    return rules_told(ask.desk.engine, ask.hotline, since, (known.version, known.rules))


def _known(ask: Ask) -> HotlineNow:
    known = ask.desk.hotline(ask.hotline)
    assert known is not None, "the door lets nobody in whose hotline is not served"
    return known


ROUTES = (
    Route("GET", "/queues", "supervisor", show_queues),
    Route("GET", "/rules", "supervisor", show_rules),
)
