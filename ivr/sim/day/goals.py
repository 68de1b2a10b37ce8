"""What a day is worth: its goals and what its rules led to, by the very code that reads the records of a server."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.call.codec import to_json
from ivr.sim.day.result import Result
from ivr.store.records.counts import RulesTold
from ivr.store.records.database import create_engine_for, create_tables
from ivr.store.records.goals import GoalsTold
from ivr.store.records.reached import goals_told
from ivr.store.records.rules import rules_told
from ivr.store.records.sink import write
from ivr.store.records.verdicts import Window
from ivr.store.streams import Read


@dataclass(frozen=True, slots=True)
class DayGoals:
    """Of one day; what callers do on the days after it is not known."""

    reached: GoalsTold
    rules: RulesTold


def goals_of(result: Result) -> DayGoals:
    """Out of the day's records, in a database that is forgotten at once."""
    entries = [(call.call, entry) for call in result.calls.values() for entry in call.entries]
    told = [
        Read(f"{n}-0", {b"call": call.encode(), b"entry": to_json(entry)})
        for n, (call, entry) in enumerate(entries, start=1)
    ]
    first, last = (edge((entry.at for _, entry in entries), default=0.0) for edge in (min, max))
    window = Window(result.hotline, first - 1.0, last, last, result.quiet_days)
    engine = create_engine_for("sqlite://")
    try:
        create_tables(engine)
        write(engine, result.hotline, told)
        return DayGoals(goals_told(engine, window, result.worth), rules_told(engine, window, by="rule"))
    finally:
        engine.dispose()
