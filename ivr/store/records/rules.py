"""How each rule of handoff.yaml does: how often it fitted, was applied and agreed to, and how those calls ended (R97).

Counted by the version of the hotline the calls ran on, so that a change of a rule can be compared with before (R108).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import sqlalchemy as sa

from ivr.store.records.database import guard
from ivr.store.records.schema import calls, events

POINTS = ("entry", "intent", "mood", "step", "request", "line")
"""Where rules are asked, in the order of a call. `step`: a flow offers a person by itself, under the name of its
words."""
NOT_APPLIED = ("offers_when", "closed", "busy")
"""What keeps a rule that fits from being applied."""
ANSWERS = ("yes", "no", "nothing")


class RuleCounts(msgspec.Struct, frozen=True):
    """One rule, in one version of the hotline."""

    version: str
    """Of the hotline."""
    point: str
    """entry, intent, mood, request or line of handoff.yaml; `step`: an offer of a flow."""
    rule: str
    """Its name there."""
    fitted: int
    """How often it fitted a caller."""
    applied: int
    """How often it was applied: the caller moved, asked, or told something before the line."""
    kept_back: dict[str, int]
    """Why it was not: offers_when, closed or busy → how often."""
    yes: int
    """Callers who agreed to what it asked."""
    no: int
    """Callers who did not."""
    nothing: int
    """Callers who gave no clear answer."""
    yes_rate: float | None
    """Of those asked, from 0 to 1; null: nobody has answered."""
    calls: int
    """Calls in which it was applied."""
    outcomes: dict[str, int]
    """How these calls ended: connected, answered, abandoned … → how many; `running` has not."""
    rated: int
    """How many of these calls were rated, the person or the machine."""
    rating: float | None
    """The mean of these ratings, from 1 to 5."""


class RulesTold(msgspec.Struct, frozen=True):
    """The rules of a hotline, those of the version used last first."""

    hotline: str
    """Whose rules."""
    since: float
    """Calls that began then or later, in seconds since 1970."""
    rules: list[RuleCounts]
    """A row for each rule and version; rules of the version served now that fitted nobody have zeros."""


@dataclass(slots=True)
class _Row:
    fitted: int = 0
    applied: int = 0
    kept_back: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    calls: dict[str, str] = field(default_factory=dict)
    """Call → how it ended."""
    ratings: dict[str, int] = field(default_factory=dict)


Key = tuple[str, str, str]
"""Version, point, rule."""


def rules_told(
    engine: sa.Engine, hotline: str, since: float, served: tuple[str, Iterable[tuple[str, str]]] = ("", ())
) -> RulesTold:
    """`served` is the version served now, with its rules as (point, name). Raises RecordsDown."""
    same = sa.and_(events.c.hotline == calls.c.hotline, events.c.call == calls.c.call)
    query = (
        sa.select(
            events.c.call,
            events.c.kind,
            events.c.data,
            calls.c.version,
            calls.c.ended_at,
            calls.c.outcome,
            calls.c.rating_human,
            calls.c.rating_machine,
        )
        .select_from(calls.join(events, same))
        .where(calls.c.hotline == hotline, calls.c.started_at >= since, events.c.kind.in_(("decided", "consent")))
        .order_by(events.c.seq)
    )
    version, names = served
    rows: dict[Key, _Row] = {}
    latest: dict[str, int] = {}
    with guard(), engine.connect() as connection:
        for n, one in enumerate(connection.execute(query)):
            latest[one.version or ""] = n
            if isinstance(one.data, dict):
                _count(rows, one)
    latest[version] = len(latest) + max(latest.values(), default=0)
    for point, name in names:
        rows.setdefault((version, point, name), _Row())
    order = sorted(rows, key=lambda key: (-latest.get(key[0], -1), _nth(key[1])))
    return RulesTold(hotline, since, [_told(key, rows[key]) for key in order])


def rules_of(handoff: Any) -> Iterator[tuple[str, str]]:
    """Every rule of a handoff.yaml as (point, name); `handoff` is a HandoffFile."""
    yield from (("entry", rule.id) for rule in handoff.entry)
    yield from (("intent", str(name)) for name in handoff.intent)
    yield from (("mood", str(name)) for name in handoff.mood)
    yield from (("request", rule.id) for rule in handoff.request)
    yield from (("line", rule.id) for rule in handoff.line)


def _count(rows: dict[Key, _Row], one: Any) -> None:
    data, version = one.data, one.version or ""
    point, rule = str(data.get("point") or ""), str(data.get("rule") or "")
    if one.kind == "consent":
        if "recording" not in data:
            _answered(rows, version, one)
        return
    if point == "request":
        _applied(rows.setdefault((version, "request", rule), _Row()), one, bool(data.get("first")))
        if line := str(data.get("line_rule") or ""):
            _applied(rows.setdefault((version, "line", line), _Row()), one, True)
        return
    row, result = rows.setdefault((version, point, rule), _Row()), str(data.get("result") or "")
    if result in NOT_APPLIED:
        row.kept_back[result] += 1
    _applied(row, one, result not in NOT_APPLIED)


def _answered(rows: dict[Key, _Row], version: str, one: Any) -> None:
    data = one.data
    point = str(data.get("point") or "step")
    rule = str(data.get("rule") or data.get("offer") or "")
    row = rows.setdefault((version, point, rule), _Row())
    if point == "step":
        _applied(row, one, True)
    if data.get("answer") in ANSWERS:
        row.answers[data["answer"]] += 1


def _applied(row: _Row, one: Any, applied: bool) -> None:
    row.fitted += 1
    if not applied:
        return
    row.applied += 1
    row.calls[one.call] = "running" if one.ended_at is None else one.outcome or "ended"
    rating = one.rating_human if one.rating_human is not None else one.rating_machine
    if rating is not None:
        row.ratings[one.call] = rating


def _told(key: Key, row: _Row) -> RuleCounts:
    version, point, rule = key
    asked = row.answers.total()
    return RuleCounts(
        version=version,
        point=point,
        rule=rule,
        fitted=row.fitted,
        applied=row.applied,
        kept_back=dict(row.kept_back),
        yes=row.answers["yes"],
        no=row.answers["no"],
        nothing=row.answers["nothing"],
        yes_rate=round(row.answers["yes"] / asked, 3) if asked else None,
        calls=len(row.calls),
        outcomes=dict(Counter(row.calls.values()).most_common()),
        rated=len(row.ratings),
        rating=round(sum(row.ratings.values()) / len(row.ratings), 2) if row.ratings else None,
    )


def _nth(point: str) -> int:
    return POINTS.index(point) if point in POINTS else len(POINTS)
