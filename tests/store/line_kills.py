"""Workers and the server itself are killed while calls come and go; afterwards everybody is accounted for.

Time runs faster than the clock on the wall, so that a ring nobody ends runs out soon.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import msgspec
import redis

from ivr.call.tasks import TakePlace
from ivr.errors import StoreDown
from ivr.routing.skills import Ability
from ivr.store import line_keys
from ivr.store.agents import Declared, RedisAgents
from ivr.store.connect import connect
from ivr.store.embedded import Embedded
from ivr.store.line import RedisLine
from ivr.store.line_records import RECORDS
from ivr.store.offers import RedisOffers
from ivr.store.server_process import answering

HOTLINE, QUEUE = "kills", "care"

PLACE = next(record for record in RECORDS if record.name == "place")
PACKED_PLACE = b"\xdc" + (len(PLACE.usual) + 1).to_bytes(2, "big")
"""What makes one array of the values of a place."""
LONG_TALK_S = 15.0


@dataclass(frozen=True)
class Plan:
    calls: int
    agents: int = 40
    workers: int = 2
    kill_worker_every_s: float = 0.4
    kill_server_every_s: float = 4.0
    seed: int = 1
    patience_s: float = 150.0
    talks_between: int = 15
    """Nobody is killed before so many talks have ended since the last time: on a busy machine, too, there is an end."""
    most_waiting: int = 100_000
    """Nobody more comes while so many were in line at the last look. Where kills have no time between them, whoever
    kills may stand still, and there are calls left to kill at."""
    speed: float = 20.0
    """Seconds of the line in one on the wall. At 20 calls are remembered for three minutes after they end."""


@dataclass
class Account:
    """What became of everybody."""

    served: int = 0
    hung_up: int = 0
    """These may have been served before."""
    lost: int = 0
    """Calls that are neither; must be 0."""
    talks: int = 0
    """As the agents count them: one for each call that was served, and for each that hung up at most one."""
    stuck: int = 0
    """Agents who are not ready at the end; must be 0."""
    killed_workers: int = 0
    killed_servers: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Clock:
    """The line's time."""

    speed: float

    def __call__(self) -> float:
        return time.time() * self.speed


def hangs_up(call: str) -> bool:
    """Three callers of a hundred do not wait; which ones, their name decides."""
    return random.Random(call).random() < 0.03


def steadily(order, *arguments, **named):
    """Again and again while the server is away: nothing here may be lost by that."""
    while True:
        try:
            return order(*arguments, **named)
        except StoreDown:
            time.sleep(0.05)


def pid_of(directory: Path) -> int:
    """Of the server that answers there, once one does: it may stand still, or be about to come back."""
    while (pid := answering(directory)) is None:
        time.sleep(0.005)
    return pid


def run(server: Embedded, plan: Plan) -> Account:
    """Play it through."""
    url = server.url
    client, chance, account, now = connect(url, timeout_s=30), random.Random(plan.seed), Account(), Clock(plan.speed)
    line, agents, offers = RedisLine(client), RedisAgents(client), RedisOffers(client)
    ability = Ability(frozenset({QUEUE}))
    names = [f"agent{n}" for n in range(plan.agents)]
    steadily(agents.declare, HOTLINE, [Declared(name, f"phone of {name}", ability) for name in names], now=now())
    for name in names:
        steadily(agents.sign_in, HOTLINE, name, now=now())
    began = time.monotonic()
    workers = [_worker(url, n, now) for n in range(plan.workers)]
    next_worker, next_server = began + plan.kill_worker_every_s, began + plan.kill_server_every_s
    sent = waiting = talks_before = talks_then = 0
    while True:
        if sent < plan.calls and waiting < plan.most_waiting:
            call = f"call{sent}"
            for _ in range(2):  # each webhook comes twice
                steadily(line.take, HOTLINE, call, TakePlace(QUEUE, limit=100_000), now=now())
            if hangs_up(call):
                steadily(line.caller_gone, HOTLINE, call, now=now())
            sent += 1
        elif sent == plan.calls and _is_quiet(line, agents, offers, now):
            break
        at = time.monotonic()
        assert at - began < plan.patience_s, f"not through after {plan.patience_s:.0f} s"
        if at < min(next_worker, next_server) and waiting < plan.most_waiting:
            continue
        load = steadily(line.load, HOTLINE, QUEUE, now=now())
        talks, waiting = load.talks, load.waiting
        if sent == plan.calls and not waiting:
            continue  # nobody is in line any more: time to see what is left
        if at > next_worker and talks >= talks_before + plan.talks_between:
            victim = chance.randrange(plan.workers)
            workers[victim].kill()
            workers[victim].join()
            account.killed_workers += 1
            workers[victim] = _worker(url, chance.randrange(1_000_000), now)
            next_worker, talks_before = at + plan.kill_worker_every_s, talks
        if at > next_server and talks >= talks_then + plan.talks_between:
            os.kill(pid_of(server.directory), signal.SIGKILL)
            account.killed_servers += 1
            next_server, talks_then = at + plan.kill_server_every_s, talks
    for worker in workers:
        worker.kill()
        worker.join()
    _count(plan, client, account, now)
    account.seconds = time.monotonic() - began
    client.close()
    return account


