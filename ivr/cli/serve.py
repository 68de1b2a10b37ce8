"""`ivr serve`"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
import uvicorn

from ivr.cli.options import read, setting, where
from ivr.flow.load import load
from ivr.kit import standard_kit
from ivr.settings import Settings
from ivr.store import embedded


@click.command("serve")
@click.argument("hotlines", nargs=-1, required=True, type=click.Path(path_type=Path))
@setting("host")
@setting("port")
@setting("public_url")
@where
@setting("workers")
@setting("insecure", flag=True)
@setting("local_line", flag=True)
@setting("log_level")
def command(hotlines: tuple[Path, ...], **options: Any) -> None:
    """Serve hotlines on one port: webhooks for the carrier, pages and sockets for people.

    Twilio is switched on by the environment: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, and --public-url.
    """
    settings = read(hotlines=hotlines, **options)
    kit = standard_kit()
    names = [load(path, kit).name for path in settings.hotlines]  # tells faults before any worker starts
    server = None if settings.redis_url else embedded.start(settings.data / "redis")
    os.environ.update(settings.to_env())
    for line in greeting(settings, names):
        click.echo(line)
    try:
        uvicorn.run(
            "ivr.app.asgi:create",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.workers,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="on",
        )
    finally:
        if server is not None:
            server.stop()


def greeting(settings: Settings, names: list[str]) -> list[str]:
    """What to do next, printed at the start."""
    base = f"http://{settings.host}:{settings.port}"
    lines = [f"ivr serves {', '.join(names)} on {base}   (ctrl-c ends it)", ""]
    if settings.local_line:
        lines += [
            "  call it from another terminal:",
            f"      .venv/bin/ivr call --server {base} --from +12025550101",
            "  be an agent who takes calls:",
            f"      .venv/bin/ivr agents phone amy --server {base}",
        ]
    lines += [
        "  see what calls left behind:",
        f"      .venv/bin/ivr records --data {_short(settings.data)}",
        f"  is it well?   {base}/readyz",
        "",
    ]
    public = settings.public_url or "https://<your public address>"
    if settings.twilio_token:
        lines += [
            "  set these on your Twilio number:",
            f"      a call comes in:       POST {public}/twilio/voice",
            f"      primary handler fails: POST {public}/twilio/fallback",
            f"      call status changes:   POST {public}/twilio/status",
        ]
        if not settings.public_url:
            lines.append("  and start with --public-url: without it every signature is refused")
    else:
        lines += [
            "  Twilio is off. To switch it on, set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, and start with",
            f"      --public-url {public}   (then a call comes in at {public}/twilio/voice)",
        ]
    if settings.insecure:
        lines += [
            "",
            "  !! --insecure: unsigned carrier requests from this machine are taken. Never use it for callers.",
        ]
    return lines


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
