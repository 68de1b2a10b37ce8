"""What a caller prefers: learned from what his calls have shown, and changing as time passes (R33). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ivr.call.habits import Habit, Wish

ASPECTS = ("language", "input", "pace", "way", "hour", "offers")
DAY_S = 86_400.0
LEAST = 0.25
"""What a preference must weigh: one call, two half-lives ago. What is older is no preference any more."""
LEAST_OF = {"offers": 1.5}
"""One no to an offer says little of the next one: two of late are a preference."""

Prefers = dict[str, Any]
"""Aspect → value, for each of ASPECTS; None where nothing is known."""


def weight(age_s: float, half_life_days: float) -> float:
    """What a call of that age counts: 1 when it is new, half of it after each half-life.

    An exponential decay, for three reasons: it has one number, which a designer can say in days; what counts more of
    two calls stays so for ever, so a preference changes only by what the caller does, or fades; and it is the same in
    whatever order and however often the calls are looked at, so nothing but the calls themselves is kept.
    """
    return float(0.5 ** (max(age_s, 0.0) / (half_life_days * DAY_S)))


def learned(habits: Sequence[Habit], now: float, half_life_days: float) -> Prefers:
    """Of each aspect the value that weighs most, where it weighs enough; of two that weigh the same the later one."""
    return {aspect: _strongest(aspect, habits, now, half_life_days) for aspect in ASPECTS}


def _strongest(aspect: str, habits: Sequence[Habit], now: float, half_life_days: float) -> Any:
    weights: dict[Any, float] = {}
    for habit in sorted(habits, key=lambda one: one.at):
        value = getattr(habit, aspect)
        if value is not None:
            # Taken out and put back: the value that was shown last stands last.
            weights[value] = weights.pop(value, 0.0) + weight(now - habit.at, half_life_days)
    best = max(reversed(weights), key=lambda value: weights[value], default=None)
    return best if best is not None and weights[best] >= LEAST_OF.get(aspect, LEAST) else None


def merged(learned: Mapping[str, Any], business: Mapping[str, Any], said: Mapping[str, Wish]) -> Prefers:
    """What business data know wins over what was learned; what the caller said here himself wins over both."""
    found: Prefers = dict.fromkeys(ASPECTS)
    for source in (learned, business, {name: wish.value for name, wish in said.items()}):
        found.update({name: value for name, value in source.items() if name in ASPECTS and value is not None})
    return found
