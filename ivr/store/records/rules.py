"""How each rule does: how often it fitted, was applied and agreed to, and what became of those calls (R97).

Counted by the version of the hotline the calls ran on, so that a change of a rule can be compared with before (R108).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ivr.store.records.counts import By, Named, RuleCounts, RulesTold, Served, Version
from ivr.store.records.database import guard
from ivr.store.records.fired import KINDS, fired
from ivr.store.records.schema import calls, events
from ivr.store.records.shares import Share, change, share
from ivr.store.records.verdicts import Window, sold, solved, within

POINTS = ("entry", "intent", "mood", "step", "request", "line", "hint")
"""Where rules are asked, in the order of a call. `step`: a flow offers a person by itself, under the name of its
words."""


@dataclass(slots=True)
class _Row:
    fitted: int = 0
    applied: int = 0
    kept_back: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    sold: dict[str, bool] = field(default_factory=dict)
    """Calls in which it was applied → whether something was sold after that."""
    outcomes: Counter[str] = field(default_factory=Counter)
    solved: int = 0
    judged: int = 0
    rated: int = 0
    ratings: int = 0


Key = tuple[str, str, str]
"""Version, point, rule."""
NOTHING = Served()
ROWS_AT_ONCE = 5000


def rules_told(engine: sa.Engine, window: Window, served: Served = NOTHING, by: By = "version") -> RulesTold:
    """Raises RecordsDown."""
    rows: defaultdict[Key, _Row] = defaultdict(_Row)
    with guard(), engine.connect() as connection:
        known = [Version(one.version or "", *one[1:]) for one in connection.execute(_versions(window))]
        found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(_entries(window))
        for entry in found:
            if isinstance(entry.data, dict):
                _count(rows, entry, by)
    now = served.version if by == "version" else ""
    for one in served.rules:
        rows.setdefault((now, one.point, one.rule), _Row())
    newest = list(dict.fromkeys([now, *(one.version for one in known)]))
    told = [_told(key, rows, newest, served) for key in _in_order(rows, newest, served)]
    return RulesTold(window.hotline, window.since, window.until, window.quiet_days, known, told)


def rules_of(hotline: Any) -> Iterator[Named]:
    """Every rule of a Hotline."""
    handoff = hotline.handoff
    yield from (Named("entry", rule.id, rule.off) for rule in handoff.entry)
    yield from (Named("intent", str(name), rule.off or not rule.at_most) for name, rule in handoff.intent.items())
    yield from (Named("mood", str(name), rule.off or not rule.at_most) for name, rule in handoff.mood.items())
    yield from (Named("request", rule.id, rule.off or not rule.at_most) for rule in handoff.request)
    yield from (Named("line", rule.id, rule.off) for rule in handoff.line)
    yield from (Named("hint", str(name), rule.off) for name, rule in hotline.hints.items())


def _versions(window: Window) -> sa.Select[Any]:
    c = calls.c
    last = sa.func.max(c.started_at)
    query = sa.select(c.version, sa.func.min(c.started_at), last, sa.func.count())
    return query.where(within(window)).group_by(c.version).order_by(last.desc(), c.version)


def _entries(window: Window) -> sa.Select[Any]:
    """Entries that tell of rules, each with what became of its call."""
    c, entry = calls.c, events.c
    same = sa.and_(entry.hotline == c.hotline, entry.call == c.call)
    return (
        sa.select(
            *(entry.kind, entry.data, entry.at, entry.call),
            *(c.version, c.ended_at, c.outcome, c.closed, c.converted_at),
            sa.func.coalesce(c.rating_human, c.rating_machine).label("rating"),
            solved(window).label("solved"),
            sold().label("sold"),
        )
        .select_from(events.join(calls, same))
        .where(entry.kind.in_(KINDS), within(window))
    )


# --- adding up ----------------------------------------------------------------------------------------------------


def _count(rows: defaultdict[Key, _Row], entry: Any, by: By) -> None:
    for one in fired(entry.kind, entry.data):
        version = "" if by == "rule" else one.version or entry.version or ""
        row = rows[version, one.point, one.rule]
        if one.answer is not None:
            row.answers[one.answer] += 1
        if one.fitted:
            row.fitted += 1
            if one.held:
                row.kept_back[one.held] += 1
            elif one.held is None:
                row.applied += 1
                _became(row, entry)


def _became(row: _Row, entry: Any) -> None:
    """Each call counts once; what was sold before the rule applied is not its doing."""
    before = entry.converted_at is not None and entry.converted_at < entry.at and entry.closed != "converted"
    new = entry.call not in row.sold
    row.sold[entry.call] = row.sold.get(entry.call, False) or (bool(entry.sold) and not before)
    if new:
        row.outcomes["running" if entry.ended_at is None else entry.outcome or "ended"] += 1
        row.judged += entry.solved is not None
        row.solved += entry.solved or 0
        row.rated += entry.rating is not None
        row.ratings += entry.rating or 0


def _told(key: Key, rows: dict[Key, _Row], newest: list[str], served: Served) -> RuleCounts:
    (version, point, rule), row = key, rows[key]
    before = _before(key, rows, newest)
    is_solved, converted = share(row.solved, row.judged), _converted(row)
    return RuleCounts(
        version=version or None,
        point=point,
        rule=rule,
        off=Named(point, rule, True) in served.rules,
        fitted=row.fitted,
        applied=row.applied,
        kept_back=dict(sorted(row.kept_back.items(), key=lambda one: (-one[1], one[0]))),
        yes=row.answers["yes"],
        no=row.answers["no"],
        nothing=row.answers["nothing"],
        agreed=share(row.answers["yes"], max(row.answers.total(), row.applied if point == "hint" else 0)),
        calls=len(row.sold),
        solved=is_solved,
        converted=converted,
        solved_change=change(is_solved, share(before.solved, before.judged)) if before else None,
        converted_change=change(converted, _converted(before)) if before else None,
        outcomes=dict(sorted(row.outcomes.items(), key=lambda one: (-one[1], one[0]))),
        rated=row.rated,
        rating=round(row.ratings / row.rated, 2) if row.rated else None,
    )


def _converted(row: _Row) -> Share | None:
    return share(sum(row.sold.values()), len(row.sold))


def _before(key: Key, rows: dict[Key, _Row], newest: list[str]) -> _Row | None:
    """The same rule in the last version before in which it was applied."""
    version, point, rule = key
    older = newest[newest.index(version) + 1 :] if version in newest else []
    found = (rows.get((one, point, rule)) for one in older)
    return next((row for row in found if row is not None and row.applied), None)


def _in_order(rows: Iterable[Key], newest: list[str], served: Served) -> list[Key]:
    """By points in the order of a call, rules as they are written, then those that are no more; the newest first."""
    written = [(one.point, one.rule) for one in served.rules]

    def order(key: Key) -> tuple[int, int, str, int]:
        version, point, rule = key
        return _nth(POINTS, point), _nth(written, (point, rule)), rule, _nth(newest, version)

    return sorted(rows, key=order)


def _nth(known: Sequence[object], one: object) -> int:
    return known.index(one) if one in known else len(known)
