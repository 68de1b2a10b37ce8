"""How often somebody may ask."""

from __future__ import annotations

import redis

from ivr.store import keys
from ivr.store.rates import Rate, RedisRates

NOW = 1_795_000_000.0
THREE = Rate(every_s=2.0, at_once=3)


def test_so_many_at_once_and_then_one_every_so_many_seconds(client: redis.Redis) -> None:
    rates = RedisRates(client)
    assert [rates.take("amy", THREE, now=NOW) for _ in range(5)] == [0, 0, 0, 2.0, 2.0]
    assert rates.take("amy", THREE, now=NOW + 1.5) == 0.5
    assert rates.take("amy", THREE, now=NOW + 2) == 0
    assert rates.take("amy", THREE, now=NOW + 2) == 2.0


def test_who_rests_may_ask_so_many_again_and_not_more(client: redis.Redis) -> None:
    rates = RedisRates(client)
    for _ in range(3):
        rates.take("amy", THREE, now=NOW)
    assert [rates.take("amy", THREE, now=NOW + 3600) for _ in range(4)] == [0, 0, 0, 2.0]


def test_each_is_counted_alone(client: redis.Redis) -> None:
    rates = RedisRates(client)
    for _ in range(4):
        rates.take("amy", THREE, now=NOW)
    assert rates.take("ben", THREE, now=NOW) == 0


def test_a_clock_that_was_set_back_keeps_nobody_out_for_long(client: redis.Redis) -> None:
    rates = RedisRates(client)
    for _ in range(3):
        rates.take("amy", THREE, now=NOW)
    assert rates.take("amy", THREE, now=NOW - 3600) == 2.0
    assert rates.take("amy", THREE, now=NOW - 3598) == 0


def test_what_makes_no_difference_any_more_is_forgotten(client: redis.Redis) -> None:
    RedisRates(client).take("amy", THREE, now=NOW)
    assert 2000 < client.pttl(keys.rate("amy")) <= 62_000
