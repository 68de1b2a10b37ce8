"""Places in line, kept in Redis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import redis

from ivr.call.codec import to_json
from ivr.call.events import AgentTook, Event, NoPlace, PeopleSeen, Placed, QueueSeen
from ivr.call.tasks import AskPlace, LeaveLine, SeePeople, TakePlace
from ivr.routing.assign import Needs
from ivr.routing.forecast import wait_ahead_s
from ivr.routing.order import bounded
from ivr.store.line_keys import name_text, needs_text, text_name
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


class RedisLine:
    """Answers `ports.Line`. Every method is one script: atomic, and doing it twice is doing it once."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def take(self, hotline: str, call: str, task: TakePlace, *, now: float) -> Event:
        """Placed or NoPlace; AgentTook when an agent has the caller already.

        A call has one place: taking again keeps its time, in another queue too, and after it was given up. A full
        queue refuses, and the place held elsewhere stays.
        """
        needs = Needs(task.queue, frozenset(task.skills), task.language)
        state, *rest = self._run(
            "line_take",
            hotline,
            now,
            call,
            name_text(task.queue),
            needs_text(needs),
            int(task.urgent),
            bounded(task.head_start_s),
            task.limit,
            int(task.ready),
            to_json(task.context),
        )
        if state == b"full":
            return NoPlace(task.queue, "full")
        if state == b"over":
            return NoPlace(task.queue, "closed")
        return _with_agent(*rest) if state == b"with_agent" else _placed(task.queue, *rest)

    def ask(self, hotline: str, call: str, task: AskPlace, *, now: float) -> Event:
        """Placed, in the queue the caller is in now; AgentTook when an agent has the caller, so that the news of it
        cannot be lost with the worker that was to bring it; NoPlace when there is no place."""
        found = self._run("line_ask", hotline, now, call)
        if found is None:
            return NoPlace(task.queue, "down")
        state, *rest = found
        if state == b"with_agent":
            return _with_agent(*rest)
        *place, queue = rest
        return _placed(text_name(queue.decode()), *place)

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
            QueueSeen(waiting, idle, busy, off, wait_ahead_s(waiting, idle, busy))
            for waiting, idle, busy, off in zip(*[iter(flat)] * 4, strict=True)
        )
        return PeopleSeen(dict(zip(task.queues, seen, strict=True)))

    def load(self, hotline: str, queue: str, *, now: float) -> Load:
        """Costs a look per group of equal free agents, however many callers there are."""
        waiting, free = self._run("line_load", hotline, now, name_text(queue))
        return Load(waiting, free)

    def look(self, hotline: str, queue: str, *, now: float, most: int = 100) -> tuple[InLine, ...]:
        """The first `most` callers of a queue, in order."""
        flat = self._run("line_look", hotline, now, name_text(queue), most)
        return tuple(
            InLine(call.decode(), state.decode(), float(since), times, urgent == b"0")
            for call, state, since, times, urgent in zip(*[iter(flat)] * 5, strict=True)
        )

    def _leave(self, hotline: str, call: str, queue: str, why: str, at: float, now: float) -> Left | None:
        found = self._run("line_leave", hotline, now, call, name_text(queue), why, at)
        if found is None:
            return None
        waited_s, *offer = found
        return Left(float(waited_s), read_offer(hotline, offer[0]) if offer else None)

    def _run(self, name: str, hotline: str, now: float, *arguments: Any) -> Any:
        return run(self._client, name, hotline, now, *arguments)


def _placed(queue: str, position: int, size: int, since: bytes) -> Placed:
    return Placed(queue, position, size, float(since))


def _with_agent(agent: bytes, token: bytes) -> AgentTook:
    return AgentTook(agent.decode(), room_of(token.decode()))
