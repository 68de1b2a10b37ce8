"""What became of each call: solved or not, and by whose word (R47, R96, R97).

The first of these that says anything counts:

1. whoever was in the talk closed it as solved, not solved or converted;
2. the caller's own word: an answer called `solved` or `not_solved`, else a rating, of the person where one was reached
   and of the machine where none was: 3 and better is solved;
3. the flow says that the caller took what was for sale;
4. the caller hung up in line, or the call broke: not solved;
5. the caller called again for the same wish within so many days: not solved;
6. the caller was answered or met a person, and did not call again for so many days: solved.

All else is not known, or not yet, and is left out of every share. The last two are never written down: they become
true after the call, and are asked of the calls that came later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from ivr.store.records.schema import calls

DAY_S = 86_400.0
SERVED = ("answered", "connected")
LOST = ("abandoned", "failed")
GOOD = 3
"""The least rating that says it went well, as in the step `rate`."""
ADDRESSES = ("+%", "sip:%", "sips:%", "client:%")
"""What callers who can be known again call from."""


@dataclass(frozen=True, slots=True)
class Window:
    """Calls of a hotline that began in a stretch of time, and the moment they are looked at from. Times are seconds
    since 1970."""

    hotline: str
    since: float
    """After that."""
    until: float
    """Not after that."""
    now: float
    quiet_days: int = 7

    @property
    def earlier(self) -> Window:
        """As long a stretch, just before."""
        return replace(self, since=2 * self.since - self.until, until=self.since)


def verdicts(window: Window) -> sa.CTE:
    """A row for each call of the window: all columns of `calls`, and `solved` (1, 0 or NULL), `sold` (1 or 0),
    `became` (how it ended, or `running`) and `ran_on` (a version of the hotline)."""
    c = calls.c
    again_at = sa.func.lead(c.started_at).over(
        partition_by=(c.caller, sa.func.coalesce(c.intent, "")), order_by=(c.started_at, c.call)
    )
    since = sa.select(calls, again_at.label("again_at")).where(
        c.hotline == window.hotline,
        c.started_at > window.since,
        c.started_at <= window.until + window.quiet_days * DAY_S,
    )
    found = since.subquery("since")
    ended = sa.func.coalesce(found.c.outcome, "ended")
    named: Any = (
        solved(found.c, window).label("solved"),
        sold(found.c).label("sold"),
        sa.case((found.c.ended_at.is_(None), "running"), else_=ended).label("became"),
        sa.func.coalesce(found.c.version, "").label("ran_on"),
    )
    return sa.select(found, *named).where(found.c.started_at <= window.until).cte("judged")


def solved(c: Any, window: Window) -> sa.ColumnElement[int]:
    rating = sa.case((c.agent.is_not(None), c.rating_human), else_=c.rating_machine)
    quiet_s = window.quiet_days * DAY_S
    is_known = sa.or_(*(c.caller.like(address) for address in ADDRESSES))
    return sa.case(
        (c.closed.in_(("solved", "converted")), 1),
        (c.closed == "not_solved", 0),
        (c.caller_says == "solved", 1),
        (c.caller_says == "not_solved", 0),
        (rating >= GOOD, 1),
        (rating < GOOD, 0),
        (c.converted_at.is_not(None), 1),
        (c.ended_at.is_(None), None),
        (c.outcome.in_(LOST), 0),
        (sa.not_(is_known), None),
        (c.again_at - c.started_at <= quiet_s, 0),
        (sa.and_(c.outcome.in_(SERVED), c.started_at + quiet_s <= window.now), 1),
        else_=None,
    )


def sold(c: Any) -> sa.ColumnElement[int]:
    return sa.case((sa.or_(c.closed == "converted", c.converted_at.is_not(None)), 1), else_=0)
