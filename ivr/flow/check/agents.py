"""Every queue is served by somebody who can be rung, has the skills and speaks the language."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.plan import listed
from ivr.flow.check.settings import not_a_number
from ivr.flow.hotline import Hotline
from ivr.flow.queues import AgentSpec, Queue
from ivr.flow.source import Source
from ivr.flow.where import Fault, close, nearest

FILE = "queues.yaml"


def agents(hotline: Hotline, source: Source) -> Iterator[Fault]:
    for name, agent in hotline.queues.agents.items():
        yield from not_a_number(agent.phone, source.where(FILE, ("agents", name, "phone")), client=True)
    if set(hotline.queues.agents) != set(source.names(FILE, "agents")):
        return  # some could not be read
    for name, queue in hotline.queues.queues.items():
        serving = [agent for agent in hotline.queues.agents.values() if name in _served(hotline, agent)]
        if not serving:
            where = source.where_key(FILE, ("queues", name))
            yield Fault(where, f"nobody serves the queue {name!r}", "Name it under `queues:` of an agent", "warning")
            continue
        able = [agent for agent in serving if set(queue.skills) <= set(agent.skills)]
        yield from _skills(source, name, queue, serving, able)
        yield from _languages(hotline, source, name, able)


def _served(hotline: Hotline, agent: AgentSpec) -> set[str]:
    """A queue that is misspelt counts as the one that is meant: it has a fault of its own."""
    return {nearest(queue, hotline.queues.queues) or queue for queue in agent.queues}


def _skills(
    source: Source, name: str, queue: Queue, serving: list[AgentSpec], able: list[AgentSpec]
) -> Iterator[Fault]:
    had = {skill for agent in serving for skill in agent.skills}
    lacking = [n for n, skill in enumerate(queue.skills) if skill not in had]
    for n in lacking:
        where = source.where(FILE, ("queues", name, "skills", n))
        hint = close(queue.skills[n], had) or "Callers would wait for ever"
        yield Fault(where, f"nobody who serves the queue {name!r} has the skill {queue.skills[n]!r}", hint)
    if not lacking and not able:
        where = source.where(FILE, ("queues", name, "skills"))
        sentence = f"nobody who serves the queue {name!r} has {listed(map(repr, queue.skills))} together"
        yield Fault(where, sentence, "Callers would wait for ever")


def _languages(hotline: Hotline, source: Source, name: str, able: list[AgentSpec]) -> Iterator[Fault]:
    spoken = {language for agent in able for language in agent.languages or hotline.file.languages}
    for language in hotline.file.languages if able else ():
        if language not in spoken:
            where = source.where_key(FILE, ("queues", name))
            sentence = f"nobody who serves the queue {name!r} speaks {language!r}"
            yield Fault(where, sentence, "Callers in that language would wait for ever", "warning")
