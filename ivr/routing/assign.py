"""Who takes whom: the choice the store's scripts make true, as pure functions over a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ivr.routing.order import OrderKey, score
from ivr.routing.skills import Ability, Needs

Assign = Literal["longest_idle", "even_load", "ability"]
"""Of the able agents: who has been free for longest, who has had the fewest calls, who is the most able.
Between equals always who has been free for longest."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How a queue gives its callers to agents."""

    assign: Assign = "longest_idle"
    seats: int = 0
    """Free agents kept for callers with a right to them: others get one only while more are free."""
    open_to: frozenset[str] = frozenset()
    """Queues all of whose callers have that right."""
    rings_before_out: int = 3
    """Calls in a row an agent may miss before he is taken out."""


@dataclass(frozen=True, slots=True)
class Group:
    """Agents who may be rung for a caller."""

    needs: Needs
    why: str = "queue"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A caller who waits; `key` is routing.order's."""

    call: str
    groups: tuple[Group, ...]
    """Who may be rung by now, in the order in which they were added."""
    key: OrderKey
    arrival: int = 0
    """Decides between equals."""
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class FreeAgent:
    """An agent who may be rung now."""

    name: str
    ability: Ability
    idle_since: tuple[float, int]
    """When the rest began, and a number that decides between equals."""
    load: int = 0
    """Calls had since signing in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is rung for whom, and who came second."""

    call: str
    agent: str
    group: Group
    next_call: str = ""
    """The next caller in order whom this very agent could have."""
    next_agent: str = ""
    """The next agent in order who could have this very caller."""


@dataclass(frozen=True, slots=True)
class Free:
    """The agents who are free, with the policies of the queues."""

    agents: Sequence[FreeAgent]
    policies: Mapping[str, Policy] = field(default_factory=dict)

    def could_have(self, agent: FreeAgent, needs: Needs) -> bool:
        """Able, not the wrong person, and not in a seat kept for others."""
        return (
            agent.ability.serves(needs)
            and agent.name not in needs.never
            and needs.agent in ("", agent.name)
            and all(self._has_seat(queue, needs) for queue in agent.ability.queues)
        )

    def in_order(self, needs: Needs) -> list[FreeAgent]:
        """Everybody who could have such a caller, the best first."""
        assign = self.policies.get(needs.queue, Policy()).assign
        able = [agent for agent in self.agents if self.could_have(agent, needs)]
        match assign:
            case "longest_idle":
                return sorted(able, key=lambda agent: agent.idle_since)
            case "even_load":
                return sorted(able, key=lambda agent: (agent.load, agent.idle_since))
            case "ability":
                return sorted(able, key=lambda agent: (-agent.ability.fit(needs), agent.idle_since))

    def _has_seat(self, queue: str, needs: Needs) -> bool:
        kept = self.policies.get(queue, Policy()).seats
        if not kept or queue in needs.seats:
            return True
        return sum(queue in agent.ability.queues for agent in self.agents) > kept


def choose(waiting: Iterable[Waiting], free: Free, now: float) -> Choice | None:
    """The first caller in order for whom an able agent is free, and that agent.

    A caller whom nobody free can serve holds up nobody behind.
    """
    chosen: Choice | None = None
    agent: FreeAgent | None = None
    for one, group in _in_order(waiting, now):
        if chosen is None or agent is None:
            if able := free.in_order(group.needs):
                agent = able[0]
                chosen = Choice(one.call, agent.name, group, next_agent=able[1].name if able[1:] else "")
        elif one.call != chosen.call and free.could_have(agent, group.needs):
            return Choice(chosen.call, chosen.agent, chosen.group, one.call, chosen.next_agent)
    return chosen


def _in_order(waiting: Iterable[Waiting], now: float) -> list[tuple[Waiting, Group]]:
    """Every caller with every group that may be rung: urgent ones, then by score, then as they came."""
    flat = [(one, n, group) for one in waiting for n, group in enumerate(one.groups)]
    flat.sort(key=lambda item: (item[0].key[0], -score(item[0].key, item[0].rate, now), item[0].arrival, item[1]))
    return [(one, group) for one, _, group in flat]
