"""From a URL to a client that answers, or fails, soon."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import redis
from redis.backoff import ConstantBackoff
from redis.cluster import ClusterNode
from redis.retry import Retry
from redis.sentinel import Sentinel

from ivr.errors import SettingsError
from ivr.store.copies import CopiedRedis
from ivr.store.embedded import start_again
from ivr.store.guard import guard
from ivr.store.pool import PatientUnixConnection, QuickPool, quick_client
from ivr.store.server_process import socket_path

FORMS = "redis://host:6379, rediss://…, unix:///path, sentinel://host:26379,host2:26379/service or cluster://host:6379"
PAUSE_S = 0.02

# redis-py leaves these untyped.
_Sentinel: Any = Sentinel
_ClusterNode: Any = ClusterNode


def connect(url: str, *, timeout_s: float = 0.5) -> redis.Redis:
    """A client for `redis:`, `rediss:`, `unix:`, `embedded:`, `sentinel:` and `cluster:` URLs.

    Threads may share it. A command is tried twice, so it fails within about twice `timeout_s` when the server hangs and
    at once when nobody listens. A blocking read must wait for less than `timeout_s`. Only a cluster is contacted before
    the first command. Raises SettingsError for a URL it cannot read, and repeats no part of it: it may hold a password.
    """
    options: dict[str, Any] = {
        "socket_timeout": timeout_s,
        "socket_connect_timeout": timeout_s / 2,
        "retry": Retry(ConstantBackoff(PAUSE_S), 1),
        "protocol": 2,  # scripts answer alike on every server, old or new
        "client_name": f"ivr-{os.getpid()}",
    }
    scheme = urlsplit(url).scheme
    try:
        match scheme:
            case "redis" | "rediss" | "unix":
                return quick_client(url, **options)
            case "embedded":
                return embedded(url, options)
            case "sentinel":
                return sentinel(url, options)
            case "cluster":
                return cluster(url, options)
    except ValueError:
        escaped = "; in a password write / @ : as %2F %40 %3A"
        raise SettingsError(f"--redis is no good {scheme}:// URL; write it as {FORMS}{escaped}") from None
    raise SettingsError(f"--redis does not begin with a known scheme; write it as {FORMS}")


def embedded(url: str, options: dict[str, Any]) -> redis.Redis:
    """A client of our own server in a directory, as `embedded.start` names it."""
    directory = Path(unquote(urlsplit(url).path)).resolve()  # as `embedded.start` does: the socket's place hangs on it
    pool = QuickPool(connection_class=EmbeddedConnection, directory=directory, **options)
    return redis.Redis.from_pool(pool)


class EmbeddedConnection(PatientUnixConnection):
    """A connection to our own server: whoever finds it killed starts it again, for which it may take as long as it may
    for two answers, and then connects."""

    def __init__(self, *, directory: Path, **options: Any) -> None:
        init: Any = super().__init__
        init(path=str(socket_path(directory)), **options)
        self.directory = directory
        self.patience_s: float = options["socket_timeout"]

    def _connect(self) -> Any:
        connect: Any = super()._connect
        try:
            return connect()
        except (ConnectionRefusedError, FileNotFoundError):
            start_again(self.directory, wait_s=2 * self.patience_s)
            return connect()


def sentinel(url: str, options: dict[str, Any]) -> redis.Redis:
    """The master of a service, asked of the Sentinels at each connection, so that a failover is followed.

    `sentinel://user:password@host:26379,host2/service/0?sentinel_password=…&ssl=true&copies=1`. The caller hears of a
    turn when so many replicas have it; one, where nothing is said.
    """
    parts = urlsplit(url)
    service, _, database = parts.path.strip("/").partition("/")
    if not service:
        raise ValueError("the service's name is missing")
    query = dict(parse_qsl(parts.query))
    quick = {key: options[key] for key in ("socket_timeout", "socket_connect_timeout", "retry", "protocol")}
    if "sentinel_password" in query:
        quick["password"] = query["sentinel_password"]
    if query.get("ssl") == "true":
        options["ssl"] = quick["ssl"] = True
    watchers = _Sentinel(hosts(parts.netloc, 26379), sentinel_kwargs=quick)
    chosen = {"redis_class": CopiedRedis, "db": int(database or 0), **credentials(parts.netloc), **options}
    client: CopiedRedis = watchers.master_for(service, **chosen)
    client.copies = int(query.get("copies", client.copies))
    if client.copies < 0:
        raise ValueError("nobody can wait for less than no copy")
    return client


def cluster(url: str, options: dict[str, Any]) -> redis.Redis:
    """A client of a cluster, `cluster://user:password@host:6379,host2:6379?ssl=true`; StoreDown when it is away."""
    parts = urlsplit(url)
    if dict(parse_qsl(parts.query)).get("ssl") == "true":
        options["ssl"] = True
    nodes = [_ClusterNode(host, port) for host, port in hosts(parts.netloc, 6379)]
    with guard():
        client = Nodes(startup_nodes=nodes, **options | credentials(parts.netloc))
    # It is no subclass of Redis, yet has the same commands.
    return cast("redis.Redis", client)


class Nodes(redis.RedisCluster):
    """A cluster whose functions are found without a question: redis-py asks a node, before each call, for its keys."""

    def determine_slot(self, *args: Any) -> int | None:
        """All keys of a function share a slot, so the first one tells it."""
        slot_of: Any = self.keyslot
        return cast("int", slot_of(args[3])) if args[0] == "FCALL" else super().determine_slot(*args)


def hosts(netloc: str, port: int) -> list[tuple[str, int]]:
    """`user:password@a:1,b,[::1]:2` without its credentials, each host with its port."""
    found = []
    for place in netloc.rpartition("@")[2].split(","):
        one = urlsplit(f"//{place}")
        if not one.hostname:
            raise ValueError("a host's name is missing")
        found.append((one.hostname, one.port or port))
    return found


def credentials(netloc: str) -> dict[str, str]:
    user, _, password = netloc.rpartition("@")[0].partition(":")
    return {name: unquote(value) for name, value in (("username", user), ("password", password)) if value}
