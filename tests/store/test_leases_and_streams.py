"""One worker among many has a right, and a stream forgets only what everybody is done with."""

import pytest
import redis

from ivr.store.lease import Lease
from ivr.store.streams import make_group, read_new, read_pending, trim_done

pytestmark = pytest.mark.redis


def test_one_has_the_lease_and_renews_it_and_another_gets_it_when_it_is_given_back(client: redis.Redis) -> None:
    one, two = Lease(client, "lease", life_s=1000), Lease(client, "lease", life_s=1000)
    assert (one.take(), two.take(), one.take()) == (True, False, True)
    two.drop()  # not its to give
    assert not two.take()
    one.drop()
    assert two.take()


def test_a_lease_lapses_by_itself(client: redis.Redis) -> None:
    Lease(client, "lease", life_s=1000).take()
    assert 500_000 < client.pttl("lease") <= 1_000_000


def fill(client: redis.Redis, count: int) -> None:
    for number in range(count):
        client.xadd("stream", {"number": number}, id=f"{number + 1}-0")


def ids(client: redis.Redis) -> list[bytes]:
    return [id for id, _ in client.xrange("stream")]


def test_trimming_stops_at_the_oldest_entry_not_yet_acknowledged(client: redis.Redis) -> None:
    make_group(client, "stream", "group")
    fill(client, 6)
    read_new(client, "stream", "group", "reader", count=5)
    client.xack("stream", "group", "1-0", "2-0", "4-0")
    assert trim_done(client, "stream", "group") == 2
    assert ids(client) == [b"3-0", b"4-0", b"5-0", b"6-0"]


def test_trimming_leaves_what_nobody_has_read(client: redis.Redis) -> None:
    make_group(client, "stream", "group")
    fill(client, 4)
    assert trim_done(client, "stream", "group") == 0
    for read in read_new(client, "stream", "group", "reader", count=2):
        client.xack("stream", "group", read.id)
    trim_done(client, "stream", "group")
    assert ids(client)[-2:] == [b"3-0", b"4-0"]


def test_an_entry_deleted_while_pending_comes_back_empty_on_every_server(client: redis.Redis) -> None:
    fill(client, 2)
    read_new(client, "stream", "group", "reader", count=2)
    client.xdel("stream", "1-0")
    left = read_pending(client, "stream", "group", "reader", count=10)
    assert [(read.id, bool(read.fields)) for read in left] == [("1-0", False), ("2-0", True)]
