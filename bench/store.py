"""What the store costs: `python bench/store.py`. Takes about 20 seconds and touches a temporary directory only.

A turn is a claim and a commit with two entries; it is set against a plain GET and SET of the same state by the same
client in the same minute, in rounds that take turns. CPU is this process's own; the server's stands beside it.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import redis

from ivr.call.entries import Entry
from ivr.call.turns import Saved
from ivr.store import embedded, keys
from ivr.store.calls import RedisCalls
from ivr.store.connect import connect
from ivr.store.records.database import create_engine_for
from ivr.store.records.writer import RecordsWriter

ROUNDS = 5
TURNS = 1500
EVENTS = 20_000
ANSWER = b'<Response><Gather action="/twilio/turn/2"><Say>How can I help you?</Say></Gather></Response>'
ENTRIES = (
    Entry("heard", 1e9, {"step": "main.need", "how": "speech", "text": "my balance please", "confidence": 0.93}),
    Entry("said", 1e9, {"step": "main.read_balance", "words": "your_balance", "text": "Your balance is 12 dollars."}),
)


@dataclass(frozen=True)
class Cost:
    wall_us: float
    cpu_us: float
    server_us: float
    commands: float


def measure(client: redis.Redis, do: Callable[[int], None]) -> Cost:
    before, commands = client.info(), sent(client)
    wall, cpu = time.perf_counter(), time.process_time()
    for number in range(TURNS):
        do(number)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    after = client.info()
    commands = (sent(client) - commands) / TURNS

    def grown(name: str) -> float:
        return float(after[name] - before[name]) / TURNS

    server_us = (grown("used_cpu_user") + grown("used_cpu_sys")) * 1e6
    return Cost(wall / TURNS * 1e6, cpu / TURNS * 1e6, server_us, commands)


def sent(client: redis.Redis) -> int:
    """Commands that cost a round trip: what scripts call inside the server does not."""
    stats = client.info("commandstats")
    return sum(stats[f"cmdstat_{name}"]["calls"] for name in ("get", "set", "evalsha") if f"cmdstat_{name}" in stats)


def turns(client: redis.Redis, state: bytes) -> None:
    calls = RedisCalls(client)

    def turn(number: int) -> None:
        opened = calls.open("bench", f"CA{number % 50}", None, now=1e9 + number * 100)
        assert calls.commit(opened, Saved(number, state, ANSWER, ENTRIES), now=1e9 + number * 100)

    def plain(_: int) -> None:
        client.get("plain")
        client.set("plain", state)

    for number in range(100):
        turn(number)
        plain(number)
    rounds = [(measure(client, plain), measure(client, turn)) for _ in range(ROUNDS)]
    client.flushdb()
    print(f"\nstate of {len(state):,} bytes       wall µs   CPU µs   server CPU µs   commands")
    for name, costs in zip(("GET and SET", "claim and commit"), zip(*rounds, strict=True), strict=True):
        values = [statistics.median(getattr(cost, field) for cost in costs) for field in Cost.__annotations__]
        print("{:24}{:12.0f}{:9.0f}{:16.0f}{:11.1f}".format(name, *values))
    for field in ("wall_us", "cpu_us"):
        ratio = statistics.median(getattr(turn, field) / getattr(plain, field) for plain, turn in rounds)
        print(f"ratio of {field}: {ratio:.2f}")


def launcher(directory: Path) -> None:
    cold, warm = [], []
    for number in range(ROUNDS):
        began = time.perf_counter()
        running = embedded.start(directory / f"start{number}")
        started = time.perf_counter()
        sharing = embedded.start(directory / f"start{number}")
        shared = time.perf_counter()
        cold.append((started - began) * 1000)
        warm.append((shared - started) * 1000)
        sharing.stop()
        running.stop()
    print(f"embedded server: started in {statistics.median(cold):.0f} ms, shared in {statistics.median(warm):.1f} ms")


def consumer(client: redis.Redis, directory: Path) -> None:
    calls = RedisCalls(client)
    for number in range(EVENTS // 20):
        opened = calls.open("bench", f"CA{number}", None, now=1e9)
        assert calls.commit(opened, Saved(1, b"state", ANSWER, ENTRIES * 10), now=1e9)
    engine = create_engine_for(os.environ.get("DATABASE_URL") or f"sqlite:///{directory / 'records.db'}")
    writer = RecordsWriter(client, engine, ["bench"])
    writer.step(0.0)
    wall, cpu, written = time.perf_counter(), time.process_time(), 0
    while step := writer.step(time.time()):
        written += step
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert client.xlen(keys.events("bench")) < EVENTS
    name = engine.dialect.name
    print(f"\nrecords into {name}: {written / wall:,.0f} events/s, {cpu / written * 1e6:.0f} CPU µs an event")
    engine.dispose()


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        launcher(directory)
        running = embedded.start(directory / "data")
        client = connect(running.url, timeout_s=5)
        for size in (1_000, 10_000):
            turns(client, os.urandom(size))
        consumer(client, directory)
        client.close()
        running.stop()


if __name__ == "__main__":
    main()
