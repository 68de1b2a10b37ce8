"""A user of Redis without the rights that the store needs is told which rights those are."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import redis

from ivr.call.entries import Entry
from ivr.call.tasks import SendSms
from ivr.call.turns import Saved
from ivr.errors import StoreDown
from ivr.routing.skills import Ability
from ivr.store.age import must_be_new_enough
from ivr.store.agents import Declared, RedisAgents
from ivr.store.calls import RedisCalls
from ivr.store.chores import Chores
from ivr.store.connect import connect
from ivr.store.embedded import Embedded
from ivr.store.guard import guard

pytestmark = pytest.mark.redis

NOON = 1_795_000_000.0
RIGHTS = "~ivr:* +@all -@dangerous +info"
ANN = Declared("ann", "client:ann", Ability(frozenset({"care"})))


@contextmanager
def user(client: redis.Redis, server: Embedded, *rights: str) -> Iterator[redis.Redis]:
    """Somebody with these rights and no others, on a server that has met no script of ours."""
    client.function_flush()
    client.script_flush()
    client.execute_command("ACL", "SETUSER", "host", "reset", "on", ">word", *rights)
    with closing(connect(f"unix://host:word@{server.socket}", timeout_s=60)) as connected:
        yield connected


def asks_for_everything(client: redis.Redis) -> None:
    must_be_new_enough(client)
    calls, chores, agents = RedisCalls(client), Chores(client, "telecom"), RedisAgents(client)
    opened = calls.open("telecom", "CA1", 0, now=NOON)
    assert calls.commit(opened, Saved(1, b"s", b"a", [Entry("said", NOON, {})], [SendSms("+1", "hi")]), now=NOON)
    (due,) = chores.read(10, None, now=NOON)
    chores.done(due)
    agents.declare("telecom", [ANN], now=NOON)
    agents.sign_in("telecom", "ann", now=NOON)


def test_the_rights_that_a_refusal_names_are_enough(client: redis.Redis, server: Embedded) -> None:
    with user(client, server, *RIGHTS.split()) as host:
        asks_for_everything(host)
    assert [one.name for one in RedisAgents(client).all("telecom", now=NOON)] == ["ann"]


@pytest.mark.parametrize(
    "fewer", ["-@all", "-info", "-fcall", "-function", "-evalsha", "-xadd", "-zadd", "-client|setname", "resetkeys"]
)
def test_whoever_lacks_one_is_told_so(client: redis.Redis, server: Embedded, fewer: str) -> None:
    with user(client, server, *RIGHTS.split(), fewer) as host, pytest.raises(StoreDown) as told:
        asks_for_everything(host)
    assert "the Redis user in --redis may not" in str(told.value)
    assert RIGHTS in str(told.value)


def test_a_refusal_shows_nothing_of_what_was_sent(client: redis.Redis, server: Embedded) -> None:
    with (
        user(client, server, *RIGHTS.split()) as host,
        host.pipeline(transaction=False) as pipe,
        pytest.raises(StoreDown) as told,
        guard(),
    ):
        pipe.set("another's", "what a caller said").execute()
    assert "caller" not in str(told.value)
