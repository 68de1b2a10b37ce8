"""`ivr tokens`"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import click

from ivr.cli.options import kept, read, store, where
from ivr.cli.table import table
from ivr.cli.whose import whose
from ivr.store.records.tokens import ROLES, Role, Token, TokenBook


@click.group("tokens")
def command() -> None:
    """Make, list and end tokens for the JSON API below /api/v1."""


def _hotline(function: Any) -> Any:
    return whose("Whose data.")(where(function))


@command.command("add")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    required=True,
    help="agent: the own state and calls; supervisor: all there is; admin: tokens, too.",
)
@click.option("--agent", default="", help="Whose it is, of the role agent; left out: the agent called NAME.")
@click.option("--days", type=click.IntRange(1, 3650), help="Good for so many days; left out: until it is ended.")
@_hotline
def add(name: str, role: Role, agent: str, days: int | None, hotline: str, **options: Any) -> None:
    """Make a token called NAME, and print it this once."""
    from ivr.cli.served import served
    from ivr.desk.tokens import Wish, new_token

    settings = read(**options)
    now = time.time()
    with store(settings) as client:
        agents = list(served(client, hotline).queues.agents)
    wanted = new_token(Wish(name, role, agent, days), hotline, agents, now=now)
    secret = _book(settings).add(wanted)
    if secret is None:
        raise click.ClickException(f"{hotline} has a token {name!r}; end it first: ivr tokens end {name}")
    click.echo(secret)
    click.echo(f"This token is told only now. {_may(wanted)}. Try it:", err=True)
    click.echo(f"  curl -H 'Authorization: Bearer {secret}' http://127.0.0.1:8080/api/v1/me", err=True)


@command.command("list")
@_hotline
def show(hotline: str, **options: Any) -> None:
    """Who has one, without the tokens themselves: those are kept nowhere."""
    settings = kept(**options)
    found = _book(settings).all(hotline)
    if not found:
        click.echo(f"no tokens for {hotline}; make one: ivr tokens add NAME --role supervisor")
        return
    rows = [(one.name, one.role, one.agent, _day(one.made_at), _until(one, time.time())) for one in found]
    click.echo(table(("token", "role", "agent", "made (UTC)", "good until (UTC)"), rows))


@command.command("end")
@click.argument("name")
@_hotline
def end(name: str, hotline: str, **options: Any) -> None:
    """End a token: it is good for nothing from now on."""
    settings = kept(**options)
    if not _book(settings).end(hotline, name):
        raise click.ClickException(f"{hotline} has no token {name!r}; `ivr tokens list` shows those there are")
    click.echo(f"{name} is ended")


def _book(settings: Any) -> TokenBook:
    from ivr.store.records.database import create_engine_for

    return TokenBook(create_engine_for(settings.records_url))


def _may(token: Token) -> str:
    whose = f"agent {token.agent}" if token.agent else f"a {token.role}"
    return f"It lets {whose} of {token.hotline} in, {_until(token, token.made_at)}"


def _until(token: Token, now: float) -> str:
    if token.until is None:
        return "until it is ended"
    return f"{'over since' if token.until <= now else 'until'} {_day(token.until)}"


def _day(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}"
