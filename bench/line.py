"""What a line costs: `python bench/line.py [WAITING]`. Takes about a minute and touches a temporary directory only.

Server time is the server's own, per script, as its slow log tells it (medians); the two sizes take turns in one
minute. A whole cycle is what one call costs the line: a place, an offer, the answer, the end of the talk; its CPU is
the server's and this process's together, with the append-only file on. Then the same where several agents are free, as
in a busy hotline: the switchboard reserves for all of them with one look. Below stands, from the same minute, what four
scripts cost that do nothing: to send, to wake the server, to wake this process. How many times that a cycle costs tells
more than its number, for a busy or a sleepy machine makes both dear.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis

from ivr.call.tasks import TakePlace
from ivr.routing.skills import Ability
from ivr.store import embedded
from ivr.store.agents import Declared, RedisAgents
from ivr.store.connect import connect
from ivr.store.line import RedisLine
from ivr.store.line_scripts import SCRIPTS, keys_for, line_library
from ivr.store.offers import RedisOffers
from ivr.store.scripts import Script
from ivr.wiring.alone import LocalRinger

AGENTS = 1000
FEW = 100
ROUNDS = 4
EACH = 250
"""Calls measured per round."""
AT_ONCE = LocalRinger.at_once
"""Agents free at one look, in the second measurement of whole calls."""
QUEUES = tuple(f"queue{n}" for n in range(5))
NEEDS = tuple(itertools.product(QUEUES, ("en", "zh"), ((), ("billing",), ("billing", "fibre"))))
START = 1.767e9


@dataclass
class Hall:
    """A hotline with many callers in line and all agents busy but one, or a few."""

    client: redis.Redis
    hotline: str
    waiting: int
    needs: tuple[tuple[str, str, tuple[str, ...]], ...] = NEEDS
    idle: int = 1
    number: int = 0
    now: float = START

    def __post_init__(self) -> None:
        self.line, self.offers = RedisLine(self.client), RedisOffers(self.client)
        self.agents = RedisAgents(self.client)
        skills = {skill: 1 for _, _, skills in self.needs for skill in skills}
        able = Ability(frozenset(queue for queue, _, _ in self.needs), skills)
        people = [Declared(f"agent {n}", f"+1{n}", able) for n in range(AGENTS)]
        self.agents.declare(self.hotline, people, now=self.now)
        for person in people:
            self.agents.sign_in(self.hotline, person.name, now=self.now)
        for _ in range(AGENTS - self.idle):
            self.comes()
            self.answered()
        for _ in range(self.waiting):
            self.comes()

    def comes(self) -> None:
        queue, language, skills = self.needs[self.number % len(self.needs)]
        task = TakePlace(queue, skills=dict.fromkeys(skills, 1), language=language, head_start_s=self.number * 7 % 300)
        self.line.take(self.hotline, f"CA{self.number:032}", task, now=self.now)
        self.number += 1
        self.now += 0.01

    def answered(self) -> str:
        """The first caller is rung for and answered; the token of the talk."""
        (offer,) = self.offers.next_offers(self.hotline, now=self.now)
        assert self.offers.take(offer.token, now=self.now) is not None
        return offer.token

    def cycle(self) -> None:
        self.comes()
        self.offers.finish(self.answered(), now=self.now)

    def several(self) -> None:
        """So many whole calls as agents are free at one look of the switchboard."""
        for _ in range(AT_ONCE):
            self.comes()
        for offer in self.offers.next_offers(self.hotline, now=self.now, most=AT_ONCE):
            self.offers.take(offer.token, now=self.now)
            self.offers.finish(offer.token, now=self.now)


@contextmanager
def server_times(client: redis.Redis, into: dict[str, list[int]]) -> Iterator[None]:
    """Collects the server's µs per script."""
    names = {line_library().name_of(script): script for script in SCRIPTS}
    client.config_set("slowlog-max-len", 100_000)
    client.config_set("slowlog-log-slower-than", 0)
    client.slowlog_reset()
    yield
    client.config_set("slowlog-log-slower-than", -1)
    for entry in client.slowlog_get(100_000):
        command = entry["command"].split()
        if command[0].lower() == b"fcall" and (name := names.get(command[1].decode())):
            into.setdefault(name, []).append(entry["duration"])


def four_idle_scripts(client: redis.Redis) -> Callable[[], None]:
    """As many round trips as a cycle has, with the keys and a few arguments of the line's scripts."""
    idle, keys = Script("idle", "return 1"), keys_for("idle")

    def four() -> None:
        for _ in range(4):
            idle(client, keys, (START, "idle"))

    return four


def server_cpu(client: redis.Redis) -> float:
    info = client.info("cpu")
    return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])


def per_second(client: redis.Redis, cycle: Callable[[], None], times: int) -> float:
    """Cycles per second of CPU, server's and ours together."""
    ours, servers = time.process_time(), server_cpu(client)
    for _ in range(times):
        cycle()
    return times / (time.process_time() - ours + server_cpu(client) - servers)


def main(many: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        server = embedded.start(Path(directory))
        client = connect(server.url, timeout_s=10)
        try:
            report(client, many)
        finally:
            client.close()
            server.stop()


def report(client: redis.Redis, many: int) -> None:
    halls = {size: Hall(client, f"of{size}", size) for size in (FEW, many)}
    crowd = Hall(client, "crowd", FEW, idle=AT_ONCE)
    times: dict[int, dict[str, list[int]]] = {size: {} for size in halls}
    cycles: dict[int, list[float]] = {size: [] for size in halls}
    idle = four_idle_scripts(client)
    floor, together = [], []
    for _ in range(ROUNDS):
        for size, hall in halls.items():
            with server_times(client, times[size]):
                for _ in range(EACH):
                    hall.cycle()
            cycles[size].append(per_second(client, hall.cycle, EACH))
            floor.append(per_second(client, idle, EACH))
        together.append(AT_ONCE * per_second(client, crowd.several, EACH // AT_ONCE))

    print(f"{AGENTS} agents, {len(NEEDS)} kinds of needs; server µs, median")
    print(f"{'':14}{FEW:>9} waiting{many:>10} waiting    ratio")
    for name in ("line_take", "offer_next", "offer_take", "offer_finish"):
        few, lots = (statistics.median(times[size][name]) for size in (FEW, many))
        print(f"{name:14}{few:17.0f}{lots:18.0f}{lots / few:9.2f}")
    few_rate, many_rate = (statistics.median(cycles[size]) for size in (FEW, many))
    print(f"{'cycles/CPU-s':14}{few_rate:17.0f}{many_rate:18.0f}{many_rate / few_rate:9.2f}")
    bare = statistics.median(floor)
    times_idle = f"a cycle costs {bare / few_rate:.1f} and {bare / many_rate:.1f} times four idle scripts"
    print(f"{'idle/CPU-s':14}{bare:17.0f}   {times_idle}")
    print(f"with {AT_ONCE} agents free at a look: {statistics.median(together):.0f} cycles/CPU-s")
    print(f"load {os.getloadavg()[0]:.1f}")

    wide = tuple((f"queue{n}", "en", (f"skill{m}",)) for n in range(25) for m in range(10))
    hall, found = Hall(client, "wide", 1000, wide), dict[str, list[int]]()
    with server_times(client, found):
        for _ in range(EACH):
            hall.cycle()
    told = ", ".join(f"{name} {statistics.median(found[name]):.0f}" for name in ("offer_next", "offer_finish"))
    print(f"an agent who serves {len(wide)} kinds of needs, all waiting: {told} µs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
