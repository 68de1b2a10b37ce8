"""`ivr records`"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.options import read, where
from ivr.store.records.database import create_engine_for
from ivr.store.records.reader import RecordsReader
from ivr.store.records.show import call_table, call_text


@click.command("records")
@click.argument("call", required=False)
@where
@click.option("--caller", help="Only calls of this number.")
@click.option("--limit", default=30, show_default=True, help="At most so many calls.")
@click.option("--timezone", default="UTC", show_default=True, help="In which time zone times are shown.")
def command(call: str | None, caller: str | None, limit: int, timezone: str, **options: Any) -> None:
    """Show the last calls, or one CALL with everything that was said, heard and decided."""
    settings = read(**options)
    reader = RecordsReader(create_engine_for(settings.records_url))
    zone = ZoneInfo(timezone)
    if call is None:
        click.echo(call_table(reader.calls(caller=caller, limit=limit), zone=zone))
        return
    record = reader.call(call)
    if record is None:
        raise click.ClickException(f"no call {call!r} in the records")
    click.echo(call_text(record, zone=zone))
