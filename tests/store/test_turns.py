"""One worker at a time has a call; what it leaves behind is written whole or not at all."""

import gc
import threading
from collections import Counter
from dataclasses import replace

import msgspec
import pytest
import redis

from ivr.call.entries import Entry
from ivr.call.tasks import LeaveLine, SendSms
from ivr.call.turns import Opened, Saved
from ivr.errors import StoreDown
from ivr.runtime.ports import Calls
from ivr.store import keys
from ivr.store.calls import LEASE_S, RedisCalls
from ivr.store.connect import connect

pytestmark = pytest.mark.redis

NOON = 1_795_000_000.25
SAID = Entry("said", NOON, {"step": "main.welcome", "text": "您好，欢迎致电。"})


@pytest.fixture
def calls(client: redis.Redis) -> RedisCalls:
    return RedisCalls(client)


def play(calls: RedisCalls, call: str, turn: int | None, saved: Saved, now: float = NOON) -> Opened:
    opened = calls.open("telecom", call, turn, now=now)
    assert calls.commit(opened, saved, now=now)
    return opened


def test_it_is_the_port_the_conductor_asks_for(calls: RedisCalls) -> None:
    port: Calls = calls
    assert port.open("telecom", "CA1", 0, now=NOON).found == "new"


def test_a_call_goes_from_turn_to_turn(calls: RedisCalls) -> None:
    assert play(calls, "CA1", 0, Saved(1, b"first", b"<1/>")).found == "new"
    opened = calls.open("telecom", "CA1", 1, now=NOON)
    assert (opened.found, opened.turn, opened.state) == ("ready", 1, b"first")


def test_a_turn_that_comes_twice_gets_the_same_answer_and_changes_nothing(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"first", b"<1/>", [SAID]))
    again = calls.open("telecom", "CA1", 0, now=NOON)
    assert (again.found, again.answer) == ("replay", b"<1/>")
    assert calls.client.xlen(keys.events("telecom")) == 1


def test_a_doubled_turn_waits_while_the_first_is_worked_on_and_then_gets_its_answer(calls: RedisCalls) -> None:
    first = calls.open("telecom", "CA1", 0, now=NOON)
    assert calls.open("telecom", "CA1", 0, now=NOON).found == "busy"
    calls.commit(first, Saved(1, b"first", b"<1/>"), now=NOON)
    assert calls.open("telecom", "CA1", 0, now=NOON).answer == b"<1/>"


def test_a_late_turn_is_answered_while_the_next_one_is_worked_on(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"first", b"<1/>"))
    calls.open("telecom", "CA1", 1, now=NOON)
    assert calls.open("telecom", "CA1", 0, now=NOON).found == "replay"


def test_news_from_an_agent_come_whatever_turn_it_is(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(7, b"seventh", b"<7/>"))
    opened = calls.open("telecom", "CA1", None, now=NOON)
    assert (opened.found, opened.turn) == ("ready", 7)


def test_a_turn_from_before_the_server_lost_its_last_second_is_worked_on(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(3, b"third", b"<3/>"))
    assert calls.open("telecom", "CA1", 5, now=NOON).found == "ready"


def test_a_claim_given_back_leaves_no_trace(calls: RedisCalls) -> None:
    calls.release(calls.open("telecom", "CA1", 0, now=NOON))
    assert calls.client.keys() == []
    assert calls.open("telecom", "CA1", 0, now=NOON).found == "new"


def test_a_claim_given_back_keeps_the_state(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"first", b"<1/>"))
    calls.release(calls.open("telecom", "CA1", 1, now=NOON))
    assert calls.open("telecom", "CA1", 1, now=NOON).state == b"first"


def test_a_claim_that_could_not_be_given_back_is_taken_up_at_the_next_try(calls: RedisCalls) -> None:
    opened, here = calls.open("telecom", "CA1", 0, now=NOON), calls.client
    calls.client = connect("unix:///nowhere.sock")
    with pytest.raises(StoreDown):
        calls.release(opened)
    calls.client = here
    assert RedisCalls(here).open("telecom", "CA1", 0, now=NOON + 1).found == "busy"
    again = calls.open("telecom", "CA1", 0, now=NOON + 1)
    assert again.found == "new"
    assert calls.commit(again, Saved(1, b"s", b"a"), now=NOON + 1)


