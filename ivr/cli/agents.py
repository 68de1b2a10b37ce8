"""`ivr agents`"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ivr.cli.options import read, store, where
from ivr.cli.table import table, terminal_columns

if TYPE_CHECKING:
    from ivr.store.agents import Agent, RedisAgents


@click.group("agents")
def command() -> None:
    """Show agents, sign them in and out, hand their callers on, be one."""


def _hotline(function: Any) -> Any:
    return click.option("--hotline", default="telecom", show_default=True, help="Whose agents.")(where(function))


@command.command("list")
@_hotline
def show(hotline: str, **options: Any) -> None:
    """Who there is and what each is doing."""
    now = time.time()
    with _agents(options) as agents:
        rows = [_row(agent, now) for agent in agents.all(hotline, now=now)]
    if not rows:
        click.echo(f"no agents are known of {hotline!r}; `ivr serve` makes those of queues.yaml known")
        return
    headings = ("agent", "state", "for", "phone", "calls", "missed", "queues")
    click.echo(table(headings, rows, terminal_columns()))


def _row(agent: Agent, now: float) -> tuple[str, ...]:
    doing = " ".join([agent.state.replace("_", " "), *([f"({agent.reason})"] if agent.reason else [])])
    return (
        agent.name,
        f"{doing} with {agent.call}" if agent.call else doing,
        _ago(now - agent.since) if agent.since else "",
        agent.phone,
        str(agent.calls_taken),
        str(agent.misses),
        " ".join(sorted(agent.ability.queues)),
    )


def _ago(seconds: float) -> str:
    """In the unit that suits: 40s, 12m, 3h, 2d."""
    for unit, size in (("d", 86_400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds / size:.0f}{unit}"
    return f"{max(0.0, seconds):.0f}s"


@command.command("in")
@click.argument("names", nargs=-1, required=True)
@_hotline
def sign_in(names: tuple[str, ...], hotline: str, **options: Any) -> None:
    """Sign agents in: ready for callers."""
    with _agents(options) as agents:
        for name in names:
            _tell(agents.sign_in(hotline, name, now=time.time()))


@command.command("out")
@click.argument("names", nargs=-1, required=True)
@_hotline
def sign_out(names: tuple[str, ...], hotline: str, **options: Any) -> None:
    """Sign agents out; a call under way goes on."""
    with _agents(options) as agents:
        for name in names:
            _tell(agents.sign_out(hotline, name, now=time.time()))


@command.command("pause")
@click.argument("name")
@click.argument("reason")
@_hotline
def pause(name: str, reason: str, hotline: str, **options: Any) -> None:
    """Take no calls for a while, and say why."""
    with _agents(options) as agents:
        _tell(agents.pause(hotline, name, reason, now=time.time()))


@command.command("back")
@click.argument("names", nargs=-1, required=True)
@_hotline
def back(names: tuple[str, ...], hotline: str, **options: Any) -> None:
    """End a pause, or bring somebody back who was taken out for not answering."""
    with _agents(options) as agents:
        for name in names:
            _tell(agents.sign_in(hotline, name, now=time.time()))


def _handing_on(function: Any) -> Any:
    for option in (
        click.argument("agent"),
        click.option("--to", required=True, metavar="queue:NAME|agent:NAME", help="Who is to have the caller."),
        click.option("--note", default="", help="What they hear before they take the call."),
        click.option("--server", required=True, help="A server started with --local-line."),
        click.option("--hotline", default="telecom", show_default=True, help="Whose agent."),
    ):
        function = option(function)
    return function


@command.command("transfer")
@_handing_on
def transfer(agent: str, to: str, note: str, server: str, hotline: str) -> None:
    """Send the caller whom AGENT talks with to others. The caller keeps the place of the first wait."""
    _ask(server, f"agents/{hotline}/{agent}/transfer", to, note)
    click.echo(f"{agent}: the caller goes to {to}")


@command.command("bring-in")
@_handing_on
def bring_in(agent: str, to: str, note: str, server: str, hotline: str) -> None:
    """Ring somebody to join the talk that AGENT is in; whoever leaves it, the others talk on."""
    _ask(server, f"agents/{hotline}/{agent}/bring_in", to, note)
    click.echo(f"{agent}: {to} is rung")


def _ask(server: str, path: str, to: str, note: str) -> None:
    from ivr.call.codec import to_json
    from ivr.channels.console.lines import ask

    ask(f"{server.rstrip('/')}/line/{path}", to_json({"to": to, "note": note}))


@command.command("phone")
@click.argument("name")
@click.option("--server", required=True, help="A server started with --local-line.")
@click.option("--hotline", default="telecom", show_default=True, help="Whose agent.")
def phone(name: str, server: str, hotline: str) -> None:
    """Be an agent in this terminal: sign in, be rung, press 1 to take or 2 to decline."""
    from ivr.channels.console.desk import AgentPhone

    AgentPhone(server, hotline, name, click.echo, input, time.sleep).work()


@contextmanager
def _agents(options: dict[str, Any]) -> Iterator[RedisAgents]:
    from ivr.store.agents import RedisAgents

    with store(read(**options)) as client:
        yield RedisAgents(client)


def _tell(agent: Agent) -> None:
    click.echo(f"{agent.name}: {agent.state.replace('_', ' ')}")
