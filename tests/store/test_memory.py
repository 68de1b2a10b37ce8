"""What is remembered of callers between their calls."""

import pytest
from redis import Redis

from ivr.call.past import PastCall
from ivr.store import keys
from ivr.store.memory import MOST, RedisMemory

CALLER = "+12025550101"
FIRST, SECOND = PastCall(100.0, "abandoned", "fault", "care"), PastCall(200.0, "answered", "balance")


@pytest.fixture
def memory(client: Redis) -> RedisMemory:
    return RedisMemory(client)


def test_a_caller_nobody_knows_has_no_calls(memory: RedisMemory) -> None:
    assert memory.recall("h", CALLER) == ()


def test_calls_come_back_the_latest_last(memory: RedisMemory) -> None:
    memory.remember("h", "c2", CALLER, SECOND)
    memory.remember("h", "c1", CALLER, FIRST)
    assert memory.recall("h", CALLER) == (FIRST, SECOND)


def test_a_chore_done_twice_is_one_call(memory: RedisMemory) -> None:
    memory.remember("h", "c1", CALLER, FIRST)
    memory.remember("h", "c1", CALLER, FIRST)
    assert memory.recall("h", CALLER) == (FIRST,)


def test_hotlines_and_callers_do_not_share(memory: RedisMemory) -> None:
    memory.remember("h", "c1", CALLER, FIRST)
    assert memory.recall("other", CALLER) == ()
    assert memory.recall("h", "+12025550102") == ()


def test_it_is_forgotten_by_itself(memory: RedisMemory, client: Redis) -> None:
    memory.remember("h", "c1", CALLER, FIRST)
    assert 0 < client.ttl(keys.caller_memory("h", CALLER)) <= keys.MEMORY_LIFE_S  # type: ignore[operator]


def test_a_machine_that_calls_all_day_makes_no_endless_list(memory: RedisMemory) -> None:
    for n in range(MOST + 20):
        memory.remember("h", f"c{n}", CALLER, PastCall(float(n), "hung_up"))
    assert len(memory.recall("h", CALLER)) == MOST
