"""Which servers are served, by what they tell of themselves."""

from __future__ import annotations

import pytest
import redis

from ivr.store.age import must_be_new_enough, too_old


@pytest.mark.parametrize("version", ["5.0.6", "6.2.14", "6.0.16", "2.8"])
def test_a_redis_before_7_is_refused_by_its_version_with_what_would_do(version: str) -> None:
    sentence = too_old({"redis_version": version, "executable": "/usr/bin/redis-server"})
    assert sentence is not None
    assert f"Redis {version} (/usr/bin/redis-server); ivr needs Redis 7.0 or newer, or any Valkey" in sentence


@pytest.mark.parametrize("version", ["7.0.0", "7.2.4", "8.2.1", "10.0", "255.255.255"])
def test_newer_ones_will_do(version: str) -> None:
    assert too_old({"redis_version": version}) is None


@pytest.mark.parametrize("told", [{}, {"redis_version": ""}, {"redis_version": "unstable"}])
def test_who_does_not_tell_its_version_is_tried(told: dict[str, str]) -> None:
    assert too_old(told) is None


def test_the_servers_of_this_machine_will_do(client: redis.Redis) -> None:
    must_be_new_enough(client)