def _worker(url: str, seed: int, now: Clock) -> ForkServerProcess:
    """A process of its own, made quickly: what it imports has been imported before."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=work, args=(url, seed, now), daemon=True)
    process.start()
    return process


def _is_quiet(line: RedisLine, agents: RedisAgents, offers: RedisOffers, now: Clock) -> bool:
    time.sleep(0.1)
    try:
        offers.expire(HOTLINE, now=now())
        everybody_ready = all(one.state == "ready" for one in agents.all(HOTLINE, now=now()))
        return everybody_ready and line.load(HOTLINE, QUEUE, now=now()).waiting == 0
    except StoreDown:
        return False


def _count(plan: Plan, client: redis.Redis, account: Account, now: Clock) -> None:
    """From what the store itself knows, not from what a worker believed before it died."""
    people = steadily(RedisAgents(client).all, HOTLINE, now=now())
    account.talks = sum(one.calls_taken for one in people)
    account.stuck = sum(one.state != "ready" for one in people)
    for n in range(plan.calls):
        packed = client.hget(line_keys.records(HOTLINE), f"pcall{n}")
        why = (
            dict(zip(PLACE.usual, msgspec.msgpack.decode(PACKED_PLACE + packed), strict=False))["why"] if packed else ""
        )
        account.served += why == "served"
        account.hung_up += why == "hangup"
    account.lost = plan.calls - account.served - account.hung_up


def work(url: str, seed: int, now: Clock) -> None:
    """One worker's life: rings, takes, finishes, and takes over what a dead one has left."""
    client, chance = connect(url, timeout_s=30), random.Random(seed)
    offers, agents = RedisOffers(client), RedisAgents(client)
    while True:
        try:
            offers.expire(HOTLINE, now=now())
            for offer in offers.cancels(HOTLINE, now=now()):
                offers.cancelled(offer.token, now=now())
            found = offers.next_offers(HOTLINE, now=now())
            if not found:
                _take_over(offers, agents, now)
                continue
            (offer,) = found
            offers.rung(offer.token, "leg", now=now(), ring_s=5)
            if chance.random() < 0.05:
                offers.miss(offer.token, "fault", now=now())
                continue
            taken = [offers.take(offer.token, now=now()) for _ in range(2)]
            if taken[0] is not None:
                offers.finish(offer.token, now=now())
        except (StoreDown, redis.exceptions.RedisError):
            time.sleep(0.02)


def _take_over(offers: RedisOffers, agents: RedisAgents, now: Clock) -> None:
    """The talk of a worker that was killed ends: the agent's leg is over, and some worker hears of it."""
    time.sleep(0.02)
    for agent in agents.all(HOTLINE, now=now()):
        if agent.state == "on_call" and now() - agent.since > LONG_TALK_S:
            offer = offers.offer_for(HOTLINE, agent.name, now=now())
            if offer is not None:
                offers.finish(offer.token, now=now())
