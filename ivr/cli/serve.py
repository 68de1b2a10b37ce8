"""`ivr serve`"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ivr.app.port import address, must_be_free
from ivr.cli.options import read, setting, where
from ivr.loopback import is_loopback
from ivr.settings import Settings

STATUS_RETRIES = "#rc=5&rp=all"
"""Asks Twilio to bring the news of a call's end again should we not be there to take it."""

ONE_THREAD_EACH = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""Calls share the cores; a library that takes all of them for one call's decode makes the others wait. These are read
when the libraries are loaded, and handed down to workers."""


@click.command("serve")
@click.argument("hotlines", nargs=-1, required=True, type=click.Path(path_type=Path))
@setting("host")
@setting("port")
@setting("public_url")
@where
@setting("workers")
@setting("keep_recordings")
@setting("insecure", flag=True)
@setting("local_line", flag=True)
@setting("phone", flag=True)
@setting("phone_panel", flag=True)
@setting("open_metrics", flag=True)
@setting("log_level")
def command(hotlines: tuple[Path, ...], **options: Any) -> None:
    """Serve hotlines on one port: webhooks for the carrier, pages and sockets for people.

    Twilio is switched on by the environment: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, and --public-url.
    """
    settings = read(hotlines=hotlines, **options)
    must_be_free(settings.host, settings.port)
    for library in ONE_THREAD_EACH:
        os.environ.setdefault(library, "1")
    from ivr.app.run import run

    run(settings, lambda names: click.echo("\n".join(greeting(settings, names))))


def greeting(settings: Settings, names: Sequence[str]) -> list[str]:
    """What to do next, printed at the start."""
    base = address(settings.host, settings.port)
    here = base.replace("0.0.0.0", "127.0.0.1").replace("[::]", "[::1]")
    lines = [f"ivr serves {', '.join(names)} on {base}   (ctrl-c ends it)", ""]
    if settings.phone:
        lines += ["  call it from your browser:", f"      {here}/phone", *_only_here(settings)]
    if settings.local_line:
        lines += [
            "  call it from another terminal:",
            f"      {_program()} call --server {here} --from +12025550101",
            "  be an agent who takes calls:",
            f"      {_program()} agents phone NAME --server {here}{f' --hotline {names[0]}' if names[1:] else ''}",
        ]
    if not (settings.phone or settings.local_line):
        lines += ["  to call it from this machine, without a carrier, start it with --local-line and --phone"]
    lines += [
        "  see what calls left behind:",
        f"      {_program()} records --data {_short(settings.data)}",
        f"  is it well?   {here}/readyz    how much has it to do?   {here}/metrics",
        "",
    ]
    return lines + _carrier(settings) + _warning(settings)


def _only_here(settings: Settings) -> list[str]:
    """Browsers give no page the microphone that came from another machine by plain http."""
    if is_loopback(settings.host):
        return []
    return ["      (on this machine: from another one a browser lends the microphone to https pages only)"]


def _carrier(settings: Settings) -> list[str]:
    public = settings.public_url or "https://<your public address>"
    if not settings.twilio_token:
        return [
            "  Twilio is off. To switch it on, set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, and start with",
            f"      --public-url {public}   (then a call comes in at {public}/twilio/voice)",
        ]
    lines = [
        "  set these on your Twilio number:",
        f"      a call comes in:       POST {public}/twilio/voice",
        f"      primary handler fails: POST {public}/twilio/fallback",
        f"      call status changes:   POST {public}/twilio/status{STATUS_RETRIES}",
    ]
    if not settings.public_url:
        lines.append("  and start with --public-url: without it every signature is refused")
    if not settings.twilio_account:
        lines.append("  and set TWILIO_ACCOUNT_SID: without it no agent is rung and no text is sent")
    return lines


def _warning(settings: Settings) -> list[str]:
    if not settings.insecure:
        return []
    loud = "!! --insecure: unsigned carrier requests from this machine are taken. Never use it for callers. !!"
    return ["", "!" * len(loud), loud, "!" * len(loud)]


def _program() -> str:
    """How this program was called, so that the lines can be copied."""
    called = sys.argv[0]
    return "ivr" if shutil.which("ivr") or not Path(called).name.startswith("ivr") else called


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
