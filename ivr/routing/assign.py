"""Who takes whom: the choice the store's scripts make true, as pure functions over a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ivr.routing.order import OrderKey


@dataclass(frozen=True, slots=True)
class Needs:
    """What a caller requires of an agent. Callers with equal needs wait in one file, of which only the head counts."""

    queue: str
    skills: frozenset[str] = frozenset()
    language: str = ""
    """Empty: any."""


@dataclass(frozen=True, slots=True)
class Ability:
    """What an agent can serve."""

    queues: frozenset[str]
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    """Empty: all of the hotline's."""

    def serves(self, needs: Needs) -> bool:
        return (
            needs.queue in self.queues
            and needs.skills <= self.skills
            and (not needs.language or not self.languages or needs.language in self.languages)
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A caller who waits; `key` is routing.order's."""

    call: str
    needs: Needs
    key: OrderKey


@dataclass(frozen=True, slots=True)
class FreeAgent:
    """An agent who may be rung now."""

    name: str
    ability: Ability
    idle_since: float


def longest_idle(needs: Needs, free: Iterable[FreeAgent]) -> FreeAgent | None:
    """The able agent who has rested the longest; of two alike the one named first."""
    return min((one for one in free if one.ability.serves(needs)), key=lambda one: one.idle_since, default=None)


def next_pair(waiting: Iterable[Waiting], free: Sequence[FreeAgent]) -> tuple[Waiting, FreeAgent] | None:
    """The first caller in order for whom an able agent is free, and that agent.

    A caller whom nobody free can serve holds up nobody behind. Both sequences in the order in which they came:
    it decides between equals.
    """
    for one in sorted(waiting, key=lambda one: one.key):
        if agent := longest_idle(one.needs, free):
            return one, agent
    return None
