"""Adds up what a hotline reaches, out of its calls: in the database's own words (R98)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from ivr.store.records.database import guard
from ivr.store.records.goals import GoalsTold, Rated, Reached, Saved, Sold, Worth, means
from ivr.store.records.schema import calls
from ivr.store.records.shares import Change, Share, change, share
from ivr.store.records.verdicts import GOOD, Window, solved, within

BROKEN = "failed"
"""The outcome of calls that broke: neither the machine kept them, nor are they on their way to people."""
NOT_KEPT = ("callback", "voicemail", "dialled", BROKEN)
"""Outcomes of calls that no agent took, and that the machine has not kept."""
SERVED_ALONE = ("answered", "elsewhere")
"""Outcomes of calls that came to their end in line, and needed nobody there any more."""
TOTALLED = (
    *("ended_at", "outcome", "intent", "queue", "agent", "seconds", "seconds_to_answer", "waited_s", "talked_s"),
    *("caller_says", "rating_machine", "rating_human"),
)
"""Columns of calls that the totals are made of."""
SHARES = ("kept", "satisfied", "transferred", "met", "needless", "solved")


def goals_told(engine: sa.Engine, window: Window, worth: Worth) -> GoalsTold:
    """Raises RecordsDown."""
    with guard(), engine.connect() as connection:
        now, earlier = (_reached(connection, one, worth) for one in (window, window.earlier))
    return GoalsTold(window.hotline, worth.currency, now, earlier, _changes(now, earlier), means(window, worth))


def _reached(connection: sa.Connection, window: Window, worth: Worth) -> Reached:
    one: Any = connection.execute(_totals(window, worth)).one()
    sold = _sold(connection.execute(_opportunities(window)), worth)
    values = [row.value for row in sold if row.value is not None]
    saved_s = float(one.saved_s or 0.0)
    a_minute = None if worth.person_minute is None else worth.person_minute - worth.machine_minute
    return Reached(
        since=window.since,
        until=window.until,
        calls=one.calls,
        ended=one.ended,
        kept=share(one.kept, one.ended),
        satisfied=share(one.satisfied, one.ended),
        transferred=share(one.ended - one.kept - one.broken, one.ended),
        met=share(one.met, one.ended),
        needless=share(one.needless, one.met),
        seconds_to_answer=_median(connection, window, one.answered),
        solved=share(one.solved, one.known),
        saved=Saved(round(saved_s / 60, 1), None if a_minute is None else round(saved_s / 60 * a_minute, 2)),
        sold=sold,
        value=round(sum(values), 2) if worth.values else None,
        machine=_rated(one.machine_count, one.machine_sum, one.machine_good),
        person=_rated(one.person_count, one.person_sum, one.person_good),
    )


def _totals(window: Window, worth: Worth) -> sa.Select[Any]:
    c = _judged(window).c
    ended, met = c.ended_at.is_not(None), c.agent.is_not(None)
    alone = sa.and_(c.queue.is_(None), sa.func.coalesce(c.outcome, "").not_in(NOT_KEPT))
    kept = sa.and_(ended, sa.not_(met), sa.or_(c.outcome.in_(SERVED_ALONE), alone))
    unhappy = sa.or_(
        sa.func.coalesce(c.caller_says, "") == "not_solved", sa.func.coalesce(c.rating_machine, GOOD) < GOOD
    )
    satisfied = sa.and_(kept, c.seconds_to_answer.is_not(None), sa.not_(unhappy))
    needless = sa.and_(ended, met, c.intent.in_(worth.by_machine), c.talked_s < worth.short_talk_s)
    return sa.select(
        sa.func.count().label("calls"),
        _many(ended).label("ended"),
        _many(kept).label("kept"),
        _many(satisfied).label("satisfied"),
        _many(sa.and_(ended, c.outcome == BROKEN)).label("broken"),
        _many(sa.and_(ended, met)).label("met"),
        _many(needless).label("needless"),
        sa.func.count(c.seconds_to_answer).label("answered"),
        sa.func.coalesce(sa.func.sum(c.verdict), 0).label("solved"),
        sa.func.count(c.verdict).label("known"),
        sa.func.sum(sa.case((satisfied, c.seconds - sa.func.coalesce(c.waited_s, 0.0)))).label("saved_s"),
        *_ratings(c.rating_machine, "machine"),
        *_ratings(c.rating_human, "person"),
    )


def _judged(window: Window) -> sa.CTE:
    """The window's calls, each judged once: a verdict looks other calls up, and two sums want it."""
    verdict = sa.case((calls.c.ended_at.is_not(None), solved(window))).label("verdict")
    each = sa.select(*(calls.c[name] for name in TOTALLED), verdict).where(within(window))
    return each.cte("judged").prefix_with("MATERIALIZED")


