"""Goals as text: a table, and what is counted as what."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from ivr.cli.periods import told
from ivr.cli.shares import change_text, share_text
from ivr.cli.table import table
from ivr.store.records.goals import GoalsTold, Rated, Reached, Sold

LABELS = {
    "seconds_to_answer": "to the wanted information",
    "saved": "saved",
    "sold": "sold, value won",
    "rated": "ratings",
}
SHARES = {
    "kept": "kept by the machine",
    "satisfied": "satisfied before a person",
    "transferred": "transferred to people",
    "met": "met a person",
    "needless": "met one needlessly",
    "solved": "solved",
}
RATINGS = {"machine": "ratings of the machine", "person": "ratings of people"}
SURE = "In brackets: where the true share lies, 19 times in 20; ? marks a change that may well be chance."


def goals_text(found: GoalsTold, zone: ZoneInfo, columns: int | None = None) -> str:
    """Two stretches of time, and the change."""
    now, earlier = (dict(_lines(one, found)) for one in (found.now, found.earlier))
    names = {label: name for name, label in {**SHARES, **RATINGS}.items()}
    rows = [
        (label, now.get(label, ""), earlier.get(label, ""), change_text(found.changes.get(names.get(label, ""))))
        for label in {**now, **earlier}
    ]
    since, until = told(found.now.since, zone), told(found.now.until, zone)
    head = f"{found.hotline}, calls from {since} to {until} ({zone.key}), and as long before"
    return "\n\n".join((head, table(("", "now", "before", "change in points"), rows, columns), means_text(found)))


def reached_text(found: GoalsTold) -> str:
    """One stretch of time by itself."""
    return table(("goal", "reached"), _lines(found.now, found))


def means_text(found: GoalsTold) -> str:
    """What is counted as what, by the names of the table."""
    labels = {**SHARES, **LABELS}
    return "\n".join([*(f"{labels[name]}: {sentence}." for name, sentence in found.means.items()), SURE])


def _lines(one: Reached, found: GoalsTold) -> Iterator[tuple[str, str]]:
    running = one.calls - one.ended
    yield "calls", f"{one.calls}{f', {running} of them still running' if running else ''}"
    if not one.calls:
        return
    for name, label in SHARES.items():
        if name == "solved":
            yield LABELS["seconds_to_answer"], "" if one.seconds_to_answer is None else f"{one.seconds_to_answer:g} s"
        yield label, share_text(getattr(one, name))
    saved = "" if one.saved.amount is None else f", {_money(one.saved.amount, found)}"
    yield LABELS["saved"], f"{one.saved.minutes:,.1f} minutes of people{saved}"
    for sold in one.sold:
        yield f"sold: {sold.intent or 'something else'}", _sold(sold, found)
    if one.value is not None:
        yield "value won", _money(one.value, found)
    for name, label in RATINGS.items():
        yield label, _rated(getattr(one, name))


def _sold(sold: Sold, found: GoalsTold) -> str:
    worth = "" if sold.value is None else f", {_money(sold.value, found)}"
    return f"{sold.taken}{f' of {sold.shown} who showed it' if sold.intent else ''}{worth}"


def _rated(rated: Rated | None) -> str:
    return "" if rated is None else f"{rated.mean:.1f}; good {share_text(rated.good)}"


def _money(amount: float, found: GoalsTold) -> str:
    return f"{amount:,.2f} {found.currency}"
