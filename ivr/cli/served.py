"""The hotline as a server serves it just now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

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