def _many(condition: Any) -> Any:
    return sa.func.count(sa.case((condition, 1)))


def _ratings(column: Any, name: str) -> Iterable[Any]:
    yield sa.func.count(column).label(f"{name}_count")
    yield sa.func.coalesce(sa.func.sum(column), 0).label(f"{name}_sum")
    yield _many(column >= GOOD).label(f"{name}_good")


def _median(connection: sa.Connection, window: Window, count: int) -> float | None:
    """The value in the middle, the lower of two."""
    column = calls.c.seconds_to_answer
    if not count:
        return None
    middle = (
        sa.select(column).where(within(window), column.is_not(None)).order_by(column).offset((count - 1) // 2).limit(1)
    )
    return round(float(connection.execute(middle).scalar_one()), 1)


def _opportunities(window: Window) -> sa.Select[Any]:
    """Which opportunities were shown and taken together, and in how many calls that are over."""
    c = calls.c
    shown, taken = sa.cast(c.opportunities, sa.Text), sa.cast(c.converted, sa.Text)
    each = (
        sa.select(
            sa.func.coalesce(shown, "[]").label("shown"),
            sa.func.coalesce(taken, "[]").label("taken"),
            sa.case((c.closed == "converted", 1), else_=0).label("closed"),
        )
        .where(within(window), c.ended_at.is_not(None))
        .subquery("each")
    )
    keys = (each.c.shown, each.c.taken, each.c.closed)
    return sa.select(*keys, sa.func.count()).group_by(*keys).order_by(*keys)


# --- adding up ----------------------------------------------------------------------------------------------------


def _changes(now: Reached, earlier: Reached) -> dict[str, Change]:
    pairs: dict[str, tuple[Share | None, Share | None]] = {
        name: (getattr(now, name), getattr(earlier, name)) for name in SHARES
    }
    pairs["machine"] = _good(now.machine), _good(earlier.machine)
    pairs["person"] = _good(now.person), _good(earlier.person)
    found = {name: change(*pair) for name, pair in pairs.items()}
    return {name: one for name, one in found.items() if one is not None}


def _good(rated: Rated | None) -> Share | None:
    return None if rated is None else rated.good


def _sold(found: Iterable[Any], worth: Worth) -> list[Sold]:
    """What an agent closed as converted is what the caller showed last. Who takes what he has not shown shows it."""
    shown, taken = dict.fromkeys(worth.values, 0), dict.fromkeys(worth.values, 0)
    for showed, took, closed, times in found:
        wishes, bought = (dict.fromkeys(map(str, msgspec.json.decode(text) or ())) for text in (showed, took))
        if closed and not bought:
            bought[next(reversed(wishes), "")] = None
        for intent in {**wishes, **bought}:
            shown[intent] = shown.get(intent, 0) + times * (intent != "")
            taken[intent] = taken.get(intent, 0) + times * (intent in bought)
    return [
        Sold(intent, shown[intent], count, round(count * worth.values[intent], 2) if intent in worth.values else None)
        for intent, count in sorted(taken.items())
    ]


def _rated(count: int, total: int, good: int) -> Rated | None:
    found = share(good, count)
    return None if found is None else Rated(count, round(total / count, 2), found)