def test_a_dead_workers_call_is_free_after_the_lease(calls: RedisCalls) -> None:
    calls.open("telecom", "CA1", 0, now=NOON)
    assert calls.open("telecom", "CA1", 0, now=NOON + LEASE_S - 1).found == "busy"
    assert calls.open("telecom", "CA1", 0, now=NOON + LEASE_S).found == "new"


def test_who_lost_the_claim_writes_nothing(calls: RedisCalls) -> None:
    slow = calls.open("telecom", "CA1", 0, now=NOON)
    quick = calls.open("telecom", "CA1", 0, now=NOON + LEASE_S)
    assert calls.commit(slow, Saved(1, b"slow", b"<slow/>", [SAID], [SendSms("+1", "slow")]), now=NOON + 30) is False
    assert calls.client.xlen(keys.events("telecom")) == calls.client.xlen(keys.chores("telecom")) == 0
    assert calls.commit(quick, Saved(1, b"quick", b"<quick/>"), now=NOON + 30)
    assert calls.commit(slow, Saved(1, b"slow", b"<slow/>"), now=NOON + 30) is False
    assert calls.open("telecom", "CA1", 1, now=NOON + 30).state == b"quick"


def test_a_slow_worker_whom_nobody_replaced_may_still_write(calls: RedisCalls) -> None:
    slow = calls.open("telecom", "CA1", 0, now=NOON)
    assert calls.commit(slow, Saved(1, b"slow", b"<slow/>"), now=NOON + 50)


def test_a_made_up_token_writes_nothing(calls: RedisCalls) -> None:
    opened = calls.open("telecom", "CA1", 0, now=NOON)
    assert not calls.commit(replace(opened, token=""), Saved(1, b"x", b"x"), now=NOON)


def test_a_commit_sent_again_because_its_answer_was_lost_is_true_and_written_once(calls: RedisCalls) -> None:
    opened = calls.open("telecom", "CA1", 0, now=NOON)
    saved = Saved(1, b"first", b"<1/>", [SAID], [SendSms("+1", "hello")])
    assert calls.commit(opened, saved, now=NOON)
    assert calls.commit(opened, saved, now=NOON)
    assert calls.client.xlen(keys.events("telecom")) == calls.client.xlen(keys.chores("telecom")) == 1


def test_of_racing_workers_exactly_one_gets_the_call(calls: RedisCalls) -> None:
    start = threading.Barrier(8)
    found: list[str] = []

    def race() -> None:
        start.wait()
        for number in range(50):
            found.append(f"{number} {calls.open('telecom', f'CA{number}', 0, now=NOON).found}")

    racers = [threading.Thread(target=race) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert Counter(found) == {f"{n} new": 1 for n in range(50)} | {f"{n} busy": 7 for n in range(50)}


def test_racing_turns_are_each_written_once(calls: RedisCalls) -> None:
    """Eight threads all bring every turn of one call; each turn's entry stands once, in order."""
    start = threading.Barrier(8)

    def bring_all() -> None:
        start.wait()
        turn = 0
        while turn < 25:
            opened = calls.open("telecom", "CA1", turn, now=NOON)
            if opened.found in ("new", "ready"):
                entry = Entry("said", NOON, {"turn": turn})
                assert calls.commit(opened, Saved(turn + 1, b"s", b"<a/>", [entry]), now=NOON)
            if opened.found != "busy":
                turn += 1

    racers = [threading.Thread(target=bring_all) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    stored = calls.client.xrange(keys.events("telecom"))
    assert [int(fields[b"n"]) for _, fields in stored] == list(range(1, 26))
    turns = [msgspec.json.decode(fields[b"entry"])["data"]["turn"] for _, fields in stored]
    assert turns == list(range(25))


def test_entries_and_chores_wait_in_the_streams_as_readable_text(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"s", b"a", [SAID, SAID], [SendSms("+1", "余额"), LeaveLine("vip", "hangup")]))
    entries = [fields for _, fields in calls.client.xrange(keys.events("telecom"))]
    chores = [fields for _, fields in calls.client.xrange(keys.chores("telecom"))]
    assert [(e[b"call"], e[b"n"]) for e in entries] == [(b"CA1", b"1"), (b"CA1", b"2")]
    assert "您好，欢迎致电。" in entries[0][b"entry"].decode()
    assert "余额" in chores[0][b"chore"].decode()
    assert len(chores) == 2


def test_a_large_state_comes_back_whole(calls: RedisCalls) -> None:
    state = bytes(range(256)) * 80
    play(calls, "CA1", 0, Saved(1, state, state))
    assert calls.open("telecom", "CA1", 1, now=NOON).state == state
    assert calls.open("telecom", "CA1", 0, now=NOON).answer == state


def test_calls_of_two_hotlines_with_one_name_are_two(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"s", b"a"))
    assert calls.open("bank", "CA1", 0, now=NOON).found == "new"


