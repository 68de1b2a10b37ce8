"""`ivr agents`"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import click

from ivr.cli.options import nothing_kept, read, store, where
from ivr.cli.table import table, terminal_columns
from ivr.cli.whose import whose, whose_there

if TYPE_CHECKING:
    from ivr.call.closing import Closing
    from ivr.settings import Settings
    from ivr.store.agents import Agent, RedisAgents


@click.group("agents")
def command() -> None:
    """Show agents, sign them in and out, hand their callers on, say how talks ended, be one."""


def _hotline(function: Any) -> Any:
    return whose("Whose agents.")(where(function))


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
        whose_there("Whose agent."),
    ):
        function = option(function)
    return function


@command.command("transfer")
@_handing_on
def transfer(agent: str, to: str, note: str, server: str, hotline: str) -> None:
    """Send the caller whom AGENT talks with to others. The caller keeps the place of the first wait."""
    _ask(server, f"agents/{hotline}/{agent}/transfer", to=to, note=note)
    click.echo(f"{agent}: the caller goes to {to}")


@command.command("bring-in")
@_handing_on
def bring_in(agent: str, to: str, note: str, server: str, hotline: str) -> None:
    """Ring somebody to join the talk that AGENT is in; whoever leaves it, the others talk on."""
    _ask(server, f"agents/{hotline}/{agent}/bring_in", to=to, note=note)
    click.echo(f"{agent}: {to} is rung")


@command.command("send-away")
@click.argument("agent")
@click.argument("expert", default="")
@click.option("--server", required=True, help="A server started with --local-line.")
@whose_there("Whose agent.")
def send_away(agent: str, expert: str, server: str, hotline: str) -> None:
    """Take EXPERT out of the talk that AGENT is in; without one, all others, and nobody is rung to join any more."""
    _ask(server, f"agents/{hotline}/{agent}/send_away", expert=expert)
    click.echo(f"{agent}: {expert or 'all others'} leave the talk")


@command.command("close")
@click.argument("agent")
@click.argument("outcome", type=click.Choice(["solved", "not_solved", "converted"]))
@click.option("--call", help="Which one; the one AGENT is on, or else the last one, where left out.")
@click.option("--note", default="", help="In words, for the record.")
@_hotline
def close(agent: str, outcome: str, call: str | None, note: str, hotline: str, **options: Any) -> None:
    """Say for AGENT how a talk ended. It is recorded once for a call, of whoever says so first; converted: solved, and
    sold."""
    from ivr.call.closing import LONGEST_NOTE, Closing, Outcome
    from ivr.store.closings import RedisClosings

    settings = read(**options)
    with store(settings) as client:
        named = call or _talked_last(client, settings, hotline, agent)
        mine = Closing(cast(Outcome, outcome), agent, note[:LONGEST_NOTE], time.time())
        told = _told_before(settings, hotline, named, known=call is None)
        stands = told or RedisClosings(client).close(hotline, named, mine)
    if stands.outcome != outcome:
        raise click.ClickException(f"{stands.by} has closed {named} as {stands.outcome}, and that stands")
    click.echo(f"{agent}: {named} is closed as {outcome}" + ("" if stands == mine else f", as {stands.by} has said"))


def _talked_last(client: Any, settings: Settings, hotline: str, agent: str) -> str:
    """The call this agent is on, or the last one the records know of."""
    from ivr.call.tasks import call_of
    from ivr.store.agents import RedisAgents
    from ivr.store.records.database import create_engine_for
    from ivr.store.records.pages import CallsWanted, calls_page

    known = {one.name: one for one in RedisAgents(client).all(hotline, now=time.time())}
    if agent not in known:
        raise click.ClickException(f"{hotline} has no agent {agent!r}; there are {', '.join(known) or 'none'}")
    if known[agent].state == "on_call":
        return call_of(known[agent].call)[0]
    found = []
    if nothing_kept(settings) is None:
        found = calls_page(create_engine_for(settings.records_url), CallsWanted(hotline, agent=agent), None, 1)
    if not found:
        raise click.ClickException(f"{agent} has had no call; name one by --call")
    return found[0].call


def _told_before(settings: Settings, hotline: str, call: str, *, known: bool) -> Closing | None:
    """The closing that the records have: the store forgets it. `known`: there is such a call, though the records may
    not have it yet."""
    from ivr.call.closing import Closing, Outcome
    from ivr.store.records.database import create_engine_for
    from ivr.store.records.reader import RecordsReader

    found = None
    if nothing_kept(settings) is None:
        found = RecordsReader(create_engine_for(settings.records_url)).call(call, hotline=hotline)
    if found is None and not known:
        raise click.ClickException(f"{hotline} has had no call {call!r}; `ivr records` lists them")
    if found is None or found.summary.closed is None:
        return None
    return Closing(cast(Outcome, found.summary.closed), found.summary.closed_by or "")


def _ask(server: str, path: str, **body: str) -> None:
    from ivr.call.codec import to_json
    from ivr.channels.console.lines import ask

    ask(f"{server.rstrip('/')}/line/{path}", to_json(body))


@command.command("phone")
@click.argument("name")
@click.option("--server", required=True, help="A server started with --local-line.")
@whose_there("Whose agent.")
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
