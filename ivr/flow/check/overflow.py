"""Queues help each other out without going in a circle, keep seats for classes that there are, and open some day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from ivr.flow.check.circles import a_round, circles
from ivr.flow.hotline import Hotline
from ivr.flow.queues import Overflow, Queue
from ivr.flow.source import Source
from ivr.flow.where import Fault, close

FILE = "queues.yaml"
ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Hours repeat by the year, but for single days that are closed."""


def overflow(hotline: Hotline, source: Source) -> Iterator[Fault]:
    queues = hotline.queues.queues
    graph = {name: list(dict.fromkeys(str(step.to) for step in queue.overflow)) for name, queue in queues.items()}
    for part in circles(graph):
        path = a_round(graph, part)
        where = source.where(FILE, ("queues", path[0], "overflow"))
        said = " → ".join([*path, path[0]])
        yield Fault(where, f"these queues overflow in a circle: {said}", "Take one of the steps out")
    for name, queue in queues.items():
        yield from _again(source, name, queue)
        yield from _reserve(hotline, source, name, queue)
    yield from _hours(hotline, source)


def _again(source: Source, name: str, queue: Queue) -> Iterator[Fault]:
    """Of two steps to one queue the one that holds first counts; where another always does, a step says nothing."""
    for n, step in enumerate(queue.overflow):
        others = (one for m, one in enumerate(queue.overflow) if m < n or (m > n and one != step))
        if any(_holds_sooner(one, step) for one in others):
            where = source.where(FILE, ("queues", name, "overflow", n, "to"))
            sentence = f"{step.to!r} helps out by another step whenever it would by this one"
            yield Fault(where, sentence, "Keep one of them", "warning")


def _holds_sooner(one: Overflow, other: Overflow) -> bool:
    """Where a queue is closed is decided before the line."""
    alike = one.to == other.to and one.only_if in (None, other.only_if)
    return alike and one.after_s <= other.after_s and other.only_if != "closed"


def _reserve(hotline: Hotline, source: Source, name: str, queue: Queue) -> Iterator[Fault]:
    if queue.reserve is None:
        return
    classes, queues = {one.id for one in hotline.queues.classes}, {*hotline.queues.queues}
    for n, wanted in enumerate(queue.reserve.for_):
        where = source.where(FILE, ("queues", name, "reserve", "for", n))
        if wanted not in classes | queues:
            hint = close(wanted, classes | queues) or "Write it under `classes:`"
            yield Fault(where, f"no class and no queue called {wanted!r}", hint)
        elif wanted in classes & queues:
            yield Fault(where, f"{wanted!r} is a class and a queue", "Give the class another name")
    serving = sum(name in agent.queues for agent in hotline.queues.agents.values())
    if serving and serving < queue.reserve.seats:
        where = source.where(FILE, ("queues", name, "reserve", "seats"))
        sentence = f"{queue.reserve.seats} seats are kept in the queue {name!r}, which {serving} agents serve"
        yield Fault(where, sentence, "None of them would ever be rung for anybody else", "warning")


def _hours(hotline: Hotline, source: Source) -> Iterator[Fault]:
    for name, hours in hotline.hours.items():
        if hours.opens_next(ANY_DAY) is None:
            path, trail = (FILE, ("queues", name, "hours")) if name else ("hotline.yaml", ("hours",))
            whose = f"the queue {name!r}" if name else "the hotline"
            hint = 'Write when it does: `open: {mon-fri: "08:00-18:00"}`'
            yield Fault(source.where(path, trail), f"by these hours {whose} never opens", hint)
