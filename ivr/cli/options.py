"""Options that several commands share, with the sentences of `Settings` as their help."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from ivr.call.codec import to_json
from ivr.settings import SOURCES, Settings

F = TypeVar("F", bound=Callable[..., Any])

PATIENCE_S = 5.0
"""For one answer of the store: a person at a terminal waits rather than to be told that a busy machine is an outage."""


def setting(name: str, *, flag: bool = False) -> Callable[[F], F]:
    """One of the settings as an option."""
    help_text = Settings.sentences()[name]
    if SOURCES[name].env:
        help_text += f" [{SOURCES[name].env}]"
    return click.option(SOURCES[name].option, name, is_flag=flag, default=None, help=help_text)


def where(command: F) -> F:
    """--redis, --database and --data: where calls and records are kept."""
    for name in ("data", "database_url", "redis_url"):
        command = setting(name)(command)
    return command


class TimeZone(click.ParamType[ZoneInfo]):
    """The name of a time zone."""

    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> ZoneInfo:
        try:
            return value if isinstance(value, ZoneInfo) else ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise click.BadParameter(f"{value!r} is no time zone; for example America/New_York") from None


def timezone_option(command: F) -> F:
    """--timezone"""
    shown = "In which time zone times are shown."
    return click.option("--timezone", type=TimeZone(), default="UTC", show_default=True, help=shown)(command)


def json_option(command: F) -> F:
    """--json"""
    return click.option("--json", "in_json", is_flag=True, help="Print JSON, for programs.")(command)


def as_json(value: Any) -> str:
    """What a program reads, laid out so that people can, too."""
    return json.dumps(json.loads(to_json(value)), indent=2, ensure_ascii=False)


def read(**options: Any) -> Settings:
    """The settings of this process; SettingsError with a sentence."""
    return Settings.read(options, os.environ)


@contextmanager
def store(settings: Settings) -> Iterator[Any]:
    """A client of the store, with the embedded server up for as long as it is used."""
    from ivr.store import embedded
    from ivr.store.connect import connect

    server = None if settings.redis_url else embedded.start(settings.data / "redis")
    client = connect(settings.redis_url or embedded.url_of(settings.data / "redis"), timeout_s=PATIENCE_S)
    try:
        yield client
    finally:
        client.close()
        if server is not None:
            server.stop()


def nothing_kept(settings: Settings) -> str | None:
    """A sentence where no server has ever kept records at this place; looking must not make an empty database."""
    if settings.database_url is None and not (settings.data / "records.db").exists():
        return f"{settings.data} holds no records yet; --data names the directory that `ivr serve` was given"
    return None


def kept(**options: Any) -> Settings:
    """The settings of this process; ClickException where nothing is kept there."""
    settings = read(**options)
    if sentence := nothing_kept(settings):
        raise click.ClickException(sentence)
    return settings


def records_of(settings: Settings) -> Any:
    """The database of records as an engine, its tables brought up to date. Raises RecordsDown."""
    from ivr.store.records.database import create_engine_for, create_tables

    engine = create_engine_for(settings.records_url)
    create_tables(engine)
    return engine