def test_a_running_call_that_falls_silent_is_found(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"s", b"a"), now=NOON)
    play(calls, "CA2", 0, Saved(1, b"s", b"a"), now=NOON + 100)
    assert calls.stale("telecom", NOON + 100) == ["CA1"]
    assert calls.stale("telecom", NOON) == []


def test_a_call_that_is_over_no_longer_runs_and_still_answers_doubled_turns(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"s", b"a"))
    play(calls, "CA1", 1, Saved(2, b"over", b"<Hangup/>", final=True))
    assert calls.stale("telecom", NOON + 9999) == []
    assert calls.open("telecom", "CA1", 1, now=NOON).answer == b"<Hangup/>"


def test_a_call_whose_state_is_gone_can_still_be_closed(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"s", b"a"))
    calls.client.delete(keys.call("telecom", "CA1"))
    opened = play(calls, "CA1", None, Saved(1, b"", b"", [Entry("ended", NOON, {"outcome": "lost"})], final=True))
    assert opened.found == "new"
    assert calls.stale("telecom", NOON + 9999) == []


def test_a_slow_lookups_first_answer_is_kept(calls: RedisCalls) -> None:
    assert calls.answer("telecom", "CA1", "7") is None
    calls.keep_answer("telecom", "CA1", "7", b"first")
    calls.keep_answer("telecom", "CA1", "7", b"second")
    assert calls.answer("telecom", "CA1", "7") == b"first"


def test_everything_of_a_call_is_forgotten_by_itself(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"s", b"a"))
    calls.keep_answer("telecom", "CA1", "7", b"first")
    calls.open("telecom", "CA2", 0, now=NOON)
    ttl = calls.client.ttl
    assert keys.CALL_LIFE_S - 3600 < ttl(keys.call("telecom", "CA1")) <= keys.CALL_LIFE_S
    assert keys.CALL_LIFE_S - 3600 < ttl(keys.lookup_answer("telecom", "CA1", "7")) <= keys.CALL_LIFE_S
    assert 0 < ttl(keys.call("telecom", "CA2")) <= keys.CLAIM_LIFE_S


def test_a_turn_costs_two_round_trips(calls: RedisCalls) -> None:
    play(calls, "CA1", 0, Saved(1, b"s", b"a"))  # the server learns the scripts
    gc.collect()  # a client that another test has left would be read to its end
    reads = calls.client.info("stats")["total_reads_processed"]
    play(calls, "CA1", 1, Saved(2, b"s", b"a", [SAID], [SendSms("+1", "x")]))
    asking_costs = 1
    assert calls.client.info("stats")["total_reads_processed"] - reads == 2 + asking_costs


def test_no_server_is_said_as_such() -> None:
    calls = RedisCalls(connect("redis://127.0.0.1:1"))
    with pytest.raises(StoreDown, match="Redis does not answer"):
        calls.open("telecom", "CA1", 0, now=NOON)


def test_a_hotlines_name_cannot_break_out_of_its_slot() -> None:
    with pytest.raises(ValueError, match="letters, digits and hyphens"):
        keys.call("a}b", "CA1")
