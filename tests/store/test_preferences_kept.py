"""What is kept of how callers like to be served, in whatever order and however often it comes."""

from __future__ import annotations

import pytest
from redis import Redis

from ivr.call.habits import Habit, Wish
from ivr.call.tasks import ForgetHabits, KeepHabit, KeepWish
from ivr.store import keys
from ivr.store.memory import RedisMemory
from ivr.store.memos import MOST_CALLS
from ivr.store.preferences import RedisPreferences

CALLER = "+12025550101"
SLOW, BY_VOICE = Habit(100.0, pace="slow"), Habit(200.0, input="voice", way="person")


@pytest.fixture
def kept(client: Redis) -> RedisPreferences:
    return RedisPreferences(client)


def test_of_a_caller_nobody_knows_nothing_is_kept(kept: RedisPreferences) -> None:
    assert kept.of("h", CALLER) == ((), {})


def test_calls_come_back_the_latest_last_and_once_each(kept: RedisPreferences) -> None:  # R33
    for _ in range(2):
        kept.keep("h", "c2", KeepHabit(CALLER, BY_VOICE))
        kept.keep("h", "c1", KeepHabit(CALLER, SLOW))
    assert kept.of("h", CALLER) == ((SLOW, BY_VOICE), {})
    assert kept.of("other", CALLER) == ((), {})


def test_the_last_word_counts_in_whatever_order_it_comes(kept: RedisPreferences) -> None:  # R33
    kept.keep("h", "c2", KeepWish(CALLER, "pace", "normal", 20.0))
    kept.keep("h", "c1", KeepWish(CALLER, "pace", "slow", 10.0))
    kept.keep("h", "c1", KeepWish(CALLER, "language", "zh", 10.0))
    assert kept.of("h", CALLER)[1] == {"pace": Wish("normal", 20.0), "language": Wish("zh", 10.0)}


def test_what_was_forgotten_stays_forgotten(kept: RedisPreferences, client: Redis) -> None:  # R33
    kept.keep("h", "c1", KeepHabit(CALLER, SLOW))
    kept.keep("h", "c1", KeepWish(CALLER, "way", "person", 90.0))
    kept.keep("h", "c2", ForgetHabits(CALLER, 150.0))
    kept.keep("h", "c1", KeepHabit(CALLER, SLOW))  # told late
    kept.keep("h", "c1", KeepWish(CALLER, "way", "person", 90.0))
    assert kept.of("h", CALLER) == ((), {})
    assert 0 < client.ttl(keys.caller_prefers("h", CALLER)) <= keys.FORGOTTEN_LIFE_S  # type: ignore[operator]


def test_what_was_shown_after_it_is_kept_however_late_it_is_forgotten(kept: RedisPreferences, client: Redis) -> None:
    kept.keep("h", "c2", KeepHabit(CALLER, BY_VOICE))
    kept.keep("h", "c1", ForgetHabits(CALLER, 150.0))
    assert kept.of("h", CALLER) == ((BY_VOICE,), {})
    assert client.ttl(keys.caller_prefers("h", CALLER)) > keys.FORGOTTEN_LIFE_S  # type: ignore[operator]


def test_it_is_forgotten_by_itself(kept: RedisPreferences, client: Redis) -> None:
    kept.keep("h", "c1", KeepHabit(CALLER, SLOW))
    assert 0 < client.ttl(keys.caller_prefers("h", CALLER)) <= keys.PREFERS_LIFE_S  # type: ignore[operator]


def test_a_machine_that_calls_all_day_makes_no_endless_list(kept: RedisPreferences) -> None:
    kept.keep("h", "c", KeepWish(CALLER, "pace", "slow", 1.0))
    for n in range(MOST_CALLS + 20):
        kept.keep("h", f"c{n}", KeepHabit(CALLER, Habit(float(n), input="keys")))
    habits, said = kept.of("h", CALLER)
    assert [habit.at for habit in habits] == [float(n) for n in range(20, MOST_CALLS + 20)]
    assert said == {"pace": Wish("slow", 1.0)}


def test_it_is_recalled_with_all_else(client: Redis) -> None:  # R33
    memory = RedisMemory(client)
    memory.keep("h", "c1", KeepHabit(CALLER, SLOW))
    memory.keep("h", "c1", KeepWish(CALLER, "way", "person", 90.0))
    found = memory.recall("h", CALLER)
    assert (found.habits, found.said) == ((SLOW,), {"way": Wish("person", 90.0)})
