"""`ivr messages`"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import click

from ivr.cli.options import nothing_kept, read, where
from ivr.cli.table import table, terminal_columns

if TYPE_CHECKING:
    from ivr.store.records.promises import Promise, State

STATES = ("new", "called", "closed")


@click.command("messages")
@click.argument("message", required=False)
@click.argument("state", required=False, type=click.Choice(STATES))
@click.option("--all", "everything", is_flag=True, help="Closed ones too.")
@where
def command(message: str | None, state: str | None, everything: bool, **options: Any) -> None:
    """Show callbacks and voicemails, the longest waiting first; or move one on: ivr messages MESSAGE called.

    Of a message's name the beginning is enough.
    """
    settings = read(**options)
    if sentence := nothing_kept(settings):
        raise click.ClickException(sentence)
    from ivr.store.records.database import create_engine_for
    from ivr.store.records.promises import PromiseBook

    book = PromiseBook(create_engine_for(settings.records_url))
    if message is not None:
        if state is None:
            raise click.UsageError(f"say what it is now: {', '.join(STATES)}")
        name = _whole(book.names(message), message)
        book.mark(name, cast("State", state))
        click.echo(f"{name} is {state}")
        return
    rows = [_row(one) for one in book.all() if everything or one.state != "closed"]
    if not rows:
        click.echo("no messages")
        return
    headings = ("message", "what", "state", "since (UTC)", "queue", "number", "about")
    click.echo(table(headings, rows, terminal_columns()))


def _row(one: Promise) -> tuple[str, ...]:
    about = [one.reason] if one.reason else []
    if one.duration_s:
        about.append(f"{one.duration_s:.0f} s")
    if one.kind == "voicemail":
        about.append(one.file or "its sound is not here yet")
    since = datetime.fromtimestamp(one.since, UTC).strftime("%Y-%m-%d %H:%M")
    return (one.once, one.kind, one.state, since, one.queue, one.number, ", ".join(about))


def _whole(names: list[str], beginning: str) -> str:
    if beginning in names:
        return beginning
    if len(names) == 1:
        return names[0]
    if not names:
        raise click.ClickException(f"no message {beginning!r}")
    raise click.ClickException(f"{beginning!r} begins {len(names)} messages: {', '.join(names)}")
