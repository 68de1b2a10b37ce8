"""`ivr rules`"""

from __future__ import annotations

import re
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.options import as_json, json_option, nothing_kept, read, store, where
from ivr.cli.table import table, terminal_columns

if TYPE_CHECKING:
    from ivr.store.records.rules import RuleCounts, RulesTold

UNITS = {"h": 3600.0, "d": 86_400.0, "w": 604_800.0}
HEADINGS = ("version", "point", "rule", "fitted", "applied", "yes", "no", "silence", "rating", "these calls ended")


@click.command("rules")
@click.option("--hotline", default="telecom", show_default=True, help="Whose rules.")
@click.option("--since", default="7d", show_default=True, help="Calls since then: 24h, 7d, 4w, or a day, 2026-11-01.")
@json_option
@where
def command(hotline: str, since: str, in_json: bool, **options: Any) -> None:
    """Show how each rule of handoff.yaml does: how often it fitted, was applied, agreed to, and how those calls
    ended. A row for each version of the hotline, so that a change can be compared with before.
    """
    settings = read(**options)
    if sentence := nothing_kept(settings):
        raise click.ClickException(sentence)
    from ivr.cli.served import served
    from ivr.store.records.database import create_engine_for, create_tables
    from ivr.store.records.rules import rules_of, rules_told

    engine = create_engine_for(settings.records_url)
    create_tables(engine)
    with store(settings) as client:
        known = served(client, hotline)
    begin = since_when(since, ZoneInfo(known.file.timezone), time.time())
    found = rules_told(engine, hotline, begin, (known.version, rules_of(known.handoff)))
    click.echo(as_json(found) if in_json else rules_text(found))


def since_when(written: str, zone: ZoneInfo, now: float) -> float:
    """Seconds since 1970. Raises click.BadParameter."""
    if ago := re.fullmatch(r"(\d{1,4})([hdw])", written):
        return now - int(ago[1]) * UNITS[ago[2]]
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{written!r} is no time; for example 24h, 7d or 2026-11-01") from None


def rules_text(found: RulesTold) -> str:
    """One row a rule and version, the present version first."""
    if not found.rules:
        return f"no rule of {found.hotline} was asked since then"
    return table(HEADINGS, map(_row, found.rules), terminal_columns())


def _row(one: RuleCounts) -> tuple[str, ...]:
    answers = (str(one.yes), str(one.no), str(one.nothing)) if one.yes + one.no + one.nothing else ("", "", "")
    kept = ", ".join(f"{why} {times}" for why, times in one.kept_back.items())
    ended = ", ".join(f"{outcome} {times}" for outcome, times in one.outcomes.items())
    if one.yes_rate is not None:
        answers = (f"{one.yes} ({one.yes_rate:.0%})", *answers[1:])
    return (
        one.version,
        one.point,
        one.rule,
        str(one.fitted),
        f"{one.applied}{f' (not: {kept})' if kept else ''}",
        *answers,
        "" if one.rating is None else f"{one.rating:.1f} of {one.rated}",
        ended,
    )
