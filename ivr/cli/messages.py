"""`ivr messages`"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from ivr.cli.options import read, where
from ivr.store.records.database import create_engine_for
from ivr.store.records.promises import STATES, PromiseBook, State


@click.command("messages")
@click.argument("message", required=False)
@click.argument("state", required=False, type=click.Choice(STATES))
@click.option("--all", "everything", is_flag=True, help="Closed ones too.")
@where
def command(message: str | None, state: State | None, everything: bool, **options: Any) -> None:
    """Show callbacks and voicemails, the longest waiting first; or move one on: ivr messages MESSAGE called."""
    book = PromiseBook(create_engine_for(read(**options).records_url))
    if message is not None:
        if state is None:
            raise click.UsageError("say what it is now: new, called or closed")
        if not book.mark(message, state):
            raise click.ClickException(f"no message {message!r}")
        click.echo(f"{message} is {state}")
        return
    table = Table("message", "what", "since", "queue", "number", "about", "length", "file", "state")
    for one in book.all():
        if everything or one.state != "closed":
            since = datetime.fromtimestamp(one.since, UTC).strftime("%Y-%m-%d %H:%M")
            length = f"{one.duration_s:.0f} s" if one.duration_s else ""
            table.add_row(
                one.once, one.kind, since, one.queue, one.number, one.reason, length, one.file or "", one.state
            )
    Console().print(table)
