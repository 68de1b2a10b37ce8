"""Why a call on paper cannot be made: what is against what in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ivr.flow.expressions import Condition
from ivr.proof.doubt import HOUR, MOBILE, NUMBER, Fact
from ivr.proof.graph import Edge
from ivr.proof.turns import Outcome

TURN = "turn"
ONE_FOR_A_CALL = (HOUR, NUMBER, MOBILE)
Held = tuple[Fact, Any]
"""A fact, and what it is."""
Clash = frozenset[Held]
"""Facts that no call holds all of."""


@dataclass(frozen=True, slots=True)
class Unreal(Exception):
    """No such call can be made: facts that two of its turns take for different, or that data cannot make so."""

    facts: frozenset[Fact]
    clash: Clash
    """What cannot be so in one call."""


def settled_in(path: Sequence[Edge]) -> dict[Fact, Any]:
    """The hour, the number and its kind, which are one for the whole call. Raises Unreal."""
    found: dict[Fact, Any] = {}
    for edge in path:
        for fact in ONE_FOR_A_CALL:
            if (
                fact in edge.outcome.given
                and found.setdefault(fact, edge.outcome.given[fact]) != edge.outcome.given[fact]
            ):
                both = {(fact, found[fact]), (fact, edge.outcome.given[fact])}
                raise Unreal(frozenset({fact}), frozenset(both))
    return found


def doubted(path: Sequence[Edge]) -> frozenset[Fact]:
    """Facts that would have to hold for the whole call."""
    conditions = {condition for edge in path for condition, _ in edge.outcome.conditions}
    return frozenset({*ONE_FOR_A_CALL, *map(when, conditions)})


def when(condition: Condition) -> Fact:
    return ("when", condition.source)


def facts_of(outcome: Outcome) -> Iterator[Held]:
    """What a turn takes for so, as far as another turn can be against it; and that it is this turn."""
    for condition, held in outcome.conditions:
        yield when(condition), held
    for fact in ONE_FOR_A_CALL:
        if fact in outcome.given:
            yield fact, outcome.given[fact]
    yield (TURN, id(outcome)), True


def last_turns(path: Sequence[Edge]) -> Clash:
    """That one follows the other, where nobody can tell what makes the last one go otherwise."""
    return frozenset(((TURN, id(edge.outcome)), True) for edge in path[-2:])
