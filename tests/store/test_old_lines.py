"""A line that an older server has left behind is neither read nor kept for ever."""

from __future__ import annotations

import pytest
import redis

from ivr.routing.skills import Ability
from ivr.store import keys, line_keys
from ivr.store.agents import Declared, RedisAgents
from ivr.store.line import RedisLine
from ivr.store.old_lines import OLD_LIFE_S, let_go_of_old_lines

NOW = 1_795_446_000.0
AMY = Declared("amy", "+12025550101", Ability(queues=frozenset({"general"}), skills={}, languages=frozenset()))


def left_behind(client: redis.Redis, form: str) -> list[str]:
    """As a server of that form had it: a place, its context, an agent."""
    begins = f"{keys.tag('telecom')}{form}"
    client.hset(f"{begins}line:places", "call-1", b"\x93an older way to pack")
    client.hset(f"{begins}line:context", "call-1", "{}")
    client.zadd(f"{begins}line:in_line", {"general 0000000 1 call-1": 0})
    client.hset(f"{begins}agents", "old-amy", b"\x93an older way to pack")
    return [f"{begins}{end}" for end in ("line:places", "line:context", "line:in_line", "agents")]


@pytest.mark.parametrize("form", ["", "2:", f"{line_keys.FORM - 1}:"])
def test_what_older_servers_left_lives_a_week_more_and_is_not_read(client: redis.Redis, form: str) -> None:
    old = left_behind(client, form)
    let_go_of_old_lines(client, "telecom")
    assert all(OLD_LIFE_S - 3600 < client.ttl(key) <= OLD_LIFE_S for key in old)
    agents = RedisAgents(client)
    agents.declare("telecom", [AMY], now=NOW)
    assert [one.name for one in agents.all("telecom", now=NOW)] == ["amy"]
    assert RedisLine(client).look("telecom", "general", now=NOW) == ()


def test_a_second_start_does_not_lengthen_it(client: redis.Redis) -> None:
    old = left_behind(client, "2:")
    client.expire(old[0], 60)
    let_go_of_old_lines(client, "telecom")
    assert client.ttl(old[0]) <= 60


def test_the_line_of_today_stays_for_as_long_as_it_is_used_also_after_a_newer_server_was_here(
    client: redis.Redis,
) -> None:
    RedisAgents(client).declare("telecom", [AMY], now=NOW)
    client.expire(line_keys.records("telecom"), OLD_LIFE_S)
    let_go_of_old_lines(client, "telecom")
    assert client.ttl(line_keys.records("telecom")) == -1
    assert client.ttl(line_keys.agents("telecom")) == -1


def test_another_hotline_and_the_stream_of_entries_are_left_alone(client: redis.Redis) -> None:
    client.xadd(keys.events("telecom"), {"entry": "{}"})
    others = f"{keys.tag('bank')}2:line:places"
    client.hset(others, "call-1", "x")
    let_go_of_old_lines(client, "telecom")
    assert (client.ttl(keys.events("telecom")), client.ttl(others)) == (-1, -1)
