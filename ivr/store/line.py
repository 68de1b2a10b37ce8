"""Places in line, kept in Redis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import redis

from ivr.call.events import AgentTook, Event, NoPlace, PeopleSeen, Placed, QueueSeen
from ivr.call.tasks import AskPlace, LeaveLine, SeePeople, TakePlace
from ivr.routing.forecast import Team, known_pace_s, wait_ahead_s, wait_for
from ivr.routing.order import bounded, bounded_rate
from ivr.store.line_keys import name_text, text_name
from ivr.store.line_plan import caller_arguments, place_arguments
from ivr.store.line_scripts import run
from ivr.store.offer import Offer, read_offer, room_of


@dataclass(frozen=True, slots=True)
class Left:
    """What leaving the line did."""

    waited_s: float
    """From the first place to the agent, or to leaving."""
    offer: Offer | None = None
    """The agent's leg that is to be ended; it also stands in `RedisOffers.cancels`."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much a queue has to do."""

    waiting: int
    """Callers in line, those included for whom an agent's phone rings."""
    free: int
    """Agents of this queue who may be rung now, whatever their skills."""
    present: int = 0
    """Agents of this queue at work: free, rung, talking or in wrap-up."""
    talks: int = 0
    """Talks so far."""
    pace_s: float = 0.0
    """Seconds an agent is busy with one call of this queue, wrap-up included; an average that forgets."""

    @property
    def busy(self) -> int:
        return max(0, self.present - self.free)


@dataclass(frozen=True, slots=True)
class InLine:
    """One caller in a queue, as somebody who watches it sees him."""

    call: str
    state: str
    """waiting, or reserved while an agent's phone rings for him."""
    since: float
    offered: int
    """How many agents were rung so far."""
    urgent: bool
    number: str = ""
    """Set for a callback: nobody is on the line."""


@dataclass(frozen=True, slots=True)
class Priority:
    """What a caller counts for in line."""

    urgent: bool = False
    head_start_s: float = 0.0
    head_starts: Mapping[str, float] = field(default_factory=dict)
    """What it is made of: name → seconds."""
    rate: float = 1.0


class RedisLine:
    """Answers `ports.Line`. Every method is one script: atomic, and doing it twice is doing it once."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def take(self, hotline: str, call: str, task: TakePlace, *, now: float) -> Event:
        """Placed or NoPlace; AgentTook when an agent has the caller already.

        A call has one place: taking again keeps its time, in another queue too, and after it was given up. A full
        queue refuses, and the place held elsewhere stays.
        """
        state, *rest = self._run("line_take", hotline, now, call, *place_arguments(task), *caller_arguments(task))
        if state == b"full":
            return NoPlace(task.queue, "full")
        if state == b"over":
            return NoPlace(task.queue, "closed")
        if state == b"with_agent":
            return _with_agent(*rest)
        return _placed(*rest)

    def ask(self, hotline: str, call: str, task: AskPlace, *, now: float) -> Event:
        """Placed, in the queue the caller is in now; AgentTook when an agent has the caller, so that the news of it
        cannot be lost with the worker that was to bring it; NoPlace when there is no place."""
        found = self._run("line_ask", hotline, now, call, int(task.foretell))
        if found is None:
            return NoPlace(task.queue, "down")
        state, *rest = found
        if state == b"with_agent":
            return _with_agent(*rest)
        return _placed(*rest)

    def leave(self, hotline: str, call: str, task: LeaveLine, *, now: float) -> float:
        """Seconds waited, the same when told twice; 0 for a call without a place.

        Nothing happens when the call has moved on to another queue, or has taken a place again since `task.at`;
        `hangup` always ends it. An agent whose phone rings for the caller is free.
        """
        left = self._leave(hotline, call, task.queue, task.why, task.at, now)
        return left.waited_s if left else 0.0

    def caller_gone(self, hotline: str, call: str, *, now: float) -> Left | None:
        """The caller has hung up, wherever he stood; None when he never was in line."""
        return self._leave(hotline, call, "", "hangup", 0.0, now)

    def people(self, hotline: str, task: SeePeople, *, now: float) -> PeopleSeen:
        """How these queues are doing. One script; costs a look at every agent."""
        flat = self._run("line_people", hotline, now, *map(name_text, task.queues))
        seen = (
            QueueSeen(
                waiting, idle, busy, off, wait_ahead_s(waiting, idle, busy, known_pace_s(talks, float(pace_s))), kept
            )
            for waiting, idle, busy, off, talks, pace_s, kept in zip(*[iter(flat)] * 7, strict=True)
        )
        return PeopleSeen(dict(zip(task.queues, seen, strict=True)))

    def load(self, hotline: str, queue: str, *, now: float) -> Load:
        """Costs a look per group of equal agents, however many callers there are."""
        return _load(*self._run("line_load", hotline, now, name_text(queue)))

    def change(self, hotline: str, call: str, priority: Priority, *, now: float) -> int | None:
        """Another priority for a caller in line, who keeps the time waited; the new position, None for nobody in
        line."""
        position = self._run(
            "line_change",
            hotline,
            now,
            call,
            int(priority.urgent),
            bounded(priority.head_start_s),
            bounded_rate(priority.rate),
            msgspec.msgpack.encode(priority.head_starts),
        )
        return None if position is None else int(position)

    def look(self, hotline: str, queue: str, *, now: float, most: int = 100) -> tuple[InLine, ...]:
        """The first `most` callers of a queue, in order."""
        flat = self._run("line_look", hotline, now, name_text(queue), most)
        return tuple(
            InLine(call.decode(), state.decode(), float(since), times, urgent == b"0", number.decode())
            for call, state, since, times, urgent, number in zip(*[iter(flat)] * 6, strict=True)
        )

    def _leave(self, hotline: str, call: str, queue: str, why: str, at: float, now: float) -> Left | None:
        found = self._run("line_leave", hotline, now, call, name_text(queue), why, at)
        if found is None:
            return None
        waited_s, *offer = found
        return Left(float(waited_s), read_offer(offer[0]) if offer else None)

    def _run(self, name: str, hotline: str, now: float, *arguments: Any) -> Any:
        return run(self._client, name, hotline, now, *arguments)


def _placed(position: int, size: int, since: bytes, queue: bytes, *team: Any) -> Placed:
    """With the wait, where `team` was asked for and lets it be told."""
    load = _load(size, *team) if team else None
    wait = wait_for(position, Team(load.free, load.busy, load.pace_s, load.talks)) if load else None
    told = (wait.least_s, wait.most_s) if wait else None
    return Placed(text_name(queue.decode()), position, size, float(since), told)


def _load(waiting: int, free: int, present: int, talks: int, pace_s: bytes) -> Load:
    return Load(waiting, free, present, talks, float(pace_s))


def _with_agent(agent: bytes, token: bytes) -> AgentTook:
    return AgentTook(agent.decode(), room_of(token.decode()))
