"""What came to each queue, and what became of it."""

from __future__ import annotations

import sqlalchemy as sa
from kept import AT, Kept, connected, left, queued

from ivr.store.records.database import create_tables
from ivr.store.records.schema import metadata
from ivr.store.records.traffic import QueueTraffic, TrafficLog


def test_callers_are_counted_as_incoming_answered_and_abandoned(engine: sa.Engine) -> None:  # R94
    kept = Kept(engine)
    kept.call("a", queued("vip"), connected("vip", "chen"), outcome="connected")
    kept.call("b", queued("vip"), left("vip", "hangup"), outcome="abandoned")
    kept.call("c", queued("vip"))
    kept.call("d", outcome="answered")
    found = TrafficLog(engine, "telecom").since(AT)
    assert (found.calls, found.to_people) == (4, 3)
    assert found.queues == {"vip": QueueTraffic(incoming=3, answered=1, abandoned=1)}


def test_who_hangs_up_after_the_answer_in_line_was_not_lost(engine: sa.Engine) -> None:  # R38
    Kept(engine).call("a", queued("vip"), left("vip", "answered"), outcome="answered")
    assert TrafficLog(engine, "telecom").since(AT).queues["vip"].abandoned == 0


def test_a_caller_moved_to_another_queue_is_a_transfer_there(engine: sa.Engine) -> None:  # R74
    Kept(engine).call("a", queued("general"), left("general", "moved_on", 2), queued("technical", 3))
    found = TrafficLog(engine, "telecom").since(AT)
    assert found.to_people == 1
    assert found.queues["general"] == QueueTraffic(incoming=1)
    assert found.queues["technical"] == QueueTraffic(incoming=1, transfers=1)


def test_a_caller_back_in_the_same_line_counts_once(engine: sa.Engine) -> None:
    Kept(engine).call("a", queued("vip"), connected("vip", "chen", 2), queued("vip", 3), connected("vip", "dina", 9))
    assert TrafficLog(engine, "telecom").since(AT).queues["vip"] == QueueTraffic(incoming=1, answered=1)


def test_what_was_before_does_not_count_but_a_call_that_began_before_may(engine: sa.Engine) -> None:
    kept = Kept(engine)
    kept.call("yesterday", queued("vip"), at=AT - 86_400, outcome="abandoned")
    kept.call("long", queued("vip", 1), connected("vip", "chen", 7000), at=AT - 3600)
    found = TrafficLog(engine, "telecom").since(AT)
    assert (found.calls, found.to_people) == (0, 0)
    assert found.queues == {"vip": QueueTraffic(answered=1)}


def test_another_hotlines_calls_do_not_count(engine: sa.Engine) -> None:
    Kept(engine, "bank").call("a", queued("vip"))
    assert TrafficLog(engine, "telecom").since(AT).queues == {}


def test_an_entry_without_a_queue_is_passed_over(engine: sa.Engine) -> None:
    Kept(engine).call("a", (1, "queued", {}), (2, "connected", {"queue": None}), (3, "left_line", {"queue": 7}))
    assert TrafficLog(engine, "telecom").since(AT).queues == {}


def test_a_second_look_counts_what_is_new_and_nothing_twice(engine: sa.Engine) -> None:
    kept, log = Kept(engine), TrafficLog(engine, "telecom")
    kept.call("a", queued("vip"))
    assert log.since(AT).queues["vip"] == QueueTraffic(incoming=1)
    kept.call("b", queued("vip"), connected("vip", "chen"))
    for _ in range(2):
        assert log.since(AT).queues["vip"] == QueueTraffic(incoming=2, answered=1)


def test_the_last_hour_and_the_whole_day_may_be_asked_in_turn(engine: sa.Engine) -> None:
    kept, log = Kept(engine), TrafficLog(engine, "telecom")
    kept.call("early", queued("vip"), at=AT - 7200)
    kept.call("late", queued("vip"), at=AT)
    for _ in range(2):
        assert log.since(AT - 3600).queues["vip"].incoming == 1
        assert log.since(AT - 8000).queues["vip"].incoming == 2
    kept.call("written late", queued("vip"), at=AT - 7000)
    assert log.since(AT - 3600).queues["vip"].incoming == 1
    assert log.since(AT - 8000).queues["vip"].incoming == 3


def test_what_is_older_than_a_day_is_forgotten(engine: sa.Engine) -> None:
    kept, log = Kept(engine), TrafficLog(engine, "telecom")
    kept.call("a", queued("vip"))
    assert log.since(AT).to_people == 1
    assert log.since(AT + 2 * 86_400).to_people == 0
    assert log.since(AT).to_people == 1, "and is read anew when it is asked for"


def test_a_database_that_was_emptied_is_counted_anew(sqlite_engine: sa.Engine) -> None:
    create_tables(sqlite_engine)
    log = TrafficLog(sqlite_engine, "telecom")
    Kept(sqlite_engine).call("a", queued("vip"), queued("general", 2))
    assert log.since(AT).to_people == 1
    metadata.drop_all(sqlite_engine)
    create_tables(sqlite_engine)
    assert log.since(AT).queues == {}
