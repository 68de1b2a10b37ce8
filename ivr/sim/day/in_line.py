"""Who may be rung for a place in line, and when: what workers find by looking again and again, a day looks for then."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.call.tasks import TakePlace, Target
from ivr.flow.hotline import Hotline


def moments_s(place: TakePlace) -> list[float]:
    """Seconds from joining the line, the first of them 0: now more agents may be rung. Preferred ones are tried one
    after another, but for those who are not there, so any of their spans may add up."""
    found = {0.0}
    for target in place.preferred:
        found |= {at + target.for_s for at in found}
    return sorted(found | {target.after_s for target in place.overflow})


def agents_for(place: TakePlace, hotline: Hotline) -> set[str]:
    """All who may ever be rung for it, and perhaps some more."""
    return {name for target in _targets(place) for name in _agents_of(target, hotline)}


def _targets(place: TakePlace) -> tuple[Target, ...]:
    return (Target(place.queue), *place.preferred, *place.overflow)


def _agents_of(target: Target, hotline: Hotline) -> Iterator[str]:
    if target.agent:
        yield target.agent
    else:
        yield from (name for name, spec in hotline.queues.agents.items() if target.queue in spec.queues)
