"""Every queue is served by somebody who can be rung and speaks the language; agents that are named are there."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.settings import not_a_number
from ivr.flow.expressions import Value
from ivr.flow.hotline import Hotline
from ivr.flow.queues import AgentSpec
from ivr.flow.skills import levels
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where, close, nearest

FILE = "queues.yaml"


def agents(hotline: Hotline, source: Source) -> Iterator[Fault]:
    for name, agent in hotline.queues.agents.items():
        yield from not_a_number(agent.phone, source.where(FILE, ("agents", name, "phone")), client=True)
    if not all_read(hotline, source):
        return
    yield from _two_on_one_phone(hotline, source)
    yield from _unknown(hotline, source)
    for name, queue in hotline.queues.queues.items():
        serving = agents_of(hotline, name)
        if not serving:
            where = source.where_key(FILE, ("queues", name))
            yield Fault(where, f"nobody serves the queue {name!r}", "Name it under `queues:` of an agent", "warning")
            continue
        able = [agent for agent in serving if has(agent, levels(queue.skills))]
        yield from _languages(hotline, source, name, able)


def all_read(hotline: Hotline, source: Source) -> bool:
    """False while some agents could not be read: what they can is not known."""
    return set(hotline.queues.agents) == set(source.names(FILE, "agents"))


def agents_of(hotline: Hotline, queue: str) -> list[AgentSpec]:
    """Who serves it. A queue that is misspelt counts as the one that is meant: it has a fault of its own."""
    known = hotline.queues.queues
    return [
        agent
        for agent in hotline.queues.agents.values()
        if queue in {nearest(one, known) or one for one in agent.queues}
    ]


def has(agent: AgentSpec, needed: dict[str, int]) -> bool:
    had = levels(agent.skills)
    return all(had.get(skill, 0) >= level for skill, level in needed.items())


def _languages(hotline: Hotline, source: Source, name: str, able: list[AgentSpec]) -> Iterator[Fault]:
    spoken = {language for agent in able for language in agent.languages or hotline.file.languages}
    for language in hotline.file.languages if able else ():
        if language not in spoken:
            where = source.where_key(FILE, ("queues", name))
            sentence = f"nobody who serves the queue {name!r} speaks {language!r}"
            yield Fault(where, sentence, "Callers in that language would wait for ever", "warning")


def _two_on_one_phone(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """One telephone is rung for one caller at a time."""
    first: dict[str, str] = {}
    for name, agent in hotline.queues.agents.items():
        if (other := first.setdefault(agent.phone, name)) != name:
            where = source.where(FILE, ("agents", name, "phone"))
            sentence = f"{other!r} has this phone already, and both would be rung on it at once"
            yield Fault(where, sentence, "Give each agent a phone of their own", "warning")


def _unknown(hotline: Hotline, source: Source) -> Iterator[Fault]:
    named: list[tuple[Value, Where]] = []
    for n, rule in enumerate(hotline.queues.never):
        named.extend((agent, source.where(FILE, ("never", n, "agents", m))) for m, agent in enumerate(rule.agents))
    for n, one in enumerate(hotline.queues.preferred):
        if one.agent is not None:
            named.append((one.agent, source.where(FILE, ("preferred", n, "agent"))))
    for written, where in named:
        agent = written.source
        if isinstance(agent, str) and "{" not in agent and agent not in hotline.queues.agents:
            yield Fault(where, f"no agent called {agent!r}", close(agent, hotline.queues.agents))
