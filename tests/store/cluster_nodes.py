"""A real Redis Cluster on loopback: three masters, and a replica for one of them."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import redis
from free_port import free_port

from ivr.store.binary import find_server

SLOTS = 16384
NODE_TIMEOUT_MS = 5000
"""No node is thought dead because the machine stood still for a moment."""
PATIENCE_S = 90.0


def until(holds: Callable[[], bool], what: str) -> None:
    """Look until it is so."""
    deadline = time.monotonic() + PATIENCE_S
    while not _quietly(holds):
        assert time.monotonic() < deadline, f"{what} within {PATIENCE_S:.0f} s"
        time.sleep(0.05)


def _quietly(holds: Callable[[], bool]) -> bool:
    try:
        return holds()
    except redis.exceptions.RedisError:
        return False


def is_ours(client: redis.Redis, process: subprocess.Popen[bytes]) -> bool:
    """It answers, and is no stranger who took the port first."""
    assert process.poll() is None, "the server ended as soon as it had begun"
    return int(client.info("server")["process_id"]) == process.pid


class Mortal:
    """A server process and a client of it."""

    process: subprocess.Popen[bytes]
    client: redis.Redis

    def kill(self) -> None:
        """As a machine dies: at once."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.kill()


@dataclass
class Node(Mortal):
    """One server process."""

    home: Path
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.home.mkdir()
        command = [
            *(str(find_server()), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.home)),
            *("--cluster-enabled", "yes", "--cluster-node-timeout", str(NODE_TIMEOUT_MS)),
            *("--cluster-replica-validity-factor", "0", "--appendonly", "yes", "--save", "", "--loglevel", "warning"),
            *("--logfile", str(self.home / "redis.log")),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = redis.Redis("127.0.0.1", self.port, socket_timeout=PATIENCE_S, protocol=2)
        until(lambda: is_ours(self.client, self.process), f"a node on port {self.port} answers")

    def ask(self, *words: str | int) -> bytes:
        answer = self.client.execute_command(*words)
        return answer if isinstance(answer, bytes) else str(answer).encode()

    @property
    def name(self) -> str:
        return self.ask("CLUSTER", "MYID").decode()


class Cluster:
    """Made once for a module; `master_of` says who holds a slot."""

    def __init__(self, home: Path) -> None:
        self.masters = [Node(home / f"master{n}") for n in range(3)]
        self.replicas = [Node(home / f"replica{n}") for n in range(3)]
        first, *others = (*self.masters, *self.replicas)
        for other in others:
            other.ask("CLUSTER", "MEET", "127.0.0.1", first.port)
        third = SLOTS // 3 + 1
        for n, master in enumerate(self.masters):
            slots = range(n * third, min((n + 1) * third, SLOTS))
            master.ask("CLUSTER", "ADDSLOTS", *slots)
        until(lambda: all(self._known(node) == 6 for node in (first, *others)), "all nodes know each other")
        for master, replica in zip(self.masters, self.replicas, strict=True):
            until(lambda r=replica, m=master: bool(r.ask("CLUSTER", "REPLICATE", m.name)), "a replica follows")
        until(lambda: all(b"cluster_state:ok" in node.ask("CLUSTER", "INFO") for node in self.masters), "it is whole")
        until(lambda: all(b"master_link_status:up" in self._info(node) for node in self.replicas), "replicas are alike")

    @property
    def url(self) -> str:
        return "cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.masters)

    def shard_of(self, slot: int) -> tuple[Node, Node]:
        """The master that had this slot at first, and its replica."""
        n = slot // (SLOTS // 3 + 1)
        return self.masters[n], self.replicas[n]

    def stop(self) -> None:
        for node in (*self.masters, *self.replicas):
            node.stop()

    @staticmethod
    def _known(node: Node) -> int:
        return len(node.ask("CLUSTER", "NODES").splitlines())

    @staticmethod
    def _info(node: Node) -> bytes:
        return b"\n".join(f"{k}:{v}".encode() for k, v in node.client.info("replication").items())
