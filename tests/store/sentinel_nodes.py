"""A real primary with a replica, and three Sentinels that watch them, on loopback."""

from __future__ import annotations

import subprocess
from pathlib import Path

import redis
from cluster_nodes import PATIENCE_S, Mortal, is_ours, until
from free_port import free_port

from ivr.store.binary import find_server

SERVICE = "telecom"
DOWN_AFTER_MS = 5000
"""No server is thought dead because the machine stood still for a moment."""
FAILOVER_MS = 3000
REST_MS = 3000
"""A Sentinel that stood still does nothing for so long; otherwise it is half a minute, and each time anew."""


class Server(Mortal):
    """One process of the embedded program."""

    def __init__(self, home: Path, *more: str, config: str = "") -> None:
        home.mkdir(exist_ok=True)
        self.home, self.port, self._more, self._config = home, free_port(), more, config
        self.start()

    def start(self) -> None:
        head = [str(find_server())]
        if self._config:
            file = self.home / "sentinel.conf"
            if not file.exists():  # a Sentinel keeps what it has learnt in there
                file.write_text(f"port {self.port}\nbind 127.0.0.1\n{self._config}")
            head += [str(file), "--sentinel"]
        else:
            head += ["--port", str(self.port), "--bind", "127.0.0.1", "--appendonly", "yes", "--save", ""]
            head += ["--repl-diskless-sync-delay", "0"]
        command = [*head, *self._more, "--dir", str(self.home), "--logfile", str(self.home / "redis.log")]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = redis.Redis("127.0.0.1", self.port, socket_timeout=PATIENCE_S, protocol=2)
        until(lambda: is_ours(self.client, self.process), f"a server on port {self.port} answers")

    def role(self) -> str:
        return str(self.client.info("replication")["role"])


class Watched:
    """Two servers and those that watch them."""

    def __init__(self, home: Path) -> None:
        home.mkdir(exist_ok=True)
        self.primary = Server(home / "primary")
        self.replica = Server(home / "replica", "--replicaof", f"127.0.0.1 {self.primary.port}")
        until(lambda: self.replica.client.info("replication")["master_link_status"] == "up", "the replica is alike")
        watch = (
            f"sentinel monitor {SERVICE} 127.0.0.1 {self.primary.port} 2\n"
            f"sentinel down-after-milliseconds {SERVICE} {DOWN_AFTER_MS}\n"
            f"sentinel failover-timeout {SERVICE} {FAILOVER_MS}\n"
        )
        self.sentinels = [Server(home / f"sentinel{n}", config=watch) for n in range(3)]
        for sentinel in self.sentinels:
            sentinel.client.execute_command("SENTINEL", "DEBUG", "TILT-PERIOD", REST_MS)
        until(lambda: all(map(self._knows_all, self.sentinels)), "the Sentinels know each other and the replica")

    @property
    def url(self) -> str:
        return f"sentinel://{','.join(f'127.0.0.1:{one.port}' for one in self.sentinels)}/{SERVICE}"

    def fails_over(self) -> None:
        """The primary dies, and the replica is what it was."""
        self.primary.kill()
        until(lambda: self.replica.role() == "master", "the replica takes over")
        self.primary, self.replica = self.replica, self.primary

    def comes_back(self) -> None:
        """Who died starts again, and follows who took over."""
        self.replica.start()
        until(lambda: self.replica.role() == "slave", "who comes back follows")
        until(lambda: self.replica.client.info("replication")["master_link_status"] == "up", "and is alike")

    def stop(self) -> None:
        for one in (*self.sentinels, self.primary, self.replica):
            one.stop()

    @staticmethod
    def _knows_all(sentinel: Server) -> bool:
        found: dict[bytes, bytes] = _pairs(sentinel.client.execute_command("SENTINEL", "MASTER", SERVICE))
        return found[b"num-other-sentinels"] == b"2" and found[b"num-slaves"] == b"1"


def _pairs(flat: list[bytes] | dict[bytes, bytes]) -> dict[bytes, bytes]:
    if isinstance(flat, dict):
        return {(k if isinstance(k, bytes) else k.encode()): v for k, v in flat.items()}
    return dict(zip(flat[::2], flat[1::2], strict=True))
