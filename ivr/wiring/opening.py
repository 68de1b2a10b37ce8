"""What a hotline declares, made live: its connectors, its agents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ivr.call.tasks import GRADE
from ivr.connectors.registry import OpenConnector
from ivr.connectors.seed import seed_new
from ivr.errors import SettingsError
from ivr.flow.hotline import Hotline
from ivr.flow.skills import levels
from ivr.routing.assign import Policy
from ivr.routing.skills import Ability
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
    """Make queues.yaml known to the store: who there is, what each can serve, how queues choose among them."""
    agents.declare(
        hotline.name,
        [
            Declared(
                name=name,
                phone=spec.phone,
                ability=Ability(
                    queues=frozenset(spec.queues),
                    skills={**levels(spec.skills), GRADE: spec.grade},
                    languages=frozenset(spec.languages or hotline.file.languages),
                ),
            )
            for name, spec in hotline.queues.agents.items()
        ],
        policies={
            name: Policy(
                queue.assign,
                queue.reserve.seats if queue.reserve else 0,
                frozenset((queue.reserve.for_ or (name,)) if queue.reserve else ()) & {*hotline.queues.queues},
                queue.rings_before_out,
            )
            for name, queue in hotline.queues.queues.items()
        },
        now=now,
    )
