"""Functions that the server keeps: loaded once, whichever server it is and whichever versions are in use."""

import pytest
import redis

from ivr.store.library import MOST_OTHERS, Library


def library(says: str) -> Library:
    return Library("test", f"redis.register_function('says' .. VERSION, function(keys, args) return {says} end)")


def kept(client: redis.Redis) -> int:
    return len(client.function_list(library="ivr_test_*"))


@pytest.mark.redis
def test_a_server_that_never_met_a_library_learns_it_on_the_way(client: redis.Redis) -> None:
    client.function_flush()
    assert library("{keys[1], args[1]}").call(client, "says", ["k"], ["余额"]) == [b"k", "余额".encode()]
    assert kept(client) == 1
    assert library("{keys[1], args[1]}").call(client, "says", ["k"], [1.5]) == [b"k", b"1.5"]
    assert kept(client) == 1


@pytest.mark.redis
def test_two_versions_live_side_by_side(client: redis.Redis) -> None:
    client.function_flush()
    old, new = library("1"), library("2")
    assert [one.call(client, "says", ["k"]) for one in (old, new, old, new)] == [1, 2, 1, 2]
    assert kept(client) == 2


@pytest.mark.redis
def test_versions_that_nobody_uses_any_more_do_not_gather(client: redis.Redis) -> None:
    client.function_flush()
    versions = [library(str(n)) for n in range(3 * MOST_OTHERS)]
    for n, version in enumerate(versions):
        assert version.call(client, "says", ["k"]) == n
        assert kept(client) <= MOST_OTHERS + 1
    assert versions[0].call(client, "says", ["k"]) == 0, "who still needs one gets it again"


@pytest.mark.redis
def test_a_mistake_in_a_function_is_heard_of(client: redis.Redis) -> None:
    with pytest.raises(redis.ResponseError):
        library("nonsense(").call(client, "says", ["k"])
    with pytest.raises(redis.ResponseError):
        library("redis.call('GET')").call(client, "says", ["k"])
    with pytest.raises(redis.ResponseError, match="not found"):
        library("1").call(client, "no_such", ["k"])
