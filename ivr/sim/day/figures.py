"""Counting: what calls came to, for all of them, a queue, an hour, a rule, an agent."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ivr.sim.day.facts import Applied, CallFacts, Stay

HOUR_S = 3600.0
MOVES = ("direct", "ask", "first", "told")
"""What a rule does that is not held back."""
PUT = ("ask", "told")
"""What a caller may take up or not."""
Times = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class LineFigures:
    """Of stays in line."""

    offered: int
    """Callers who came into the line."""
    answered: int
    abandoned: int
    """Hung up while waiting."""
    callbacks: int
    """Left the line to be called back."""
    left: int
    """Left it for a message, or served while waiting."""
    within: int
    """Answered within the seconds that count for the service level."""
    wait_mean_s: float
    """Of those who were answered, as the next two."""
    wait_95_s: float
    wait_longest_s: float

    @property
    def service_level(self) -> float:
        """Of those answered or abandoned, how many were answered soon enough; 1 where nobody came."""
        return share(self.within, self.answered + self.abandoned, 1.0)

    @property
    def abandoned_share(self) -> float:
        return share(self.abandoned, self.answered + self.abandoned)


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """Of one rule: how often it fitted, and what came of it (R97)."""

    rule: str
    fitted: int
    held: dict[str, int]
    """It fitted, and nobody was asked, told or moved: why → how often."""
    asked: int
    """Or told, as hints are."""
    yes: int
    """Or did what the hint told of, in the same call."""
    reached: int
    """A person, in the next stay in line."""
    gave_up: int
    """In that stay."""
    rating: float | None
    """The mean of those who rated, after it applied."""


@dataclass(frozen=True, slots=True)
class AgentFigures:
    agent: str
    talks: int
    missed: int
    there_s: float
    busy_s: float
    """Rung, talking or writing up."""

    @property
    def occupancy(self) -> float:
        return share(self.busy_s, self.there_s)


def share(part: float, whole: float, of_none: float = 0.0) -> float:
    return part / whole if whole else of_none


def percentile(values: Iterable[float], percent: float) -> float:
    """The least value that so many per cent of them do not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else 0.0


def of_line(stays: Sequence[Stay], within_s: float) -> LineFigures:
    waits = [stay.waited_s for stay in stays if stay.end == "answered"]
    ends = [stay.end for stay in stays]
    return LineFigures(
        offered=len(stays),
        answered=len(waits),
        abandoned=ends.count("abandoned"),
        callbacks=ends.count("callback"),
        left=ends.count("left"),
        within=sum(wait <= within_s for wait in waits),
        wait_mean_s=round(share(sum(waits), len(waits)), 3),
        wait_95_s=round(percentile(waits, 95), 3),
        wait_longest_s=round(max(waits, default=0.0), 3),
    )


def of_rules(calls: Iterable[CallFacts]) -> list[RuleFigures]:
    """By rule; those of queues.yaml as `head_start.ID`, `class.ID` and, where agents were rung by one, `rung.ID`."""
    found: dict[str, list[tuple[CallFacts, Applied]]] = {}
    for call in calls:
        for one in call.applied:
            found.setdefault(one.rule, []).append((call, one))
        for stay in call.stays:
            for rule in stay.rules:
                found.setdefault(rule, []).append((call, Applied(rule, stay.at, "direct", then=stay.end)))
    return [_of_rule(rule, found[rule]) for rule in sorted(found)]


def _of_rule(rule: str, found: Sequence[tuple[CallFacts, Applied]]) -> RuleFigures:
    ratings = [call.rating for call, _ in found if call.rating is not None]
    applied = [one for _, one in found]
    moved = [one for one in applied if one.result in MOVES]
    return RuleFigures(
        rule=rule,
        fitted=len(applied),
        held=dict(sorted(Counter(one.result for one in applied if one.result not in MOVES).items())),
        asked=sum(one.result in PUT for one in applied),
        yes=sum(one.said == "yes" and one.result in PUT for one in applied),
        reached=sum(one.then == "answered" for one in moved),
        gave_up=sum(one.then == "abandoned" for one in moved),
        rating=round(sum(ratings) / len(ratings), 2) if ratings else None,
    )


def overlap_s(times: Times, begins: float, ends: float) -> float:
    """How much of these spans lies between the two."""
    return sum(max(0.0, min(last, ends) - max(first, begins)) for first, last in times)
