"""The line on a real cluster of three nodes, and through the death of the one that has it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from cluster_nodes import PATIENCE_S, Cluster, until
from line_world import LineWorld
from redis.cluster import key_slot

from ivr.errors import StoreDown
from ivr.store import line_keys
from ivr.store.connect import connect


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.stop()


@pytest.fixture
def client(cluster: Cluster) -> Iterator[redis.Redis]:
    connected = connect(cluster.url, timeout_s=PATIENCE_S)
    yield connected
    connected.close()


def slot_of(hotline: str) -> int:
    return key_slot(line_keys.records(hotline).encode())


def hotlines_apart(cluster: Cluster) -> list[str]:
    """Three hotlines, one on each node."""
    found: dict[int, str] = {}
    for n in range(100):
        found.setdefault(cluster.masters.index(cluster.shard_of(slot_of(f"hotline{n}"))[0]), f"hotline{n}")
    return [found[n] for n in range(3)]


def through_a_call(world: LineWorld, call: str) -> None:
    """Everything that a caller does, and an agent with him."""
    world.has_agents("ann", "ben", queues=("care", "sales"))
    assert world.takes(call, skills=(), rate=2.0).position == 1
    assert world.asks(call).position == 1
    first = world.offers_next()
    world.misses(first, "declined")
    second = world.offers_next()
    assert {first.agent, second.agent} == {"ann", "ben"}
    assert world.takes_call(second).offer.call == call
    world.waits(60)
    assert world.finishes(second, wrap_up_s=5).talked_s == 60
    world.waits(30)
    world.expires()
    assert {one.state for one in world.agents.all(world.hotline, now=world.now)} == {"ready"}


def test_hotlines_on_all_three_nodes_go_through_their_calls(cluster: Cluster, client: redis.Redis) -> None:
    for name in hotlines_apart(cluster):
        through_a_call(LineWorld(client, name), "a")


def test_many_workers_give_each_caller_one_agent(cluster: Cluster, client: redis.Redis) -> None:
    world = LineWorld(client, hotlines_apart(cluster)[1] + "-many")
    world.has_agents(*(f"agent {n}" for n in range(8)))
    for n in range(20):
        world.takes(f"call {n}")
    with ThreadPoolExecutor(8) as pool:
        looks = list(pool.map(lambda _: world.offers.next_offers(world.hotline, now=world.now), range(12)))
    made = [offer for found in looks for offer in found]
    assert sorted(offer.call for offer in made) == sorted(f"call {n}" for n in range(8))
    assert len({offer.agent for offer in made}) == 8


def test_when_the_node_of_a_hotline_dies_its_callers_keep_their_places(cluster: Cluster, client: redis.Redis) -> None:
    name = hotlines_apart(cluster)[2]
    world = LineWorld(client, name)
    master, replica = cluster.shard_of(slot_of(name))
    world.has_agents("ann", "ben")
    for call in ("a", "b", "c"):
        world.takes(call)
        world.waits(1)
    talk, ring = world.offers_next(), world.offers_next()
    world.takes_call(talk)
    until(lambda: int(master.ask("WAIT", 1, 1000)) == 1, "the replica has all of it")
    master.kill()
    until(lambda: b"role:master" in Cluster._info(replica), "the replica takes over")

    def answers() -> bool:
        try:
            return world.asks("c").position == 2
        except StoreDown:
            return False

    until(answers, "the line is served again")
    assert world.in_line() == ["b", "c"]
    assert (world.agent("ann").state, world.agent("ben").state) == ("on_call", "reserved")
    assert world.takes_call(ring).offer.call == "b"
    assert world.finishes(talk).call == "a"
    assert world.pair() == ("c", "ann")
