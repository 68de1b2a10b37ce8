"""What became of each call: solved or not, and by whose word (R47, R96, R97).

The first of these that says anything counts:

1. whoever was in the talk closed it as solved, not solved or converted;
2. the caller's own word: an answer called `solved` or `not_solved`, else a rating, of the person where one was reached
   and of the machine where none was: 3 and better is solved;
3. the flow says that the caller took what was for sale;
4. the caller hung up in line, or the call broke: not solved;
5. the caller called again for the same wish within so many days: not solved;
6. the caller was answered, led elsewhere or met a person, here or outside, and did not call again for so
   many days: solved.

All else is not known, or not yet, and is left out of every share. The last two are never written down: they become
true after the call, and are asked of the calls that came later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlalchemy as sa

from ivr.store.records.schema import calls

DAY_S = 86_400.0
SERVED = ("answered", "connected", "dialled", "elsewhere")
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


def within(window: Window) -> sa.ColumnElement[bool]:
    """Which calls are the window's."""
    began = calls.c.started_at
    return sa.and_(calls.c.hotline == window.hotline, began > window.since, began <= window.until)


def solved(window: Window) -> sa.ColumnElement[int]:
    """Of a call: 1, 0 or NULL."""
    c = calls.c
    rating = sa.case((c.agent.is_not(None), c.rating_human), else_=c.rating_machine)
    is_known = sa.or_(*(c.caller.like(address) for address in ADDRESSES))
    quiet_s = window.quiet_days * DAY_S
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
        (_called_again(quiet_s), 0),
        (sa.and_(c.outcome.in_(SERVED), c.started_at + quiet_s <= window.now), 1),
        else_=None,
    )


def sold() -> sa.ColumnElement[int]:
    """Of a call: 1 or 0."""
    return sa.case((sa.or_(calls.c.closed == "converted", calls.c.converted_at.is_not(None)), 1), else_=0)


def _called_again(within_s: float) -> sa.ColumnElement[bool]:
    """By the index of callers; a call whose wish is not known counts as the same wish as another such call."""
    one, later = calls.c, calls.alias("later")
    same = sa.func.coalesce(later.c.intent, "") == sa.func.coalesce(one.intent, "")
    soon = sa.and_(later.c.started_at > one.started_at, later.c.started_at <= one.started_at + within_s)
    return sa.exists().where(later.c.hotline == one.hotline, later.c.caller == one.caller, soon, same).correlate(calls)
