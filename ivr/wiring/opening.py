"""What a hotline declares, made live: its connectors, its agents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ivr.connectors.registry import OpenConnector
from ivr.connectors.seed import seed_new
from ivr.errors import SettingsError
from ivr.flow.hotline import Hotline
from ivr.routing.assign import Ability
from ivr.store.agents import Declared, RedisAgents


def open_connectors(hotline: Hotline, *, home: Path, env: Mapping[str, str], today: date) -> dict[str, OpenConnector]:
    """Every connector of a hotline, ready to be asked; files of SQLite are made below `home`. Raises SettingsError."""
    for one in hotline.connectors.values():
        seed = getattr(one, "seed", None)
        if seed is not None:
            if seed not in hotline.files:
                raise SettingsError(f"`seed: {seed}` is no file beside hotline.yaml")
            seed_new(one.url, home, hotline.files[seed].decode(), today)
    return {name: one.open(home=home, env=env, name=name) for name, one in hotline.connectors.items()}


def declare_agents(agents: RedisAgents, hotline: Hotline, *, now: float) -> None:
    """Make queues.yaml known to the store: who there is and what each can serve."""
    agents.declare(
        hotline.name,
        [
            Declared(
                name=name,
                phone=spec.phone,
                ability=Ability(
                    queues=frozenset(spec.queues),
                    skills=frozenset(spec.skills),
                    languages=frozenset(spec.languages or hotline.file.languages),
                ),
            )
            for name, spec in hotline.queues.agents.items()
        ],
        now=now,
    )
