"""What is remembered of callers between their calls."""

import pytest
from redis import Redis

from ivr.call.events import Recalled
from ivr.call.past import PastCall, ToldHint
from ivr.call.tasks import KeepHint, RefuseHints, Remember
from ivr.store import keys
from ivr.store.memory import RedisMemory
from ivr.store.memos import MOST_CALLS, MOST_HINTS

CALLER = "+12025550101"
FIRST, SECOND = PastCall(100.0, "abandoned", "fault", "care"), PastCall(200.0, "answered", "balance")


@pytest.fixture
def memory(client: Redis) -> RedisMemory:
    return RedisMemory(client)


def test_a_caller_nobody_knows_has_no_calls(memory: RedisMemory) -> None:
    assert memory.recall("h", CALLER) == Recalled()


def test_calls_come_back_the_latest_last(memory: RedisMemory) -> None:
    memory.keep("h", "c2", Remember(CALLER, SECOND))
    memory.keep("h", "c1", Remember(CALLER, FIRST))
    assert memory.recall("h", CALLER).calls == (FIRST, SECOND)


def test_a_call_kept_twice_is_one_call(memory: RedisMemory) -> None:
    memory.keep("h", "c1", Remember(CALLER, FIRST))
    memory.keep("h", "c1", Remember(CALLER, FIRST))
    assert memory.recall("h", CALLER).calls == (FIRST,)


def test_hotlines_and_callers_do_not_share(memory: RedisMemory) -> None:
    memory.keep("h", "c1", Remember(CALLER, FIRST))
    assert memory.recall("other", CALLER) == Recalled()
    assert memory.recall("h", "+12025550102") == Recalled()


def test_it_is_forgotten_by_itself(memory: RedisMemory, client: Redis) -> None:
    memory.keep("h", "c1", Remember(CALLER, FIRST))
    assert 0 < client.ttl(keys.caller_memory("h", CALLER)) <= keys.MEMORY_LIFE_S  # type: ignore[operator]


def test_a_machine_that_calls_all_day_makes_no_endless_list(memory: RedisMemory) -> None:
    for n in range(MOST_CALLS + 20):
        memory.keep("h", f"c{n}", Remember(CALLER, PastCall(float(n), "hung_up")))
    assert len(memory.recall("h", CALLER).calls) == MOST_CALLS


def told(rule: str, at: float, version: str = "v1") -> KeepHint:
    return KeepHint(CALLER, rule, "told", at, version)


def taken(rule: str, at: float) -> KeepHint:
    return KeepHint(CALLER, rule, "accepted", at, "v1")


def refuses(at: float) -> RefuseHints:
    return RefuseHints(CALLER, True, at)


def wants(at: float) -> RefuseHints:
    return RefuseHints(CALLER, False, at)


def test_hints_come_back_with_how_often_and_when_last(memory: RedisMemory) -> None:  # R34
    memory.keep("h", "c1", told("bill_due", 100.0))
    memory.keep("h", "c2", told("bill_due", 300.0, "v2"))
    memory.keep("h", "c2", told("plans", 310.0))
    memory.keep("h", "c3", taken("bill_due", 400.0))
    assert memory.recall("h", CALLER).hints == {
        "bill_due": ToldHint(2, 300.0, "v2", "c2", 400.0),
        "plans": ToldHint(1, 310.0, "v1", "c2"),
    }


def test_a_hint_kept_twice_was_told_once(memory: RedisMemory) -> None:
    memory.keep("h", "c1", told("bill_due", 100.0))
    memory.keep("h", "c1", told("bill_due", 100.0))
    assert memory.recall("h", CALLER).hints["bill_due"].times == 1


def test_what_was_told_well_over_a_year_ago_is_forgotten(memory: RedisMemory, client: Redis) -> None:
    memory.keep("h", "c1", told("bill_due", 100.0))
    memory.keep("h", "c2", told("plans", 101.0 + keys.HINTS_LIFE_S))
    assert list(memory.recall("h", CALLER).hints) == ["plans"]
    assert 0 < client.ttl(keys.caller_hints("h", CALLER)) <= keys.HINTS_LIFE_S  # type: ignore[operator]


def test_a_machine_that_is_told_all_day_makes_no_endless_list_of_hints(memory: RedisMemory, client: Redis) -> None:
    for n in range(MOST_HINTS + 20):
        memory.keep("h", f"c{n}", told("bill_due", float(n)))
    assert client.zcard(keys.caller_hints("h", CALLER)) == MOST_HINTS
    assert memory.recall("h", CALLER).hints["bill_due"].at == MOST_HINTS + 19


def test_a_refusal_lives_for_ever(memory: RedisMemory, client: Redis) -> None:  # R106
    memory.keep("h", "", refuses(100.0))
    assert memory.recall("h", CALLER).refuses_hints
    assert client.ttl(keys.caller_refuses("h", CALLER)) == -1


def test_who_wants_them_again_is_told_again(memory: RedisMemory) -> None:
    memory.keep("h", "", refuses(100.0))
    memory.keep("h", "", wants(200.0))
    assert not memory.recall("h", CALLER).refuses_hints
    memory.keep("h", "", refuses(300.0))
    assert memory.recall("h", CALLER).refuses_hints


def test_a_word_that_comes_late_changes_nothing_newer(memory: RedisMemory, client: Redis) -> None:
    """A turn whose worker stood still is stored late."""
    memory.keep("h", "", wants(200.0))
    memory.keep("h", "", refuses(100.0))
    assert not memory.recall("h", CALLER).refuses_hints
    memory.keep("h", "", refuses(400.0))
    memory.keep("h", "", wants(300.0))
    assert memory.recall("h", CALLER).refuses_hints
    assert client.ttl(keys.caller_refuses("h", CALLER)) == -1
