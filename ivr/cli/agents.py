"""`ivr agents`"""

from __future__ import annotations

import time
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from ivr.channels.console.desk import AgentPhone
from ivr.cli.options import read, store, where
from ivr.store.agents import RedisAgents


@click.group("agents")
def command() -> None:
    """Show agents, sign them in and out, be one."""


def _hotline(function: Any) -> Any:
    return click.option("--hotline", default="telecom", show_default=True, help="Whose agents.")(where(function))


@command.command("list")
@_hotline
def show(hotline: str, **options: Any) -> None:
    """Who there is and what each is doing."""
    now = time.time()
    table = Table("agent", "state", "since", "phone", "queues", "calls", "misses", "with")
    with store(read(**options)) as client:
        for agent in RedisAgents(client).all(hotline, now=now):
            since = f"{max(0.0, now - agent.since):.0f} s" if agent.since else ""
            table.add_row(
                agent.name,
                agent.state + (f" ({agent.reason})" if agent.reason else ""),
                since,
                agent.phone,
                " ".join(sorted(agent.ability.queues)),
                str(agent.calls_taken),
                str(agent.misses),
                agent.call,
            )
    Console().print(table)


@command.command("in")
@click.argument("names", nargs=-1, required=True)
@_hotline
def sign_in(names: tuple[str, ...], hotline: str, **options: Any) -> None:
    """Sign agents in: ready for callers."""
    with store(read(**options)) as client:
        for name in names:
            click.echo(f"{name}: {RedisAgents(client).sign_in(hotline, name, now=time.time()).state}")


@command.command("out")
@click.argument("names", nargs=-1, required=True)
@_hotline
def sign_out(names: tuple[str, ...], hotline: str, **options: Any) -> None:
    """Sign agents out; a call under way goes on."""
    with store(read(**options)) as client:
        for name in names:
            click.echo(f"{name}: {RedisAgents(client).sign_out(hotline, name, now=time.time()).state}")


@command.command("pause")
@click.argument("name")
@click.argument("reason")
@_hotline
def pause(name: str, reason: str, hotline: str, **options: Any) -> None:
    """Take no calls for a while, and say why."""
    with store(read(**options)) as client:
        click.echo(f"{name}: {RedisAgents(client).pause(hotline, name, reason, now=time.time()).state}")


@command.command("phone")
@click.argument("name")
@click.option("--server", required=True, help="A server started with --local-line.")
@click.option("--hotline", default="telecom", show_default=True, help="Whose agent.")
def phone(name: str, server: str, hotline: str) -> None:
    """Be an agent in this terminal: sign in, be rung, press 1 to take or 2 to decline."""
    AgentPhone(server, hotline, name, click.echo, input, time.sleep).work()
