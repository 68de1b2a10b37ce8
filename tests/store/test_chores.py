"""A chore is done at least once, by whichever worker lives; one that cannot be done is put where people see it."""

import pytest
import redis

from ivr.call.tasks import Chore, KeepVoicemail, LeaveLine, SendSms
from ivr.call.turns import Saved
from ivr.store import keys
from ivr.store.calls import RedisCalls
from ivr.store.chores import DELAYS_S, Chores, Due

pytestmark = pytest.mark.redis

NOON = 1_795_000_000.0
SMS = SendSms("+12025550100", "您的余额是 12.50 元")


@pytest.fixture
def worker(client: redis.Redis) -> Chores:
    return Chores(client, "telecom")


def ask_for(client: redis.Redis, *chores: Chore, call: str = "CA1") -> None:
    calls = RedisCalls(client)
    opened = calls.open("telecom", call, None, now=NOON)
    assert calls.commit(opened, Saved(1, b"s", b"a", (), chores), now=NOON)


def read(worker: Chores, now: float = NOON, count: int = 10) -> list[Due]:
    return worker.read(count, None, now=now)


def test_what_a_turn_asked_for_reaches_a_worker(client: redis.Redis, worker: Chores) -> None:
    wanted = [SMS, LeaveLine("vip", "hangup"), KeepVoicemail("RE1", 12.5, "vip", "+1")]
    ask_for(client, *wanted)
    due = read(worker)
    assert [one.chore for one in due] == wanted
    assert {(one.hotline, one.call, one.attempt) for one in due} == {("telecom", "CA1", 1)}
    assert len({one.once for one in due}) == 3


def test_each_chore_goes_to_one_worker(client: redis.Redis, worker: Chores) -> None:
    other = Chores(client, "telecom")
    ask_for(client, SMS, SMS, SMS)
    assert [len(read(worker, count=2)), len(read(other, count=2)), len(read(worker))] == [2, 1, 0]


def test_done_is_done_and_leaves_nothing(client: redis.Redis, worker: Chores) -> None:
    ask_for(client, SMS)
    (due,) = read(worker)
    worker.done(due)
    worker.done(due)
    assert client.xlen(keys.chores("telecom")) == 0
    assert read(Chores(client, "telecom", abandoned_after_s=0)) == []


def test_a_worker_waits_for_a_new_chore(client: redis.Redis, worker: Chores) -> None:
    assert worker.read(1, 10, now=NOON) == []
    ask_for(client, SMS)
    assert len(worker.read(1, 10, now=NOON)) == 1


def test_a_failed_chore_comes_again_later_under_the_same_name(client: redis.Redis, worker: Chores) -> None:
    ask_for(client, SMS)
    (first,) = read(worker)
    assert worker.failed(first, "carrier busy", now=NOON)
    assert read(worker, NOON + DELAYS_S[0] - 1) == []
    (second,) = read(worker, NOON + DELAYS_S[0])
    assert (second.chore, second.call, second.once, second.attempt) == (SMS, "CA1", first.once, 2)


def test_after_the_last_try_it_is_given_up_for_people_to_see(client: redis.Redis, worker: Chores) -> None:
    ask_for(client, SMS)
    now, tries = NOON, 0
    while due := read(worker, now):
        tries += 1
        again = worker.failed(due[0], "号码不存在", now=now)
        now += DELAYS_S[-1]
    assert (tries, again) == (len(DELAYS_S) + 1, False)
    (dead,) = worker.dead()
    assert (dead.kept.call, dead.why) == ("CA1", "号码不存在")
    assert "您的余额是 12.50 元" in dead.kept.chore


def test_a_secret_text_is_kept_from_the_people_who_see_dead_chores(client: redis.Redis, worker: Chores) -> None:
    ask_for(client, SendSms("+1", "Your PIN is 4711", secret=True))
    now = NOON
    while due := read(worker, now):
        worker.failed(due[0], "no such number", now=now)
        now += DELAYS_S[-1]
    assert "4711" not in worker.dead()[0].kept.chore


def test_a_dead_workers_chore_goes_to_another_once(client: redis.Redis, worker: Chores) -> None:
    ask_for(client, SMS)
    (left,) = read(worker)
    heir, late = (Chores(client, "telecom", abandoned_after_s=0) for _ in range(2))
    (found,) = read(heir)
    assert (found.once, found.attempt) == (left.once, 2)
    heir.done(found)
    assert read(late) == []


def test_a_living_workers_chore_stays_its_own(client: redis.Redis, worker: Chores) -> None:
    ask_for(client, SMS)
    read(worker)
    assert read(Chores(client, "telecom")) == []


def test_a_chore_that_kills_its_workers_is_given_up(client: redis.Redis) -> None:
    ask_for(client, SMS)
    deaths = 0
    while read(Chores(client, "telecom", abandoned_after_s=0)):
        deaths += 1
    assert deaths == len(DELAYS_S) + 1
    assert "workers died" in Chores(client, "telecom").dead()[0].why


def test_a_chore_settled_by_its_heir_is_not_settled_again(client: redis.Redis, worker: Chores) -> None:
    ask_for(client, SMS)
    (mine,) = read(worker)
    (his,) = read(Chores(client, "telecom", abandoned_after_s=0))
    worker.done(his)
    worker.failed(mine, "too slow", now=NOON)
    assert read(worker, NOON + 9999) == []


def test_a_chore_from_a_later_release_is_put_aside_and_the_others_are_done(client: redis.Redis, worker: Chores) -> None:
    client.xadd(keys.chores("telecom"), {"call": "CA1", "chore": b'{"task":"FlyToTheMoon"}'})
    client.xadd(keys.chores("telecom"), {"call": "CA1", "chore": b"\xff\xfe"})
    client.xadd(keys.chores("telecom"), {"nonsense": "1"})
    ask_for(client, SMS)
    assert [due.chore for due in read(worker)] == [SMS]
    assert all("unreadable" in dead.why for dead in worker.dead())
    assert len(worker.dead()) == 3


def test_a_stream_that_was_thrown_away_begins_anew(client: redis.Redis, worker: Chores) -> None:
    ask_for(client, SMS)
    read(worker)
    client.flushall()
    ask_for(client, SMS)
    assert len(read(worker)) == 1
