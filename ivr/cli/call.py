"""`ivr call`"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import click
import phonenumbers

from ivr.channels.console.lines import HouseLine, ServerLine
from ivr.channels.console.phone import Line, Phone, Terminal
from ivr.sim.transcript import script_text

SCRIPT_TIME = "%Y-%m-%dT%H:%M:%S"
NEWCOMER = "+12025550100"


@click.command("call")
@click.argument("hotline", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--from",
    "caller",
    default="",
    show_default=NEWCOMER,
    help="Who calls: any string. Where left out, those of `try_as:` in hotline.yaml are listed.",
)
@click.option("--to", "called", default="", help="The number dialled; any of the hotline's where left out.")
@click.option("--server", help="Call a running server, so that the call stands in its records and queue.")
@click.option("--save", type=click.Path(path_type=Path), help="Write the call as a scripted call.")
def command(hotline: Path | None, caller: str, called: str, server: str | None, save: Path | None) -> None:
    """Call a hotline from this terminal: what is said is printed; type keys, words, or enter for silence."""
    if (hotline is None) == (server is None):
        raise click.UsageError("name a hotline's folder, or --server with a running server's address")
    from_ = _e164(caller or NEWCOMER)
    with _dialled(hotline, server, from_, called) as dialled:
        if dialled.try_as and not caller:
            click.echo("callers to try, with --from NUMBER:")
            click.echo("\n".join(f"  {number}  {words}" for number, words in dialled.try_as.items()))
        click.echo(f"calling from {readable(from_)}   (? for help)")
        phone = Phone(dialled.line, Terminal(click.echo, _asker(), time.sleep))
        phone.call()
    if save is not None:
        # The time belongs to it: at night and on Sundays the same call comes to another end.
        head = {"about": "say here what this call shows", "from": from_, "to": called, "at": dialled.local_time}
        save.parent.mkdir(parents=True, exist_ok=True)
        save.write_text(script_text(phone.turns, head), encoding="utf-8")
        click.echo(f"written to {save}")


class Dialled(NamedTuple):
    """A line to a hotline. What only the server knows is empty."""

    line: Line
    local_time: str = ""
    """The hotline's, as a script has it."""
    try_as: Mapping[str, str] = {}


@contextmanager
def _dialled(hotline: Path | None, server: str | None, caller: str, called: str) -> Iterator[Dialled]:
    if server is not None:
        yield Dialled(ServerLine(server, caller, called))
        return
    from ivr.testing.stage import RealTime, Stage

    assert hotline is not None
    with (
        tempfile.TemporaryDirectory(prefix="ivr-") as directory,
        Stage(Path(directory)) as stage,
        stage.rehearse([hotline], clock=RealTime()) as house,
    ):
        file = stage.hotline(hotline).file
        local_time = datetime.now(ZoneInfo(file.timezone)).strftime(SCRIPT_TIME)
        yield Dialled(HouseLine(house.conductor, caller, called), local_time, file.try_as)
        house.settle()
        for sms in house.texts:
            click.echo(f"  ✉  text message to {sms.to}: {sms.text}")


def _asker() -> Callable[[str], str]:
    """Reads the terminal, or a file that was piped in."""
    if sys.stdin.isatty():
        return input

    def ask(prompt: str) -> str:
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        click.echo(f"{prompt}{line.rstrip()}")
        return line.rstrip("\n")

    return ask


def _e164(caller: str) -> str:
    """A real number in E.164; anything else as it came."""
    try:
        number: Any = phonenumbers.parse(caller, None)
    except phonenumbers.NumberParseException:
        return caller
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def readable(caller: str) -> str:
    """A real number as people write it."""
    try:
        number: Any = phonenumbers.parse(caller, None)
    except phonenumbers.NumberParseException:
        return caller
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
