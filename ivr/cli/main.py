"""The group of commands, and how an error of ours is told."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from ivr.errors import IvrError

COMMANDS = {
    "serve": "Serve hotlines on one port.",
    "check": "Check a hotline and tell everything that is wrong with it.",
    "call": "Call a hotline from this terminal.",
    "test": "Play the scripted calls of hotlines.",
    "rehearse": "Play a whole day of a hotline, with all its callers and agents.",
    "draw": "Draw a hotline's flows as a picture.",
    "schema": "Print the JSON Schema of hotline files, for editors.",
    "manual": "Print the manual of the flow language.",
    "records": "Show what calls left behind.",
    "queues": "Show how the queues are doing, live.",
    "rules": "Show how each rule of handoff.yaml does.",
    "goals": "Show what the hotline reaches: kept, saved, sold, and how content callers are.",
    "why": "Tell why a call went where it went.",
    "agents": "Show agents, sign them in and out, be one.",
    "tokens": "Make, list and end tokens for the JSON API.",
    "models": "Show, fetch and try the models that hear callers.",
    "messages": "Show and work callbacks and voicemails.",
    "prompts": "List, import, check and render what callers hear.",
}


class Lazy(click.Group):
    """Imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = import_module(f"ivr.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Lazy)
@click.version_option(package_name="ivr")
def group() -> None:
    """A hotline server: call flows in YAML, the same engine live and in tests."""


def main() -> None:
    """The entry point; an error that somebody can mend is told in its own words, without a traceback."""
    try:
        group(prog_name="ivr")
    except IvrError as error:
        click.echo(f"ivr: {error}", err=True)
        sys.exit(1)
