"""An agent in a talk sends the caller on, or brings an expert in (R74, R75): to whom, and whether that can be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from ivr.errors import HostError
from ivr.flow.hotline import Hotline


class NotHandedOn(HostError):
    """It cannot be, and nothing has changed: the message says why."""


class Unknown(NotHandedOn):
    """There is nobody of that name."""


@dataclass(frozen=True, slots=True)
class Whom:
    """A queue, and of it one agent or whoever is picked."""

    queue: str
    agent: str = ""


def whom(hotline: Hotline, to: str, queue: str, now: float) -> Whom:
    """Read `queue:NAME` or `agent:NAME`; `queue` is where the caller has come from. Raises NotHandedOn."""
    sort, _, name = to.partition(":")
    rules = hotline.queues
    if sort == "queue" and name in rules.queues:
        found = Whom(name)
    elif sort == "agent" and name in rules.agents:
        serves = rules.agents[name].queues
        found = Whom(queue if queue in serves else str(serves[0]), name)
    else:
        raise Unknown(_unknown(sort, name, rules.queues, rules.agents))
    if not found.agent and not is_open(hotline, found.queue, now):
        raise NotHandedOn(f"queue {found.queue!r} is closed at this hour")
    return found


def is_open(hotline: Hotline, queue: str, now: float) -> bool:
    """Whether the people of this queue are there at this hour."""
    hours = hotline.hours.get(queue) or hotline.hours.get("")
    return hours is None or hours.is_open(datetime.fromtimestamp(now, UTC))


def _unknown(sort: str, name: str, queues: Iterable[str], agents: Iterable[str]) -> str:
    if sort not in ("queue", "agent"):
        return f"{sort!r} is nobody; name queue:NAME or agent:NAME"
    known = list(queues if sort == "queue" else agents)
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(known)}"
    return f"there is no {sort} {name!r}; {hint}"
