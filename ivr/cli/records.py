"""`ivr records`"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.options import kept, records_of, timezone_option, where


@click.command("records")
@click.argument("call", required=False)
@where
@click.option("--caller", help="Only calls of this number.")
@click.option("--limit", default=30, show_default=True, type=click.IntRange(1, 10_000), help="At most so many calls.")
@timezone_option
def command(call: str | None, caller: str | None, limit: int, timezone: ZoneInfo, **options: Any) -> None:
    """Show the last calls, or one CALL with everything that was said, heard and decided."""
    settings = kept(**options)
    from ivr.store.records.reader import RecordsReader
    from ivr.store.records.recordings import RecordingBook
    from ivr.store.records.show import call_table, call_text, recordings_text

    engine = records_of(settings)
    reader = RecordsReader(engine)
    if call is not None:
        record = reader.call(call)
        if record is None:
            raise click.ClickException(f"no call {call!r} in the records; `ivr records` lists the last ones")
        click.echo(call_text(record, zone=timezone))
        parts = RecordingBook(engine).of(record.summary.call)
        if parts:
            click.echo("\n" + recordings_text(parts))
        return
    calls = reader.calls(caller=caller, limit=limit)
    click.echo(call_table(calls, zone=timezone) if calls else "no calls" if caller is None else f"no calls of {caller}")
