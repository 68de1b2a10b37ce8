"""`ivr rules`"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.options import as_json, json_option, where
from ivr.cli.periods import period_options, told, window_of
from ivr.cli.shares import change_text, share_text
from ivr.cli.table import table, terminal_columns
from ivr.cli.whose import whose

if TYPE_CHECKING:
    from ivr.store.records.counts import By, RuleCounts, RulesTold

HEADINGS = (
    "point",
    "rule",
    "version",
    "fitted",
    "applied",
    "agreed",
    "solved",
    "converted",
    "against before, in points",
    "rating",
    "these calls ended",
)
SHORT = 6
"""Letters of a version that tell it from the others."""


@click.command("rules")
@whose("Whose rules.", records=True)
@period_options
@click.option(
    "--by",
    type=click.Choice(["version", "rule"]),
    default="version",
    show_default=True,
    help="A row for each rule in each version of the hotline, or one for each rule.",
)
@json_option
@where
def command(hotline: str, since: str, until: str | None, by: By, in_json: bool, **options: Any) -> None:
    """Show how each rule does: how often it fitted, was applied, agreed to, and what became of those calls: solved,
    converted. A row for each version of the hotline, so that a change can be compared with before.
    """
    from ivr.cli.served import reported
    from ivr.store.records.counts import Served
    from ivr.store.records.rules import rules_of, rules_told

    engine, known = reported(hotline, **options)
    window = window_of(known, since, until, time.time())
    found = rules_told(engine, window, Served(known.version, tuple(rules_of(known))), by)
    click.echo(as_json(found) if in_json else rules_text(found, ZoneInfo(known.file.timezone), terminal_columns()))


def rules_text(found: RulesTold, zone: ZoneInfo, columns: int | None = None) -> str:
    """A line for each version, then one row a rule and version, the present version first."""
    if not found.rules:
        return f"no rule of {found.hotline} was asked since then"
    versions = "\n".join(
        f"version {one.version[:SHORT]}: {one.calls} calls from {told(one.first_at, zone)} to {told(one.last_at, zone)}"
        for one in found.versions
    )
    how = (
        f"solved: as the agent says, else the caller, else the flow; where nobody says: no call again for the same wish"
        f" in {found.quiet_days} days.\nIn brackets: where the true share lies, 19 times in 20;"
        " ? marks what may well be chance."
    )
    rows = table(HEADINGS, map(_row, found.rules), columns)
    return "\n\n".join(part for part in (versions, rows, how) if part)


def _row(one: RuleCounts) -> tuple[str, ...]:
    kept = ", ".join(f"{why} {times}" for why, times in one.kept_back.items())
    changes = {"solved": one.solved_change, "converted": one.converted_change if _sells(one) else None}
    return (
        one.point,
        f"{one.rule}{' (off)' if one.off else ''}",
        "all" if one.version is None else one.version[:SHORT],
        str(one.fitted),
        f"{one.applied}{f' (not: {kept})' if kept else ''}",
        share_text(one.agreed),
        share_text(one.solved),
        share_text(one.converted) if _sells(one) else "",
        ", ".join(f"{name} {change_text(change)}" for name, change in changes.items() if change),
        "" if one.rating is None else f"{one.rating:.1f} of {one.rated}",
        ", ".join(f"{outcome} {times}" for outcome, times in one.outcomes.items()),
    )


def _sells(one: RuleCounts) -> bool:
    """Whether anything was sold here, or before; of a rule that has nothing to do with that, nothing is told."""
    return bool(one.converted and one.converted.count) or bool(one.converted_change and one.converted_change.by)
