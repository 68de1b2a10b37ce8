"""Waits that were too long, for whoever can mend that."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from ivr.desk.api.desk import Ask
from ivr.desk.api.route import Route
from ivr.store.records.alarms import Alarm, AlarmsWanted, alarms

DAY_S = 86_400.0


class AlarmsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which alarms."""

    open: bool | None = None
    """true: callers who still wait; false: those who do not; left out: all."""
    since: Annotated[float, Meta(ge=0, le=1e11)] | None = None
    """Raised then or later, in seconds since 1970; left out: in the last 24 hours."""
    limit: Annotated[int, Meta(ge=1, le=1000)] = 200
    """How many at most; the newest."""


class AlarmList(msgspec.Struct, frozen=True):
    """Some alarms."""

    items: list[Alarm]
    """The newest first; each wait once."""


def list_alarms(ask: Ask, query: AlarmsQuery) -> AlarmList:
    """Waits in line that were longer than `alarm_after_s` of their queue: who, since when, and what ended them."""
    since = ask.now - DAY_S if query.since is None else query.since
    return AlarmList(alarms(ask.desk.engine, AlarmsWanted(ask.hotline, since, query.open, query.limit)))


ROUTES = (Route("GET", "/alarms", "supervisor", list_alarms),)
"""Numbers are whole: only supervisors see them."""
