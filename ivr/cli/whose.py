"""--hotline: of several, whose; where only one is served, it need not be said."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from ivr.cli.options import kept, read, store

F = TypeVar("F", bound=Callable[..., Any])
LEFT_OUT = "The only one that is served where left out."


def whose(sentence: str, *, records: bool = False) -> Callable[[F], F]:
    """--hotline of a command that has --data, --redis and --database. `records`: it reads what calls left, so where
    there is nothing of that the command says so itself."""

    def found(**options: Any) -> Sequence[str]:
        from ivr.store.versions import RedisVersions

        with store((kept if records else read)(**options)) as client:
            return RedisVersions(client).hotlines()

    def known(**options: Any) -> Sequence[str]:
        return found(**{name: options[name] for name in ("data", "database_url", "redis_url")})

    return _option(
        sentence,
        known,
        "no server has served a hotline in the last week: name one by --hotline, or its store by --data or --redis",
    )


def whose_there(sentence: str) -> Callable[[F], F]:
    """--hotline of a command that speaks to a server by --server."""

    def known(server: str, **_: Any) -> Sequence[str]:
        from ivr.channels.console.lines import ask

        names: list[str] = ask(f"{server.rstrip('/')}/line/hotlines")["hotlines"]
        return names

    return _option(sentence, known, "no hotline is served there")


def _option(sentence: str, known: Callable[..., Sequence[str]], nobody: str) -> Callable[[F], F]:
    def add(command: F) -> F:
        @functools.wraps(command)
        def with_one(*args: Any, hotline: str | None, **more: Any) -> Any:
            return command(*args, hotline=hotline or _only(known(**more), nobody), **more)

        return click.option("--hotline", help=f"{sentence} {LEFT_OUT}")(with_one)  # type: ignore[return-value]

    return add


def _only(names: Sequence[str], nobody: str) -> str:
    if len(names) != 1:
        raise click.ClickException(f"which one: --hotline {' or '.join(names)}?" if names else nobody)
    return names[0]
