"""What a day came to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ivr.call.codec import to_json
from ivr.sim.day.facts import CallFacts
from ivr.sim.day.figures import (
    HOUR_S,
    AgentFigures,
    LineFigures,
    RuleFigures,
    Times,
    of_line,
    of_rules,
    overlap_s,
    share,
)
from ivr.sim.day.invariants import Broken
from ivr.sim.day.written import Day
from ivr.store.records.goals import Worth


@dataclass(frozen=True, slots=True)
class Desk:
    """An agent's day, as it was."""

    agent: str
    talks: int
    missed: int
    there: Times
    """Seconds since midnight, as in `busy`."""
    busy: Times


@dataclass(frozen=True, slots=True)
class Promised:
    """A callback that somebody was promised."""

    call: str
    queue: str
    end: str
    """served, not_reached, declined, rang_in; waiting for the next day; listed for people who ring by hand."""
    kept: bool
    """Caller and agent talked before the day was over."""
    waited_s: float
    """From the promise until then."""


@dataclass(frozen=True, slots=True)
class HourFigures:
    """One hour of the day."""

    hour: int
    calls: int
    by_machine: int
    """Calls of that hour that had their answer without a person."""
    to_person: int
    line: LineFigures
    agents: float
    """There, on average."""
    occupancy: float


@dataclass(frozen=True, slots=True)
class Result:
    """Of one day; every figure of it comes from the records of the calls and the hours of the agents."""

    day: Day
    hotline: str
    version: str
    calls: Mapping[str, CallFacts]
    desks: Sequence[Desk]
    promised: Sequence[Promised]
    broken: Sequence[Broken]
    transcripts: Mapping[str, str]
    """Call → what was said and done in it, for the eye."""
    turns: int
    worth: Worth
    """What the hotline's files say of it."""
    quiet_days: int

    # --- all calls ---------------------------------------------------------------------------------------

    @property
    def outcomes(self) -> Mapping[str, int]:
        return dict(sorted(Counter(call.outcome or "none" for call in self.calls.values()).items()))

    @property
    def by_machine(self) -> float:
        """Share of calls that had their answer without a person."""
        return share(sum(call.outcome == "answered" for call in self.calls.values()), len(self.calls))

    @property
    def to_person(self) -> float:
        """Share of calls that reached one."""
        return share(sum(call.reached_person for call in self.calls.values()), len(self.calls))

    @property
    def line(self) -> LineFigures:
        """All queues together."""
        return of_line([stay for call in self.calls.values() for stay in call.stays], self.within_s)

    @property
    def within_s(self) -> float:
        level = self.day.expect.service_level
        return level.within_s if level else self.day.within_s

    @property
    def occupancy(self) -> float:
        return share(sum(one.busy_s for one in self.agents), sum(one.there_s for one in self.agents))

    @property
    def kept(self) -> int:
        return sum(one.kept for one in self.promised)

    @property
    def offers(self) -> int:
        return sum(call.offers for call in self.calls.values())

    @property
    def consents(self) -> int:
        return sum(call.consents for call in self.calls.values())

    # --- parts ---------------------------------------------------------------------------------------------

    def queue(self, name: str) -> LineFigures:
        level = self.day.expect.queues[name].service_level if name in self.day.expect.queues else None
        stays = [stay for call in self.calls.values() for stay in call.stays if stay.queue == name]
        return of_line(stays, level.within_s if level else self.within_s)

    @property
    def queues(self) -> Mapping[str, LineFigures]:
        names = sorted({stay.queue for call in self.calls.values() for stay in call.stays})
        return {name: self.queue(name) for name in names}

    @property
    def hours(self) -> Sequence[HourFigures]:
        """Calls and stays by the hour in which they began."""
        last = max([call.at for call in self.calls.values()], default=0.0)
        first = min([call.at for call in self.calls.values()], default=0.0)
        return [self._hour(hour) for hour in range(int(first // HOUR_S), int(last // HOUR_S) + 1)]

    @property
    def rules(self) -> Sequence[RuleFigures]:
        return of_rules(self.calls.values())

    @property
    def agents(self) -> Sequence[AgentFigures]:
        return [
            AgentFigures(one.agent, one.talks, one.missed, _length_s(one.there), round(_length_s(one.busy), 3))
            for one in self.desks
        ]

    @property
    def fingerprint(self) -> str:
        """Of every entry of every call, and of every second of every agent: the same for the same seed."""
        told = hashlib.sha256()
        for call in self.calls.values():
            told.update(to_json([call.call, call.entries]))
        told.update(to_json([[one.agent, one.there, one.busy] for one in self.desks]))
        return told.hexdigest()

    def _hour(self, hour: int) -> HourFigures:
        begins, ends = hour * HOUR_S, (hour + 1) * HOUR_S
        calls = [call for call in self.calls.values() if begins <= call.at < ends]
        stays = [stay for call in self.calls.values() for stay in call.stays if begins <= stay.at < ends]
        there_s = sum(overlap_s(one.there, begins, ends) for one in self.desks)
        busy_s = sum(overlap_s(one.busy, begins, ends) for one in self.desks)
        return HourFigures(
            hour=hour,
            calls=len(calls),
            by_machine=sum(call.outcome == "answered" for call in calls),
            to_person=sum(call.reached_person for call in calls),
            line=of_line(stays, self.within_s),
            agents=round(there_s / HOUR_S, 2),
            occupancy=share(busy_s, there_s),
        )

    def plain(self) -> dict[str, Any]:
        """For programs; shares are 0-1, seconds are seconds."""
        return {
            "hotline": self.hotline,
            "version": self.version,
            "seed": self.day.seed,
            "date": self.day.date,
            "calls": len(self.calls),
            "outcomes": self.outcomes,
            "by_machine": round(self.by_machine, 4),
            "to_person": round(self.to_person, 4),
            "offers": self.offers,
            "consents": self.consents,
            "callbacks": {"promised": len(self.promised), "kept": self.kept},
            "occupancy": round(self.occupancy, 4),
            "line": plain_line(self.line),
            "queues": {name: plain_line(one) for name, one in self.queues.items()},
            "hours": [_plain_hour(one) for one in self.hours],
            "rules": [asdict(one) for one in self.rules],
            "agents": [{**asdict(one), "occupancy": round(one.occupancy, 4)} for one in self.agents],
            "broken": [asdict(one) for one in self.broken],
            "fingerprint": self.fingerprint,
        }


def plain_line(line: LineFigures) -> dict[str, Any]:
    return {
        **asdict(line),
        "service_level": round(line.service_level, 4),
        "abandoned_share": round(line.abandoned_share, 4),
    }


def _plain_hour(hour: HourFigures) -> dict[str, Any]:
    return {**asdict(hour), "line": plain_line(hour.line), "occupancy": round(hour.occupancy, 4)}


def _length_s(times: Times) -> float:
    return sum(last - first for first, last in times)
