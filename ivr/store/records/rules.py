"""How each rule does: how often it fitted, was applied and agreed to, and what became of those calls (R97).

Counted by the version of the hotline the calls ran on, so that a change of a rule can be compared with before (R108).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from ivr.store.records.database import guard
from ivr.store.records.fired import By, answered, counted, each, fired, outcomes, versions
from ivr.store.records.shares import Change, Share, change, share
from ivr.store.records.verdicts import Window, verdicts

POINTS = ("entry", "intent", "mood", "step", "request", "line", "hint")
"""Where rules are asked, in the order of a call. `step`: a flow offers a person by itself, under the name of its
words."""


class RuleCounts(msgspec.Struct, frozen=True):
    """One rule, in one version of the hotline."""

    version: str | None
    """Of the hotline; null: of all versions together."""
    point: str
    """entry, intent, mood, request or line of handoff.yaml; `hint` of hints.yaml; `step`: an offer of a flow."""
    rule: str
    """Its name there."""
    off: bool
    """It is switched off in the version that is served now."""
    fitted: int
    """How often it fitted a caller."""
    applied: int
    """How often it was applied: the caller moved, asked, or told something."""
    kept_back: dict[str, int]
    """Why it was not: offers_when, closed, busy, or what keeps a hint back → how often."""
    yes: int
    """Callers who agreed to what it asked, or did what it told of."""
    no: int
    """Callers who did not."""
    nothing: int
    """Callers who gave no clear answer."""
    agreed: Share | None
    """Of those asked; of a hint, of those told. Null, as for the next ones, of nothing."""
    calls: int
    """Calls in which it was applied."""
    solved: Share | None
    """Of those of these calls of which it is known."""
    converted: Share | None
    """Calls in which the caller took, after that, what was for sale."""
    solved_change: Change | None
    """Against the version before in which this rule was applied; null where there is none, or nothing is known."""
    converted_change: Change | None
    """In the same way."""
    outcomes: dict[str, int]
    """How these calls ended: connected, answered, abandoned … → how many; `running` has not."""
    rated: int
    """How many of these calls were rated, the person or the machine."""
    rating: float | None
    """The mean of these ratings, from 1 to 5."""


class Version(msgspec.Struct, frozen=True):
    """A version of the hotline, and the calls that ran on it."""

    version: str
    """The hash of its files."""
    first_at: float
    """When the first of them began, in seconds since 1970."""
    last_at: float
    """When the last of them began."""
    calls: int
    """How many began."""


class RulesTold(msgspec.Struct, frozen=True):
    """The rules of a hotline."""

    hotline: str
    """Whose rules."""
    since: float
    """Calls that began after that, in seconds since 1970."""
    until: float
    """And not after that."""
    quiet_days: int
    """So many days without another call for the same wish count as solved, where nobody has said."""
    versions: list[Version]
    """The newest first."""
    rules: list[RuleCounts]
    """A row for each rule and version, the newest first; rules served now that fitted nobody have zeros."""


class Named(NamedTuple):
    """A rule as it is written."""

    point: str
    rule: str
    off: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """What is served now."""

    version: str = ""
    rules: tuple[Named, ...] = ()


@dataclass(slots=True)
class _Row:
    fitted: int = 0
    applied: int = 0
    kept_back: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    solved: int = 0
    judged: int = 0
    sold: int = 0
    rated: int = 0
    ratings: int = 0


Key = tuple[str, str, str]
"""Version, point, rule."""
NOTHING = Served()


def rules_told(engine: sa.Engine, window: Window, served: Served = NOTHING, by: By = "version") -> RulesTold:
    """Raises RecordsDown."""
    rows: dict[Key, _Row] = {}
    with guard(), engine.connect() as connection:
        known = [Version(*row) for row in connection.execute(versions(window))]
        judged = verdicts(window)
        applied, said = each(judged, fired(window), by), each(judged, answered(window), by)
        _fitted(rows, connection.execute(counted(applied, "held")))
        _answered(rows, connection.execute(counted(said, "answer")))
        _became(rows, connection.execute(outcomes(judged, applied)))
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


# --- adding up ----------------------------------------------------------------------------------------------------


def _fitted(rows: dict[Key, _Row], found: Iterable[Any]) -> None:
    for version, point, rule, held, times in found:
        row = rows.setdefault((version, point, rule), _Row())
        row.fitted += times
        if held is None:
            row.applied += times
        elif held:
            row.kept_back[held] += times


def _answered(rows: dict[Key, _Row], found: Iterable[Any]) -> None:
    for version, point, rule, answer, times in found:
        rows.setdefault((version, point, rule), _Row()).answers[answer] += times


def _became(rows: dict[Key, _Row], found: Iterable[Any]) -> None:
    for one in found:
        row = rows.setdefault((one.version, one.point, one.rule), _Row())
        row.outcomes[one.became] += one.calls
        row.solved += int(one.solved)
        row.judged += one.judged
        row.sold += int(one.sold)
        row.rated += one.rated
        row.ratings += int(one.ratings)


def _told(key: Key, rows: dict[Key, _Row], newest: list[str], served: Served) -> RuleCounts:
    (version, point, rule), row = key, rows[key]
    before = _before(key, rows, newest)
    calls = row.outcomes.total()
    solved, converted = share(row.solved, row.judged), share(row.sold, calls)
    return RuleCounts(
        version=version or None,
        point=point,
        rule=rule,
        off=Named(point, rule, True) in served.rules,
        fitted=row.fitted,
        applied=row.applied,
        kept_back=dict(row.kept_back.most_common()),
        yes=row.answers["yes"],
        no=row.answers["no"],
        nothing=row.answers["nothing"],
        agreed=share(row.answers["yes"], max(row.answers.total(), row.applied if point == "hint" else 0)),
        calls=calls,
        solved=solved,
        converted=converted,
        solved_change=change(solved, share(before.solved, before.judged)) if before else None,
        converted_change=change(converted, share(before.sold, before.outcomes.total())) if before else None,
        outcomes=dict(row.outcomes.most_common()),
        rated=row.rated,
        rating=round(row.ratings / row.rated, 2) if row.rated else None,
    )


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
