"""From when until when: `--since` and `--until`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from ivr.flow.hotline import Hotline
from ivr.store.records.verdicts import Window

F = TypeVar("F", bound=Callable[..., Any])
UNITS = {"h": 3600.0, "d": 86_400.0, "w": 604_800.0}


def period_options(command: F) -> F:
    """--since and --until"""
    until = "And no later than that; until now where left out. As --since."
    since = "Calls since then: 24h, 7d, 4w, or a day, 2026-11-01."
    command = click.option("--until", help=until)(command)
    return click.option("--since", default="7d", show_default=True, help=since)(command)


def window_of(hotline: Hotline, since: str, until: str | None, now: float) -> Window:
    """Raises click.BadParameter."""
    zone = ZoneInfo(hotline.file.timezone)
    begins, ends = when(since, zone, now), now if until is None else when(until, zone, now)
    if begins >= ends:
        raise click.BadParameter(f"--until {until or 'now'} is not after --since {since}")
    return Window(hotline.name, begins, ends, now, hotline.file.goals.solved_if_quiet_days)


def when(written: str, zone: ZoneInfo, now: float) -> float:
    """Seconds since 1970. Raises click.BadParameter."""
    if ago := re.fullmatch(r"(\d{1,4})([hdw])", written):
        return now - int(ago[1]) * UNITS[ago[2]]
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{written!r} is no time; for example 24h, 7d or 2026-11-01") from None


def told(at: float, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M}"
