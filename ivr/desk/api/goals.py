"""How rules do, and what the hotline reaches."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

import msgspec
from msgspec import Meta

from ivr.desk.api.desk import Ask
from ivr.desk.api.problem import Refused
from ivr.desk.api.route import Route
from ivr.store.records.counts import By, RulesTold
from ivr.store.records.goals import GoalsTold
from ivr.store.records.reached import goals_told
from ivr.store.records.rules import rules_told
from ivr.store.records.verdicts import Window

WEEK_S = 604_800.0
Moment = Annotated[float, Meta(ge=0, le=1e11)]


class PeriodQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which calls count."""

    since: Moment | None = None
    """Calls that began after that, in seconds since 1970; left out: seven days ago."""
    until: Moment | None = None
    """And not after that; left out: now."""


class RulesQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which calls count, and how."""

    since: Moment | None = None
    """Calls that began after that, in seconds since 1970; left out: seven days ago."""
    until: Moment | None = None
    """And not after that; left out: now."""
    by: By = "version"
    """A row for each rule in each version of the hotline, or one for each rule."""


def show_rules(ask: Ask, query: RulesQuery) -> RulesTold:
    """How each rule does: how often it fitted, was applied, agreed to, and what became of those calls. A row for each
    version of the hotline, so that a change can be compared with before."""
    return rules_told(ask.desk.engine, _window(ask, query), ask.known.served, query.by)


def show_goals(ask: Ask, query: PeriodQuery) -> GoalsTold:
    """What the hotline reaches: how much the machine keeps and what that saves, what is sold, how content callers are.
    The same for as long a stretch of time before, and what is counted as what."""
    return goals_told(ask.desk.engine, _window(ask, query), ask.known.worth)


def _window(ask: Ask, query: PeriodQuery | RulesQuery) -> Window:
    until = ask.now if query.until is None else query.until
    since = until - WEEK_S if query.since is None else query.since
    if since >= until:
        raise Refused(HTTPStatus.BAD_REQUEST, f"`until` ({until:.0f}) must be later than `since` ({since:.0f})")
    return Window(ask.hotline, since, until, ask.now, ask.known.quiet_days)


ROUTES = (
    Route("GET", "/rules", "supervisor", show_rules),
    Route("GET", "/goals", "supervisor", show_goals),
)
