"""Where rules fitted, were applied and answered, out of the entries of calls: in the database's own words."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa

from ivr.store.records.schema import events
from ivr.store.records.verdicts import Window, verdicts

By = Literal["version", "rule"]
NOT_APPLIED = ("offers_when", "closed", "busy", "no_number")
"""What keeps a rule of handoff.yaml that fits from being applied."""
ANSWERS = ("yes", "no", "nothing")


def told(name: str) -> Any:
    """Text out of an entry's data; NULL where it has none of that name."""
    return events.c.data[name].as_string()


def entries(window: Window, *kinds: str) -> Any:
    """Which entries can belong to calls of the window; those that began in it, but went on after it, too."""
    return sa.and_(events.c.hotline == window.hotline, events.c.kind.in_(kinds), events.c.at >= window.since)


def fired(window: Window) -> sa.CompoundSelect[Any]:
    """call, at, version (where the entry names one), point, rule, and `held`: why a rule that fitted was not applied;
    NULL where it was, empty for no rule."""
    decided, applied, nothing = entries(window, "decided"), sa.null(), sa.literal("")
    by_request = told("point") == "request"
    held = sa.case((told("result").in_(NOT_APPLIED), told("result")), else_=applied)
    before_the_line = sa.case((sa.func.coalesce(told("first"), told("offers")).is_(None), nothing), else_=applied)
    return sa.union_all(
        _row(told("point"), told("rule"), held).where(decided, sa.not_(by_request)),
        # A request names two rules: what came before the line, where anything did, and which line it was.
        _row(sa.literal("request"), told("rule"), before_the_line).where(decided, by_request),
        _row(sa.literal("line"), told("line_rule"), applied).where(decided, told("line_rule").is_not(None)),
        # An offer that a flow makes by itself; those of rules name the rule.
        _row(sa.literal("step"), told("offer"), applied).where(
            entries(window, "consent"), told("offer").is_not(None), told("rule").is_(None)
        ),
        _row(sa.literal("hint"), told("rule"), applied).where(entries(window, "hinted")),
        _row(sa.literal("hint"), told("rule"), told("why")).where(entries(window, "not_hinted")),
    )


def answered(window: Window) -> sa.CompoundSelect[Any]:
    """The same with the caller's `answer`: yes, no or nothing. Who does what a hint told of has said yes, to the
    version that he was told it in."""
    point = sa.func.coalesce(told("point"), "step")
    rule = sa.func.coalesce(told("rule"), told("offer"))
    return sa.union_all(
        _row(point, rule, told("answer"), "answer").where(
            entries(window, "consent"), told("recording").is_(None), told("answer").in_(ANSWERS)
        ),
        _row(sa.literal("hint"), told("rule"), sa.literal("yes"), "answer").where(entries(window, "accepted")),
    )


def _row(point: Any, rule: Any, last: Any, name: str = "held") -> sa.Select[Any]:
    parts = (point.label("point"), rule.label("rule"), sa.cast(last, sa.Text).label(name))
    return sa.select(events.c.call, events.c.at, told("version").label("version"), *parts)


def versions(window: Window) -> sa.Select[Any]:
    call = verdicts(window).c
    last = sa.func.max(call.started_at)
    query = sa.select(call.ran_on, sa.func.min(call.started_at), last, sa.func.count())
    return query.group_by(call.ran_on).order_by(last.desc(), call.ran_on)


def each(judged: sa.CTE, entries: sa.CompoundSelect[Any], by: By) -> sa.Subquery:
    """Entries of the window's calls, with version, point and rule as they are shown."""
    entry = entries.subquery("entry")
    version = sa.func.coalesce(entry.c.version, judged.c.ran_on) if by == "version" else sa.literal("")
    names = (sa.func.coalesce(entry.c[name], "").label(name) for name in ("point", "rule"))
    rest = (column for column in entry.c if column.name not in ("version", "point", "rule"))
    query = sa.select(version.label("version"), *names, *rest)
    return query.join_from(judged, entry, entry.c.call == judged.c.call).subquery("each")


def counted(each: sa.Subquery, what: str) -> sa.Select[Any]:
    """How many entries of each version, point, rule and `what`."""
    keys = (each.c.version, each.c.point, each.c.rule, each.c[what])
    return sa.select(*keys, sa.func.count()).group_by(*keys)


def outcomes(judged: sa.CTE, each: sa.Subquery) -> sa.Select[Any]:
    """What became of the calls in which a rule was applied; each call counts once, from when that was first so."""
    keys = (each.c.version, each.c.point, each.c.rule)
    applied = sa.select(*keys, each.c.call, sa.func.min(each.c.at).label("at")).where(each.c.held.is_(None))
    one, call = applied.group_by(*keys, each.c.call).subquery("applied"), judged.c
    after = sa.or_(call.converted_at.is_(None), call.converted_at >= one.c.at, call.closed == "converted")
    rating = sa.func.coalesce(call.rating_human, call.rating_machine)
    names = (one.c.version, one.c.point, one.c.rule, call.became)
    return (
        sa.select(
            *names,
            sa.func.count().label("calls"),
            sa.func.coalesce(sa.func.sum(call.solved), 0).label("solved"),
            sa.func.count(call.solved).label("judged"),
            sa.func.sum(sa.case((after, call.sold), else_=0)).label("sold"),
            sa.func.count(rating).label("rated"),
            sa.func.coalesce(sa.func.sum(rating), 0).label("ratings"),
        )
        .join_from(one, judged, one.c.call == call.call)
        .group_by(*names)
        .order_by(sa.desc("calls"), call.became)
    )
