"""Calls, places and agents through the death of a primary that three Sentinels watch, and what a failover can lose."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from cluster_nodes import PATIENCE_S, until
from line_world import LineWorld
from sentinel_nodes import Server, Watched

from ivr.call.turns import Saved
from ivr.errors import StoreDown
from ivr.store.calls import RedisCalls
from ivr.store.connect import connect
from ivr.store.copies import REST_S, CopiedRedis, Copies
from ivr.store.scripts import Script

pytestmark = pytest.mark.redis


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    made = Watched(tmp_path_factory.mktemp("sentinel"))
    yield made
    made.stop()


def told(calls: RedisCalls, call: str, turn: int, now: float, state: bytes = b"s") -> None:
    """A turn is over, and the caller has heard its answer."""
    opened = calls.open("h", call, turn, now=now)
    assert calls.commit(opened, Saved(turn + 1, state, b"a"), now=now)


def test_when_the_primary_dies_calls_places_and_agents_go_on(watched: Watched) -> None:
    with closing(connect(watched.url, timeout_s=PATIENCE_S)) as client:
        client.most_ms = int(PATIENCE_S * 1000)  # a replica that stands still is waited for
        world, calls = LineWorld(client), RedisCalls(client)
        world.has_agents("ann", "ben")
        for call in ("a", "b", "c"):
            world.takes(call)
            told(calls, call, 0, world.now, b"in line")
            world.waits(1)
        talk, ring = world.offers_next(), world.offers_next()
        world.takes_call(talk)
        told(calls, "a", 1, world.now, b"talking")
        watched.fails_over()

        def answers() -> bool:
            try:
                return world.asks("c").position == 2
            except StoreDown:
                return False

        until(answers, "the line is served again")
        assert world.in_line() == ["b", "c"]
        assert (world.agent("ann").state, world.agent("ben").state) == ("on_call", "reserved")
        assert [calls.open("h", call, None, now=world.now).state for call in ("a", "b")] == [b"talking", b"in line"]
        assert world.takes_call(ring).offer.call == "b"
        assert world.finishes(talk).call == "a"
        assert world.pair() == ("c", "ann")


# --- what a failover can lose ----------------------------------------------------------------------------


class LongLine:
    """The network between two machines: whatever a primary sends arrives a moment later, or never once it is cut."""

    LATE_S = 0.03
    delivers = True
    """False: whatever is sent from now on is still under way when the line is cut."""

    def __init__(self, to_port: int) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._to, self._ends, self._cut = to_port, list[socket.socket](), threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._cut.set()
        for end in (self._listening, *self._ends):
            _close(end)

    def _accept(self) -> None:
        while not self._cut.is_set():
            try:
                replica = self._listening.accept()[0]
            except OSError:
                return
            self._ends.append(replica)
            try:
                primary = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                _close(replica)
                continue
            self._ends.append(primary)
            threading.Thread(target=self._carry, args=(replica, primary, 0.0), daemon=True).start()
            threading.Thread(target=self._carry, args=(primary, replica, self.LATE_S), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, late_s: float) -> None:
        try:
            while some := source.recv(65_536):
                if self._cut.wait(late_s if self.delivers else None):
                    return
                target.sendall(some)
        except OSError:
            return
        finally:
            _close(source)
            _close(target)


def _close(end: socket.socket) -> None:
    """And wake whoever waits for it."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def client_of(primary: Server) -> CopiedRedis:
    return CopiedRedis(port=primary.port, protocol=2, socket_timeout=PATIENCE_S)


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[tuple[Server, Server, LongLine]]:
    """A primary, its replica on another machine, and what is between them."""
    primary = Server(tmp_path / "primary")
    line = LongLine(primary.port)
    replica = Server(tmp_path / "replica", "--replicaof", f"127.0.0.1 {line.port}")
    until(lambda: replica.client.info("replication")["master_link_status"] == "up", "the replica is alike")
    yield primary, replica, line
    line.cut()
    for one in (primary, replica):
        one.stop()


@pytest.mark.parametrize(("copies", "survives"), [(0, False), (1, True)])
def test_a_turn_that_was_told_survives_its_machine_when_a_copy_was_waited_for(
    apart: tuple[Server, Server, LongLine], copies: int, survives: bool
) -> None:
    primary, replica, line = apart
    client = client_of(primary)
    client.copies, client.most_ms = copies, int(PATIENCE_S * 1000)
    line.delivers = survives
    world = LineWorld(client)
    world.takes("a")
    told(RedisCalls(client), "a", 0, world.now)
    line.cut()
    primary.kill()
    replica.client.execute_command("REPLICAOF", "NO", "ONE")
    after = LineWorld(replica.client)
    assert after.in_line() == (["a"] if survives else [])
    found = RedisCalls(replica.client).open("h", "a", 1, now=world.now).found
    assert found == ("ready" if survives else "new")
    client.close()


def test_a_replica_that_is_gone_keeps_no_turn_waiting_and_is_named_once_until_it_is_back(
    apart: tuple[Server, Server, LongLine], caplog: pytest.LogCaptureFixture
) -> None:
    primary, replica, line = apart
    seconds = [100.0]
    with closing(client_of(primary)) as client, caplog.at_level(logging.WARNING):
        copies, script = Copies(client, lambda: seconds[0]), Script("one", "return redis.call('INCR', KEYS[1])")
        replica.client.execute_command("REPLICAOF", "NO", "ONE")
        for _ in range(3):
            for _ in range(3):
                copies.run(script, ["{h}"], [])
            seconds[0] += REST_S
        assert copies.run(script, ["{h}"], []) == 10
        assert caplog.messages == ["0 of 1 replicas have what was just stored; a failover now would lose it"]
        replica.client.execute_command("REPLICAOF", "127.0.0.1", line.port)
        until(lambda: replica.client.info("replication")["master_link_status"] == "up", "the replica is back")
        seconds[0] += REST_S
        client.most_ms = int(PATIENCE_S * 1000)
        copies.run(script, ["{h}"], [])
    assert caplog.messages[1:] == ["replicas have again what is stored"]
