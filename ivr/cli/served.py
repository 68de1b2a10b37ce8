"""The hotline as a server serves it just now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ivr.cli.options import kept, records_of, store

if TYPE_CHECKING:
    from ivr.flow.hotline import Hotline


def served(client: Any, name: str) -> Hotline:
    """From the files that servers keep in Redis. ClickException where none has served it in the last week."""
    from ivr.kit import standard_kit
    from ivr.runtime.shelf import unpacked
    from ivr.store.versions import RedisVersions
    from ivr.wiring.works import assembled

    files = RedisVersions(client).served(name)
    if files is None:
        raise click.ClickException(
            f"no server has served a hotline {name!r} in the last week; --hotline names it, --data or --redis its store"
        )
    return unpacked(files, partial(assembled, kit=standard_kit()))


def reported(name: str, **options: Any) -> tuple[Any, Hotline]:
    """What a report is made of: the database of records, as an engine, and the hotline as it is served."""
    settings = kept(**options)
    engine = records_of(settings)
    with store(settings) as client:
        return engine, served(client, name)
