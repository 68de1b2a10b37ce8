"""Two versions of a hotline on the same day: the same callers call for the same things at the same seconds, so each is
compared with himself (R97, R108)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.sim.day.facts import CallFacts
from ivr.sim.day.figures import LineFigures
from ivr.sim.day.goals import goals_of
from ivr.sim.day.result import Result
from ivr.store.records.goals import Reached

SURE = 1.96
"""Of a normal distribution: 19 in 20 lie within so many standard errors."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of both days."""

    name: str
    one: float
    other: float
    kind: str
    """share, seconds, count or amount."""

    @property
    def difference(self) -> float:
        return self.other - self.one


@dataclass(frozen=True, slots=True)
class Pairs:
    """Callers of both days, each compared with himself."""

    name: str
    callers: int
    both: int
    """Where it was so on both days."""
    only_one: int
    only_other: int

    @property
    def chance(self) -> float:
        """How likely a difference like this is if the two versions are alike: McNemar's exact test."""
        changed = self.only_one + self.only_other
        few = min(self.only_one, self.only_other)
        if not changed:
            return 1.0
        tail: int = sum(math.comb(changed, n) for n in range(few + 1))
        return min(1.0, float(2 * tail / 2**changed))


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds in line of callers who came into it on both days: other minus one."""

    callers: int
    mean_s: float
    sure_s: float
    """The true difference lies within so much of it, 19 times in 20."""


@dataclass(frozen=True, slots=True)
class Comparison:
    rows: Sequence[Row]
    pairs: Sequence[Pairs]
    waits: Waits
    rules: Sequence[tuple[str, int, int]]
    """Rule → how often it fitted, on either day; those alike are left out."""


def compare(one: Result, other: Result) -> Comparison:
    first, second = _callers(one), _callers(other)
    both = [name for name in first if name in second]
    pairs = [
        _pairs(name, first, second, both)
        for name in ("reached a person", "answered by the machine", "hung up in line", "promised a callback")
    ]
    fitted = {rule.rule: rule.fitted for rule in one.rules}
    fitted_other = {rule.rule: rule.fitted for rule in other.rules}
    rules = [
        (rule, fitted.get(rule, 0), fitted_other.get(rule, 0))
        for rule in sorted({*fitted, *fitted_other})
        if fitted.get(rule, 0) != fitted_other.get(rule, 0)
    ]
    return Comparison(_rows(one, other), pairs, _waits(first, second, both), rules)


def _callers(result: Result) -> Mapping[str, CallFacts]:
    """By the caller; who called again is known by his first call."""
    return {name: call for name, call in sorted(result.calls.items()) if name.count("-") == 1}


def _was_so(name: str, call: CallFacts) -> bool:
    match name:
        case "reached a person":
            return call.reached_person
        case "answered by the machine":
            return call.outcome == "answered"
        case "hung up in line":
            return any(stay.end == "abandoned" for stay in call.stays)
        case _:
            return any(stay.end == "callback" for stay in call.stays)


def _pairs(name: str, first: Mapping[str, CallFacts], second: Mapping[str, CallFacts], both: Sequence[str]) -> Pairs:
    was = [(_was_so(name, first[one]), _was_so(name, second[one])) for one in both]
    return Pairs(name, len(both), was.count((True, True)), was.count((True, False)), was.count((False, True)))


def _waits(first: Mapping[str, CallFacts], second: Mapping[str, CallFacts], both: Sequence[str]) -> Waits:
    found = [second[one].waited_s - first[one].waited_s for one in both if first[one].stays and second[one].stays]
    if len(found) < 2:
        return Waits(len(found), sum(found), 0.0)
    mean = sum(found) / len(found)
    spread = math.sqrt(sum((one - mean) ** 2 for one in found) / (len(found) - 1))
    return Waits(len(found), round(mean, 2), round(SURE * spread / math.sqrt(len(found)), 2))


def _rows(one: Result, other: Result) -> Sequence[Row]:
    found = [
        Row("calls", len(one.calls), len(other.calls), "count"),
        Row("answered by the machine", one.by_machine, other.by_machine, "share"),
        Row("reached a person", one.to_person, other.to_person, "share"),
        Row("offers of a person", one.offers, other.offers, "count"),
        Row("said yes to them", one.consents, other.consents, "count"),
        Row("callbacks promised", len(one.promised), len(other.promised), "count"),
        Row("callbacks kept", one.kept, other.kept, "count"),
        Row("agents' occupancy", one.occupancy, other.occupancy, "share"),
        *_line_rows("", one.line, other.line),
        *_goal_rows(goals_of(one).reached.now, goals_of(other).reached.now),
    ]
    for queue in sorted({*one.queues, *other.queues}):
        found += _line_rows(f"{queue}: ", one.queue(queue), other.queue(queue))
    return found


GOALS = ("kept", "satisfied", "needless", "solved")


def _goal_rows(one: Reached, other: Reached) -> Sequence[Row]:
    """Of shares, those that both days have."""
    shares = [(name, getattr(one, name), getattr(other, name)) for name in GOALS]
    found = [Row(f"goal: {name}", was.rate, now.rate, "share") for name, was, now in shares if was and now]
    if one.seconds_to_answer is not None and other.seconds_to_answer is not None:
        found.append(Row("goal: to the answer", one.seconds_to_answer, other.seconds_to_answer, "seconds"))
    found.append(Row("goal: saved, minutes", one.saved.minutes, other.saved.minutes, "amount"))
    if one.saved.amount is not None and other.saved.amount is not None:
        found.append(Row("goal: saved, money", one.saved.amount, other.saved.amount, "amount"))
    if one.value is not None and other.value is not None:
        found.append(Row("goal: value won", one.value, other.value, "amount"))
    return found


def _line_rows(name: str, one: LineFigures, other: LineFigures) -> Sequence[Row]:
    return [
        Row(f"{name}came into the line", one.offered, other.offered, "count"),
        Row(f"{name}service level", one.service_level, other.service_level, "share"),
        Row(f"{name}hung up in line", one.abandoned_share, other.abandoned_share, "share"),
        Row(f"{name}mean wait", one.wait_mean_s, other.wait_mean_s, "seconds"),
        Row(f"{name}95th wait", one.wait_95_s, other.wait_95_s, "seconds"),
    ]
