"""Who watches a call sees its entries in order, each once, whichever worker wrote them; nobody else pays for it."""

from __future__ import annotations

import pytest
import redis

from ivr.call.codec import pack
from ivr.call.entries import KINDS, Entry
from ivr.call.state import CallState, Frame
from ivr.call.turns import Saved
from ivr.errors import StoreDown
from ivr.store import keys
from ivr.store.calls import RedisCalls
from ivr.store.connect import connect
from ivr.store.watch import RedisWatch, words_of

pytestmark = pytest.mark.redis

NOON = 1_795_000_000.25


def entry(text: str) -> Entry:
    return Entry("said", NOON, {"step": "main.welcome", "text": text})


def state(step: str, **more: object) -> bytes:
    return pack(CallState("CA1", "telecom", "v1", "+1", "+2", "console", "en", NOON, "flow", "main", step, **more))


def turn(client: redis.Redis, saved: Saved, call: str = "CA1") -> None:
    calls = RedisCalls(client)
    assert calls.commit(calls.open("telecom", call, None, now=NOON), saved, now=NOON)


def test_entries_come_in_their_order_and_once(client: redis.Redis) -> None:
    watch = RedisWatch(client)
    watch.begin("telecom", "CA1")
    turn(client, Saved(1, state("welcome"), b"a", [entry("one"), entry("two")]))
    first = watch.look("telecom", "CA1")
    assert [(seen.n, seen.words) for seen in first.entries] == [(1, "said “one”"), (2, "said “two”")]
    assert watch.look("telecom", "CA1", first).entries == ()
    turn(client, Saved(2, state("need"), b"b", [entry("three")]))
    assert [seen.n for seen in watch.look("telecom", "CA1", first).entries] == [3]


def test_they_are_there_although_the_records_were_written_and_the_stream_emptied(client: redis.Redis) -> None:
    watch = RedisWatch(client)
    watch.begin("telecom", "CA1")
    turn(client, Saved(1, state("welcome"), b"a", [entry("one")]))
    client.delete(keys.events("telecom"))
    assert len(watch.look("telecom", "CA1").entries) == 1


def test_only_the_watched_call_leaves_a_second_trace(client: redis.Redis) -> None:
    RedisWatch(client).begin("telecom", "CA1")
    turn(client, Saved(1, b"s", b"a", [entry("one")]), call="CA2")
    assert client.exists(keys.watched("telecom", "CA2")) == 0
    assert client.xlen(keys.watched("telecom", "CA1")) == 1


def test_where_the_call_stands_is_told_when_it_has_moved(client: redis.Redis) -> None:
    watch = RedisWatch(client)
    watch.begin("telecom", "CA1")
    assert watch.look("telecom", "CA1").standing is None
    frame = Frame("main", "person", names={"pin": "4711"}, secrets=["pin"])
    turn(client, Saved(1, state("wait", frames=[frame], names={"card": "1234"}), b"a"))
    look = watch.look("telecom", "CA1")
    assert look.standing is not None
    assert (look.standing.version, look.standing.step, look.standing.runs) == ("v1", "wait", ("main.person",))
    assert "4711" not in str(look.standing)
    assert "1234" not in str(look.standing)
    assert watch.look("telecom", "CA1", look).standing is None


def test_a_watch_nobody_looks_at_lapses_and_the_next_look_begins_it_again(client: redis.Redis) -> None:
    watch = RedisWatch(client)
    watch.begin("telecom", "CA1")
    assert 0 < client.ttl(keys.watched("telecom", "CA1")) <= keys.WATCH_LIFE_S
    client.delete(keys.watched("telecom", "CA1"))
    look = watch.look("telecom", "CA1")
    turn(client, Saved(1, state("welcome"), b"a", [entry("one")]))
    assert len(watch.look("telecom", "CA1", look).entries) == 1
    assert 0 < client.ttl(keys.watched("telecom", "CA1")) <= keys.WATCH_LIFE_S


def test_a_store_that_is_away_is_told() -> None:
    with pytest.raises(StoreDown):
        RedisWatch(connect("redis://127.0.0.1:1", timeout_s=0.2)).look("telecom", "CA1")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_sentence_even_without_its_data(kind: str) -> None:
    assert words_of(Entry(kind, NOON, {}))
