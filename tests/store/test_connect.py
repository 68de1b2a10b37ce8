"""Every form of URL reaches its server, and a server that is gone is noticed soon."""

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from free_port import free_port

from ivr.call.entries import Entry
from ivr.call.tasks import SendSms
from ivr.call.turns import Saved
from ivr.errors import SettingsError, StoreDown
from ivr.store import embedded
from ivr.store.binary import find_server
from ivr.store.calls import RedisCalls
from ivr.store.chores import Chores
from ivr.store.connect import connect
from ivr.store.embedded import Embedded
from ivr.store.guard import guard

pytestmark = pytest.mark.redis

NOON = 1_795_000_000.0
A_WEBHOOK_BEARS_S = 1.5
LONG_S = 60.0
"""For what is sure to come; the machine may stand still for a while."""


@contextmanager
def running(directory: Path, *arguments: str) -> Iterator[None]:
    process = subprocess.Popen(
        [find_server(), *arguments, "--dir", str(directory)], stdout=subprocess.DEVNULL, cwd=directory
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def eventually(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG_S
    while time.monotonic() < deadline:
        try:
            if what():
                return
        except (redis.RedisError, StoreDown):
            pass  # not yet up
        threading.Event().wait(0.02)
    pytest.fail("it never came up")


def one_whole_turn(client: redis.Redis) -> None:
    calls, chores = RedisCalls(client), Chores(client, "telecom")
    opened = calls.open("telecom", "CA1", 0, now=NOON)
    assert calls.commit(opened, Saved(1, b"s", b"a", [Entry("said", NOON, {})], [SendSms("+1", "hi")]), now=NOON)
    assert calls.open("telecom", "CA1", 0, now=NOON).found == "replay"
    (due,) = chores.read(10, None, now=NOON)
    chores.failed(due, "busy", now=NOON)
    (again,) = chores.read(10, None, now=NOON + 60)
    chores.done(again)


def test_a_turn_on_a_plain_port(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, "--port", str(port), "--bind", "127.0.0.1", "--requirepass", "pass/word"):
        client = connect(f"redis://:pass%2Fword@127.0.0.1:{port}/0", timeout_s=LONG_S)
        eventually(client.ping)
        one_whole_turn(client)
        with pytest.raises(StoreDown, match="Redis refused the user or password"), guard():
            connect(f"redis://:wrong@127.0.0.1:{port}/0", timeout_s=LONG_S).ping()
        with pytest.raises(StoreDown, match=r"Redis wants a password|refused the user or password"), guard():
            connect(f"redis://127.0.0.1:{port}/0", timeout_s=LONG_S).ping()
        client.close()


def test_a_turn_in_a_cluster(tmp_path: Path) -> None:
    """All keys of a script are on one slot, or the cluster would refuse it."""
    port = free_port()
    with running(tmp_path, "--port", str(port), "--bind", "127.0.0.1", "--cluster-enabled", "yes"):
        plain = connect(f"redis://127.0.0.1:{port}", timeout_s=LONG_S)
        eventually(plain.ping)
        plain.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
        eventually(lambda: bool(plain.set("up", "yes")))
        client = connect(f"cluster://127.0.0.1:{port}", timeout_s=LONG_S)
        one_whole_turn(client)
        client.close()
        plain.close()


def test_a_turn_on_the_master_that_a_sentinel_names(tmp_path: Path) -> None:
    port, watch = free_port(), free_port()
    config = tmp_path / "sentinel.conf"
    config.write_text(f"port {watch}\nbind 127.0.0.1\nsentinel monitor telecom 127.0.0.1 {port} 1\n")
    with (
        running(tmp_path, "--port", str(port), "--bind", "127.0.0.1"),
        running(tmp_path, str(config), "--sentinel"),
    ):
        client = connect(f"sentinel://127.0.0.1:1,127.0.0.1:{watch}/telecom", timeout_s=LONG_S)
        eventually(client.ping)
        one_whole_turn(client)
        client.close()


def test_a_turn_over_a_unix_socket(server: Embedded) -> None:
    client = connect(f"unix://{server.socket}", timeout_s=LONG_S)
    client.flushall()
    one_whole_turn(client)
    client.close()


def seconds_until_down(ask: Callable[[], object]) -> float:
    began = time.monotonic()
    with pytest.raises(StoreDown), guard():
        ask()
    return time.monotonic() - began


def is_given_up_soon(ask: Callable[[], object]) -> bool:
    """In one of ten tries at least: in the others this machine itself may have stood still."""
    return any(seconds_until_down(ask) < A_WEBHOOK_BEARS_S for _ in range(10))


def test_nobody_listens_is_known_at_once() -> None:
    """However patient the client."""
    with pytest.raises(StoreDown, match="refused"), guard():
        connect("redis://127.0.0.1:1", timeout_s=1000).ping()


def test_a_server_that_hangs_is_given_up_before_the_caller_notices(tmp_path: Path) -> None:
    hanging = embedded.start(tmp_path / "data")
    client = connect(hanging.url)
    eventually(client.ping)
    os.kill(hanging.pid, signal.SIGSTOP)
    try:
        assert is_given_up_soon(client.ping)
        with pytest.raises(StoreDown, match="does not answer: it took too long"), guard():
            client.ping()
    finally:
        os.kill(hanging.pid, signal.SIGCONT)
    eventually(client.ping)
    hanging.stop()


def test_a_claim_that_a_hanging_server_granted_unheard_is_taken_up_at_the_next_try(tmp_path: Path) -> None:
    hanging = embedded.start(tmp_path / "data")
    calls, before = RedisCalls(connect(hanging.url, timeout_s=0.1)), RedisCalls(connect(hanging.url, timeout_s=LONG_S))
    before.commit(before.open("telecom", "CA1", 0, now=NOON), Saved(1, b"s", b"a"), now=NOON)
    eventually(calls.client.ping)
    os.kill(hanging.pid, signal.SIGSTOP)
    with pytest.raises(StoreDown):
        calls.open("telecom", "CA1", 1, now=NOON + 1)
    os.kill(hanging.pid, signal.SIGCONT)
    eventually(lambda: calls.open("telecom", "CA1", 1, now=NOON + 2).found == "ready")
    hanging.stop()


def test_a_black_hole_is_given_up_soon() -> None:
    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        port = hole.getsockname()[1]
        fillers = [socket.socket() for _ in range(3)]  # a full backlog drops what comes after
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        assert is_given_up_soon(connect(f"redis://127.0.0.1:{port}").ping)
        for filler in fillers:
            filler.close()


@pytest.mark.parametrize(
    "url",
    [
        "sentinel://127.0.0.1:1,127.0.0.1:2/telecom",
        "cluster://127.0.0.1:1,127.0.0.1:2",
    ],
)
def test_no_sentinel_and_no_cluster_are_known_soon_and_told_shortly(url: str) -> None:
    with pytest.raises(StoreDown) as told, guard():
        connect(url).ping()
    assert len(str(told.value)) < 250


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost",
        "http://:secret@127.0.0.1",
        "redis://:se/cret@127.0.0.1:6379",
        "sentinel://127.0.0.1:26379/telecom?copies=many",
        "sentinel://127.0.0.1:26379/telecom?copies=-1",
        "redis://:secret@127.0.0.1:port",
        "sentinel://:secret@127.0.0.1:26379",
        "cluster://:secret@",
        "cluster://:secret@host:99999",
    ],
)
def test_a_bad_url_is_answered_with_good_ones_and_without_the_password(url: str) -> None:
    with pytest.raises(SettingsError, match="write it as redis://host:6379") as told:
        connect(url)
    assert "cret" not in str(told.value)


def test_a_full_memory_is_the_hosts_affair(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, "--port", str(port), "--bind", "127.0.0.1"):
        client = connect(f"redis://127.0.0.1:{port}", timeout_s=LONG_S)
        eventually(client.ping)
        client.config_set("maxmemory", "1")
        with pytest.raises(StoreDown, match="no memory left"):
            RedisCalls(client).open("telecom", "CA1", 0, now=NOON)
        client.close()


def test_a_replica_is_no_place_to_write(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, "--port", str(port), "--bind", "127.0.0.1"):
        client = connect(f"redis://127.0.0.1:{port}", timeout_s=LONG_S)
        eventually(client.ping)
        client.replicaof("127.0.0.1", 1)
        with pytest.raises(StoreDown, match=r"read-only replica|lost its master"):
            RedisCalls(client).open("telecom", "CA1", 0, now=NOON)
        client.close()


def test_a_mistake_of_ours_is_no_trouble_of_the_hosts(client: redis.Redis) -> None:
    with pytest.raises(redis.ResponseError), guard():
        client.execute_command("NO SUCH COMMAND")
