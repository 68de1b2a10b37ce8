"""`ivr goals`"""

from __future__ import annotations

import time
from typing import Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.options import as_json, json_option, where
from ivr.cli.periods import period_options, window_of
from ivr.cli.table import terminal_columns
from ivr.cli.whose import whose


@click.command("goals")
@whose("Whose goals.", records=True)
@period_options
@json_option
@where
def command(hotline: str, since: str, until: str | None, in_json: bool, **options: Any) -> None:
    """Show what the hotline reaches: how much the machine keeps and what that saves, what is sold, how content callers
    are; and the same for as long a time before.
    """
    from ivr.cli.goals_text import goals_text
    from ivr.cli.served import reported
    from ivr.store.records.reached import goals_told
    from ivr.wiring.worth import worth_of

    engine, known = reported(hotline, **options)
    found = goals_told(engine, window_of(known, since, until, time.time()), worth_of(known))
    click.echo(as_json(found) if in_json else goals_text(found, ZoneInfo(known.file.timezone), terminal_columns()))
