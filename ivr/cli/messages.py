"""`ivr messages`"""

from __future__ import annotations

import getpass
import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from ivr.cli.options import kept, where
from ivr.cli.table import table, terminal_columns

if TYPE_CHECKING:
    from ivr.store.records.promises import Promise, PromiseBook, State, Working
    from ivr.store.records.transcripts import Transcript

STATES = ("new", "taken", "called", "closed")
FIRST_LETTERS = 60
"""Of what was said, in the list."""


@click.command("messages")
@click.argument("message", required=False)
@click.argument("state", required=False, type=click.Choice(STATES))
@click.option("--all", "everything", is_flag=True, help="Closed ones too.")
@click.option("--as", "by", help="Who you are; your login where left out.")
@click.option("--note", help="What came of it, for the colleagues.")
@click.option("--over", is_flag=True, help="Also what somebody else has taken.")
@click.option("--forget", is_flag=True, help="Close MESSAGE and delete its sound and its words.")
@where
def command(
    message: str | None,
    state: str | None,
    everything: bool,
    by: str | None,
    note: str | None,
    over: bool,
    forget: bool,
    **options: Any,
) -> None:
    """Show callbacks and voicemails, the longest waiting first; or one MESSAGE with all that was said; or move one on:
    ivr messages MESSAGE taken, before you call, so that nobody else does; called, where it is not done with that; or
    closed.

    Of a message's name the beginning is enough.
    """
    settings = kept(**options)
    from ivr.store.records.database import create_engine_for
    from ivr.store.records.promises import PromiseBook, Working
    from ivr.store.records.transcripts import TranscriptBook

    engine = create_engine_for(settings.records_url)
    book, transcripts = PromiseBook(engine), TranscriptBook(engine)
    if forget and (message is None or state is not None):
        raise click.UsageError("--forget takes one message and no state: ivr messages MESSAGE --forget")
    if message is not None:
        name = _whole(book.names(message), message)
        if forget:
            _delete_sound(book.one(name))
            transcripts.forget(name, at=time.time())
            book.forget(name)
            click.echo(f"{name} is closed; its sound and its words are deleted here")
            return
        if state is None:
            click.echo(_shown(book.one(name), transcripts.of([name]).get(name)))
            return
        _move_on(book, name, cast("State", state), Working(by or _login(), time.time(), note, over))
        return
    listed = [one for one in book.all() if everything or one.state != "closed"]
    if not listed:
        click.echo("no messages")
        return
    told = transcripts.of([one.once for one in listed])
    rows = [_row(one, told.get(one.once)) for one in listed]
    headings = ("message", "what", "state", "since (UTC)", "queue", "number", "about")
    click.echo(table(headings, rows, terminal_columns()))


def _move_on(book: PromiseBook, name: str, state: State, working: Working) -> None:
    from ivr.store.records.promises import NotYours

    try:
        book.work(name, state, working)
    except NotYours as error:
        found = error.found
        when = "" if found.worked_at is None else f" since {_time(found.worked_at)} UTC"
        if found.state == "closed":
            raise click.ClickException(f"{name} is closed; move it to new first") from None
        raise click.ClickException(f"{found.worked_by} has {name}{when}; --over takes it away") from None
    click.echo(f"{name} is {state}")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # nobody has this number here, as in a container
        return "somebody"


def _delete_sound(one: Promise) -> None:
    if one.file is None:
        return
    try:
        Path(one.file).unlink()
    except FileNotFoundError:
        click.echo(f"{one.file} is not on this machine; if it is on another one, delete it there", err=True)
    except OSError as error:
        raise click.ClickException(f"{one.file} cannot be deleted: {error.strerror}") from None


def _row(one: Promise, told: Transcript | None) -> tuple[str, ...]:
    about = [one.reason] if one.reason else []
    if one.duration_s:
        about.append(f"{one.duration_s:.0f} s")
    if told is not None:
        about.append(_words(told, FIRST_LETTERS))
    if one.kind == "voicemail" and (told is None or told.state != "forgotten"):
        about.append(one.file or "its sound is not here yet")
    if one.note:
        about.append(one.note)
    state = f"{one.state} by {one.worked_by}" if one.worked_by and one.state != "new" else one.state
    return (one.once, one.kind, state, _time(one.since), one.queue, one.number, ", ".join(about))


def _shown(one: Promise, told: Transcript | None) -> str:
    """Everything known of one."""
    from ivr.store.records.show import one_line

    known = {
        "message": one.once,
        "what": one.kind,
        "state": one.state,
        "worked": _worked(one),
        "note": one.note,
        "since": f"{_time(one.since)} UTC",
        "call": f"{one.call} on {one.hotline}",
        "queue": one.queue,
        "number": one.number,
        "reason": one.reason,
        "length": f"{one.duration_s:.0f} s" if one.duration_s else "",
        "sound": one.file or ("is not here" if one.kind == "voicemail" else ""),
        "language": told.language if told is not None else "",
    }
    lines = [f"{name:10}{one_line(value)}" for name, value in known.items() if value]
    if told is None:
        return "\n".join(lines)
    if told.state != "done" or told.at is None:
        return "\n".join([*lines, f"{'words':10}{one_line(_words(told))}"])
    lines.append(f"{'words':10}written down by {told.ears} on {_time(told.at)} UTC:")
    return "\n".join([*lines, "", *textwrap.wrap(one_line(told.text or ""), terminal_columns() or 100)])


def _worked(one: Promise) -> str:
    return "" if one.worked_by is None or one.worked_at is None else f"by {one.worked_by}, {_time(one.worked_at)} UTC"


def _words(told: Transcript, most: int | None = None) -> str:
    """What was said, or why nobody knows."""
    match told.state:
        case "done":
            text = told.text or ""
            return f"“{text if most is None or len(text) <= most else text[:most].rstrip() + ' …'}”"
        case "waiting":
            return "not written down yet"
        case "nothing":
            return "no words were heard"
        case "secret":
            return "secret: never written down"
        case "forgotten":
            return "its sound and its words are deleted"
        case "deaf" | "failed":
            return f"not written down: {told.why}"


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")


def _whole(names: list[str], beginning: str) -> str:
    if beginning in names:
        return beginning
    if len(names) == 1:
        return names[0]
    if not names:
        raise click.ClickException(f"no message {beginning!r}")
    raise click.ClickException(f"{beginning!r} begins {len(names)} messages: {', '.join(names)}")
