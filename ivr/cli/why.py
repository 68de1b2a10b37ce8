"""`ivr why`"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.options import as_json, json_option, kept, records_of, timezone_option, where


@click.command("why")
@click.argument("call")
@click.option("--hotline", help="Whose call; needed where two hotlines have a call of this name.")
@timezone_option
@json_option
@where
def command(call: str, hotline: str | None, timezone: ZoneInfo, in_json: bool, **options: Any) -> None:
    """Tell why CALL went where it went: which rules fitted, why this queue, this place, this agent, and who came
    second. `ivr records` lists calls; one that still runs is told as far as it is.
    """
    settings = kept(**options)
    from ivr.store.records.why.read import ReasonsReader
    from ivr.store.records.why.text import reasons_text

    engine = records_of(settings)
    reasons = ReasonsReader(engine).reasons(call, hotline=hotline)
    if reasons is None:
        raise click.ClickException(f"no call {call!r} in the records; `ivr records` lists the last ones")
    click.echo(as_json(reasons) if in_json else reasons_text(reasons, zone=timezone))
