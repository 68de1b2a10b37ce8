"""What goals and rules cost over many calls: `python bench/goals.py [CALLS]`. 100,000 calls take about a minute, most
of it to write them, into a temporary directory. `postgresql+psycopg://…` as a second argument takes that database
instead, and empties its tables.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ivr.store.records.database import create_engine_for, create_tables
from ivr.store.records.goals import Worth
from ivr.store.records.reached import goals_told
from ivr.store.records.rules import rules_told
from ivr.store.records.schema import calls, events, metadata
from ivr.store.records.verdicts import DAY_S, Window

NOW = 1_795_446_000.0
DAYS = 28
AT_ONCE = 5000
OTHERS = 16
"""Entries of a call that tell of no rule: said, heard, understood …"""
WORTH = Worth("USD", 0.8, 0.02, ("balance", "bill", "plans", "fault"), 30.0, {"plans": 40.0})


def rows(many: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    draw, stream = random.Random(7), 0
    for n in range(many):
        at = NOW - DAYS * DAY_S * (1 - n / many)
        call = f"call-{n}"
        intent = draw.choice(["balance", "bill", "plans", "fault", "complaint"])
        met = draw.random() < 0.4
        told: list[tuple[str, dict[str, Any]]] = [("said", {"text": "How can I help you?" * 3})] * OTHERS
        if draw.random() < 0.3:
            told.append(("decided", {"point": "intent", "rule": intent, "result": "ask", "inputs": {"tier": "gold"}}))
            told.append(("consent", {"point": "intent", "rule": intent, "offer": "may_i", "answer": "yes"}))
        if met:
            request = {"point": "request", "rule": "no_rule", "line_rule": "everybody", "queue": "general"}
            told.append(("decided", {**request, "inputs": {"tier": "gold", "kind": "person", "known": True}}))
        entries = []
        for kind, data in told:
            stream += 1
            entries.append(
                {
                    "hotline": "telecom",
                    "stream_id": f"{stream}-0",
                    "call": call,
                    "at": at + 1,
                    "kind": kind,
                    "data": data,
                }
            )
        plans = intent == "plans"
        yield (
            {
                "hotline": "telecom",
                "call": call,
                "version": f"v{n * 4 // many}",
                "channel": "twilio",
                "caller": f"+1202555{draw.randrange(many // 3):04}",
                "started_at": at,
                "ended_at": at + 120,
                "outcome": "connected" if met else "answered",
                "intent": intent,
                "seconds": 120.0,
                "seconds_to_answer": None if met else draw.uniform(10, 60),
                "queue": "general" if met else None,
                "agent": "amy" if met else None,
                "talked_s": draw.uniform(10, 300) if met else None,
                "opportunities": ["plans"] if plans else None,
                "converted": ["plans"] if plans and draw.random() < 0.1 else None,
                "rating_human": draw.choice([None, 5, 2]) if met else None,
            },
            entries,
        )


def fill(engine: sa.Engine, many: int) -> float:
    began, some, told = time.perf_counter(), [], []
    for n, (call, entries) in enumerate(rows(many), start=1):
        some.append(call)
        told += entries
        if n % AT_ONCE == 0 or n == many:
            with engine.begin() as connection:
                connection.execute(sa.insert(calls), some)
                connection.execute(sa.insert(events), told)
            some, told = [], []
    with engine.begin() as connection:
        connection.execute(sa.text("ANALYZE"))
    return time.perf_counter() - began


def timed(do: Callable[[], object], engine: sa.Engine) -> str:
    took = []
    for _ in range(5):
        began, cpu, theirs = time.perf_counter(), time.process_time(), server_cpu_s(engine)
        do()
        took.append((time.process_time() - cpu, server_cpu_s(engine) - theirs, time.perf_counter() - began))
    here_ms, there_ms, wall_ms = (statistics.median(one) * 1e3 for one in zip(*took, strict=True))
    server = f"{there_ms:.0f} in the server, " if engine.dialect.name == "postgresql" else ""
    return f"{here_ms:6.0f} ms of CPU in this process, {server}{wall_ms:.0f} ms by the clock"


def server_cpu_s(engine: sa.Engine) -> float:
    """What PostgreSQL's process for the one connection we use has had; it must run on this machine."""
    if engine.dialect.name != "postgresql":
        return 0.0
    with engine.connect() as connection:
        pid = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
    ticks = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def main(many: int, url: str) -> None:
    engine = create_engine_for(url)
    metadata.drop_all(engine)
    create_tables(engine)
    print(f"{many} calls in {DAYS} days, {OTHERS + 1} entries each and more, written in {fill(engine, many):.0f} s")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP INDEX events_of_call"))
    began = time.perf_counter()
    create_tables(engine)
    print(f"the index events_of_call made anew: {time.perf_counter() - began:.1f} s")
    for days in (7, DAYS):
        window = Window("telecom", NOW - days * DAY_S, NOW, NOW)
        print(f"{days:2} days: goals {timed(lambda at=window: goals_told(engine, at, WORTH), engine)}")  # type: ignore[misc]
        print(f"{days:2} days: rules {timed(lambda at=window: rules_told(engine, at), engine)}")  # type: ignore[misc]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
        main(most, sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{directory}/records.db")
