"""Skills that are asked for are there: in a queue, for a wish, in agents who come first."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.call.tasks import GRADE
from ivr.flow.caller_rules import Needed
from ivr.flow.check.agents import FILE, agents_of, all_read, has
from ivr.flow.check.plan import listed
from ivr.flow.hotline import Hotline
from ivr.flow.queues import AgentSpec
from ivr.flow.skills import Skills, levels
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where, close
from ivr.flow.yaml import Trail

FOR_EVER = "Callers would wait for ever"


def skills(hotline: Hotline, source: Source) -> Iterator[Fault]:
    yield from _grade(hotline, source)
    if not all_read(hotline, source):
        return
    everybody, queues = list(hotline.queues.agents.values()), hotline.queues
    for name, queue in queues.queues.items():
        if serving := agents_of(hotline, name):
            who = f"nobody who serves the queue {name!r}"
            yield from _lacking(source, ("queues", name, "skills"), queue.skills, serving, who)
    for n, needed in enumerate(queues.needs):
        yield from _needed(hotline, source, n, needed)
    for n, rule in enumerate(queues.preferred):
        yield from _lacking(source, ("preferred", n, "skills"), rule.skills, everybody, "nobody")
        if rule.grade is not None and everybody and all(agent.grade < rule.grade for agent in everybody):
            best = max(agent.grade for agent in everybody)
            sentence = f"no agent has grade {rule.grade} or above; the highest is {best}"
            hint = "The rule would prefer nobody"
            yield Fault(source.where(FILE, ("preferred", n, "grade")), sentence, hint, "warning")


def _needed(hotline: Hotline, source: Source, n: int, needed: Needed) -> Iterator[Fault]:
    """A wish can be served in the queue it is about; one about every queue in each of them."""
    trail: Trail = ("needs", n, "skills")
    if needed.queue is not None:
        serving, who = agents_of(hotline, needed.queue), f"nobody who serves the queue {needed.queue!r}"
        yield from _lacking(source, trail, needed.skills, serving, who) if serving else ()
        return
    lacking = list(_lacking(source, trail, needed.skills, list(hotline.queues.agents.values()), "nobody"))
    yield from lacking
    without = [
        name
        for name in hotline.queues.queues
        if (serving := agents_of(hotline, name)) and not any(has(one, levels(needed.skills)) for one in serving)
    ]
    if without and not lacking:
        skilled, where = listed(map(repr, levels(needed.skills))), listed(map(repr, without))
        sentence = f"who needs {skilled} waits for ever in {where}"
        hint = "Nobody there can do that; name the one queue that is meant by `queue:`"
        yield Fault(source.where(FILE, trail), sentence, hint, "warning")


def _lacking(source: Source, trail: Trail, wanted: Skills, agents: list[AgentSpec], who: str) -> Iterator[Fault]:
    """What none of these agents can do, skill by skill; and if they can, not one of them alone."""
    needed = levels(wanted)
    best: dict[str, int] = {}
    for agent in agents:
        for skill, level in levels(agent.skills).items():
            best[skill] = max(level, best.get(skill, 0))
    lacking = [skill for skill, level in needed.items() if best.get(skill, 0) < level]
    for skill in lacking:
        where = _place(source, trail, wanted, skill)
        if skill not in best:
            yield Fault(where, f"{who} has the skill {skill!r}", close(skill, best) or FOR_EVER)
        else:
            sentence = f"{who} has the skill {skill!r} at level {needed[skill]}; the highest is {best[skill]}"
            yield Fault(where, sentence, FOR_EVER)
    if needed and not lacking and not any(has(agent, needed) for agent in agents):
        yield Fault(source.where(FILE, trail), f"{who} has {listed(map(repr, needed))} together", FOR_EVER)


def _place(source: Source, trail: Trail, wanted: Skills, skill: str) -> Where:
    if isinstance(wanted, tuple):
        return source.where(FILE, (*trail, wanted.index(skill)))
    return source.where_key(FILE, (*trail, skill))


def _grade(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """It is written as `grade:`, not among the skills."""
    queues = hotline.queues
    written: list[tuple[Trail, Skills]] = [
        *((("queues", name, "skills"), queue.skills) for name, queue in queues.queues.items()),
        *((("agents", name, "skills"), agent.skills) for name, agent in queues.agents.items()),
        *((("needs", n, "skills"), rule.skills) for n, rule in enumerate(queues.needs)),
        *((("preferred", n, "skills"), rule.skills) for n, rule in enumerate(queues.preferred)),
    ]
    for trail, wanted in written:
        if GRADE in wanted:
            where = _place(source, trail, wanted, GRADE)
            yield Fault(where, f"{GRADE!r} is no skill, but how experienced an agent is", f"Write it as `{GRADE}:`")
