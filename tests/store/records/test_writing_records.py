"""Every entry that a turn left behind stands in the database once, whatever dies in between."""

import logging
import multiprocessing
import threading
from itertools import pairwise
from pathlib import Path

import pytest
import redis
import sqlalchemy as sa
from told import ENDED, NOON, STARTED, Told, said

from ivr.call.entries import Entry
from ivr.store import keys
from ivr.store.connect import connect
from ivr.store.embedded import Embedded
from ivr.store.records.database import create_engine_for
from ivr.store.records.outbox import GROUP, READER
from ivr.store.records.reader import RecordsReader
from ivr.store.records.schema import events
from ivr.store.records.sink import write
from ivr.store.records.writer import LOG_EVERY_S, RecordsWriter
from ivr.store.streams import make_group, read_new

pytestmark = [pytest.mark.redis, pytest.mark.parametrize("server", ["embedded"], indirect=True)]

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def writer(client: redis.Redis, engine: sa.Engine) -> RecordsWriter:
    return RecordsWriter(client, engine, ["telecom"])


def waiting(client: redis.Redis) -> int:
    return int(client.xlen(keys.events("telecom")))


def drain(writer: RecordsWriter, now: float = NOON) -> int:
    """Step until there is nothing left, a minute a step; returns how many entries were written."""
    written = 0
    while step := writer.step(now):
        written, now = written + step, now + 60
    return written


def holds_on(client: redis.Redis) -> None:
    """Who leads goes on leading, however long this machine stands still."""
    assert client.persist(keys.events_leader("telecom"))


def texts(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        found = connection.execute(sa.select(events.c.data).order_by(events.c.seq)).scalars()
        return [data.get("text", "") for data in found]


def test_a_call_is_written_down_with_its_events_in_order(
    tell: Told, writer: RecordsWriter, reader: RecordsReader
) -> None:
    tell("CA1", STARTED, said("您好"))
    tell("CA1", said("再见"), ENDED)
    assert drain(writer) == 4
    record = reader.call("CA1")
    assert record
    assert [event.kind for event in record.events] == ["started", "said", "said", "ended"]
    assert [event.n for event in record.events] == [1, 2, 3, 4]
    assert [event.data.get("text") for event in record.events[1:3]] == ["您好", "再见"]
    assert writer.healthy


def test_the_summary_row_tells_who_called_and_how_it_ended(  # R1 R36 R38 R81 R96
    tell: Told, writer: RecordsWriter, reader: RecordsReader
) -> None:
    tell("CA1", STARTED, ENDED)
    drain(writer)
    (row,) = reader.calls()
    assert not row.running
    assert (row.caller, row.called, row.channel, row.version) == ("+12025550100", "+18005550199", "twilio", "3f2a")
    assert (row.started_at, row.ended_at, row.language) == (NOON, NOON + 61.5, "zh")
    assert (row.outcome, row.why, row.mode) == ("answered", "hangup", "smart")
    assert (row.intent, row.answered) == ("余额", ["余额"])
    assert (row.seconds, row.seconds_to_answer, row.waited_s) == (61.5, 12.25, 30.5)
    assert (row.requests, row.offers, row.consents, row.queue, row.agent) == (2, 1, 0, "vip", None)
    assert (row.rating_machine, row.rating_human) == (5, None)


def test_a_call_without_an_end_is_running(tell: Told, writer: RecordsWriter, reader: RecordsReader) -> None:
    tell("CA1", STARTED, said("hello"))
    drain(writer)
    (row,) = reader.calls(running=True)
    assert row.running
    assert reader.calls(running=False) == []


def test_an_end_with_nothing_in_it_still_ends_the_call(
    tell: Told, writer: RecordsWriter, reader: RecordsReader
) -> None:
    tell("CA1", STARTED, Entry("ended", NOON + 5, {}))
    drain(writer)
    (row,) = reader.calls()
    assert (row.ended_at, row.outcome, row.caller, row.language) == (NOON + 5, None, "+12025550100", "en")


def test_an_end_told_twice_and_before_the_start_loses_nothing(
    tell: Told, writer: RecordsWriter, reader: RecordsReader
) -> None:
    tell("CA1", ENDED)
    tell("CA1", Entry("ended", NOON + 99, {"rating_human": 4}))
    tell("CA1", STARTED)
    drain(writer)
    (row,) = reader.calls()
    assert (row.started_at, row.ended_at, row.outcome, row.rating_human) == (NOON, NOON + 99, "answered", 4)


def test_absurd_values_leave_their_column_empty(tell: Told, writer: RecordsWriter, reader: RecordsReader) -> None:
    absurd = {"seconds": "long", "rating_machine": 10**30, "answered": {"a": 1}, "requests": True, "queue": ["a"]}
    tell("CA1", STARTED, Entry("ended", NOON, absurd))
    drain(writer)
    (row,) = reader.calls()
    assert (row.seconds, row.rating_machine, row.requests, row.queue) == (None, None, None, "['a']")


def test_what_no_database_can_hold_does_not_hold_up_the_rest(
    client: redis.Redis, tell: Told, writer: RecordsWriter, reader: RecordsReader
) -> None:
    tell("CA1", Entry("started", NOON, {"caller": "nul \x00 inside", "called": "+1"}), said("nul \x00 inside"))
    for entry in (b"{not json", b'{"kind":"said"}', b"\xff\xfe", b'{"kind":"said","at":1e999,"data":{}}'):
        client.xadd(keys.events("telecom"), {"call": "CA1", "n": "", "entry": entry})
    client.xadd(keys.events("telecom"), {"nonsense": "1"})
    tell("CA1", said("after"))
    drain(writer)
    record = reader.call("CA1")
    assert record
    assert record.summary.caller == "nul \ufffd inside"
    assert [event.kind for event in record.events][-1] == "said"
    assert [event.kind for event in record.events].count("unreadable") == 4
    assert waiting(client) <= 1


def test_letters_of_every_script_stand_in_the_file_as_they_are(
    client: redis.Redis, tell: Told, sqlite_engine: sa.Engine
) -> None:
    tell("CA1", said("欢迎致电 ☎ Ünï"))
    drain(RecordsWriter(client, sqlite_engine, ["telecom"]))
    with sqlite_engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT CAST(data AS TEXT) FROM events").scalar_one()
    assert "欢迎致电 ☎ Ünï" in stored


def test_entries_leave_the_stream_only_when_they_are_written(
    client: redis.Redis, tell: Told, writer: RecordsWriter
) -> None:
    tell("CA1", *[said(str(n)) for n in range(10)])
    assert waiting(client) == 10
    assert drain(writer) == 10
    assert waiting(client) <= 1
    tell("CA1", said("pending"), said("pending, too"))
    first, _ = read_new(client, keys.events("telecom"), GROUP, READER, count=2)
    tell("CA1", said("behind it"))
    writer.step(NOON + 1000)
    pending = [id for id, _ in client.xrange(keys.events("telecom"))]
    assert first.id.encode() in pending


def test_a_worker_killed_between_the_database_and_redis_leaves_no_row_twice(
    client: redis.Redis, tell: Told, engine: sa.Engine, writer: RecordsWriter
) -> None:
    tell("CA1", STARTED, *[said(str(n)) for n in range(20)], ENDED)
    make_group(client, keys.events("telecom"), GROUP)
    write(engine, "telecom", read_new(client, keys.events("telecom"), GROUP, READER, count=15))
    # … and here it dies, before it could say so to Redis
    drain(writer)
    assert texts(engine)[1:21] == [str(n) for n in range(20)]
    assert len(texts(engine)) == 22


def test_a_worker_killed_before_the_database_leaves_its_entries_to_the_next(
    client: redis.Redis, tell: Told, engine: sa.Engine, writer: RecordsWriter
) -> None:
    tell("CA1", *[said(str(n)) for n in range(20)])
    make_group(client, keys.events("telecom"), GROUP)
    read_new(client, keys.events("telecom"), GROUP, READER, count=15)
    drain(writer)
    assert texts(engine) == [str(n) for n in range(20)]


def test_two_hotlines_with_one_stream_id_are_two_rows(
    client: redis.Redis, engine: sa.Engine, reader: RecordsReader
) -> None:
    for hotline in ("telecom", "bank"):
        fields = {"call": "CA1", "n": "1", "entry": b'{"kind":"started","at":1.0,"data":{}}'}
        client.xadd(keys.events(hotline), fields, id="5-1")
    assert drain(RecordsWriter(client, engine, ["telecom", "bank"])) == 2
    assert {row.hotline for row in reader.calls()} == {"telecom", "bank"}


def test_one_worker_leads_and_another_takes_over_when_it_stops(
    client: redis.Redis, tell: Told, engine: sa.Engine
) -> None:
    one, two = (RecordsWriter(client, engine, ["telecom"]) for _ in range(2))
    tell("CA1", said("a"))
    assert one.step(NOON) == 1
    holds_on(client)
    assert two.step(NOON) == 0
    tell("CA1", said("b"))
    assert (two.step(NOON), one.step(NOON)) == (0, 1)
    one.close()
    tell("CA1", said("c"))
    assert two.step(NOON) == 1
    assert texts(engine) == ["a", "b", "c"]


def test_a_leader_that_fell_silent_is_replaced_and_what_it_still_writes_changes_nothing(
    client: redis.Redis, tell: Told, engine: sa.Engine
) -> None:
    slow, quick = (RecordsWriter(client, engine, ["telecom"]) for _ in range(2))
    slow.step(NOON)
    tell("CA1", said("a"), said("b"))
    held_up = read_new(client, keys.events("telecom"), GROUP, READER, count=10)
    client.delete(keys.events_leader("telecom"))  # its lease lapses
    drain(quick)
    write(engine, "telecom", held_up)
    assert texts(engine) == ["a", "b"]


# --- the database is full or away ---------------------------------------------------------------------


def test_on_a_full_disk_entries_wait_and_are_written_when_there_is_room(
    client: redis.Redis, tell: Told, sqlite_engine: sa.Engine, caplog: pytest.LogCaptureFixture
) -> None:
    pages = [40]
    sa.event.listen(sqlite_engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={pages[0]}").close())
    writer = RecordsWriter(client, sqlite_engine, ["telecom"], batch=50)
    for number in range(20):
        tell(f"CA{number}", *[said(f"{number}.{n} " + "long " * 40) for n in range(30)])
    written = drain(writer)
    left = waiting(client)
    assert 0 < written < 600
    assert not writer.healthy
    assert "database or disk is full" in writer.healthy.why

    for minute in range(1, 11):
        writer.step(NOON + 5000 + minute * LOG_EVERY_S / 5)
    assert waiting(client) == left
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert 2 <= len(told) <= 4  # not one a step

    pages[0] = 100_000
    sqlite_engine.dispose()
    drain(writer, NOON + 10_000)
    assert writer.healthy
    assert len(texts(sqlite_engine)) == len(set(texts(sqlite_engine))) == 600


def test_a_database_that_is_away_is_tried_again_ever_more_seldom(
    client: redis.Redis, tell: Told, tmp_path: Path
) -> None:
    (tmp_path / "away.db").mkdir()  # where the file should be
    engine = create_engine_for(f"sqlite:///{tmp_path / 'away.db'}")
    writer = RecordsWriter(client, engine, ["telecom"])
    tell("CA1", said("kept"))
    now, tried = NOON, []
    sa.event.listen(engine, "do_connect", lambda *_: tried.append(now))
    while now < NOON + 300:
        writer.step(now)
        now += 0.25
    tries = sorted(set(tried))
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps[0] <= 1
    assert gaps[-1] == 30
    assert "unable to open database file" in writer.healthy.why
    (tmp_path / "away.db").rmdir()
    drain(writer, now + 60)
    assert writer.healthy
    assert texts(engine) == ["kept"]
    engine.dispose()


def test_every_worker_knows_of_the_leaders_trouble(client: redis.Redis, tmp_path: Path, engine: sa.Engine) -> None:
    (tmp_path / "away.db").mkdir()
    away = create_engine_for(f"sqlite:///{tmp_path / 'away.db'}")
    troubled, other = RecordsWriter(client, away, ["telecom"]), RecordsWriter(client, engine, ["telecom"])
    leader = RecordsWriter(client, engine, ["telecom"])
    troubled.step(NOON)
    assert client.get(keys.events_trouble("telecom"))
    leader.step(NOON)  # it can reach the database, and so takes the lead and mends the news
    holds_on(client)
    other.step(NOON)
    assert leader.healthy
    assert other.healthy
    leader.client.set(keys.events_trouble("telecom"), "database or disk is full")
    other.step(NOON)
    assert other.healthy.why == "database or disk is full"
    away.dispose()


def test_without_redis_the_writer_says_so_and_goes_on_when_it_is_back(engine: sa.Engine, server: Embedded) -> None:
    writer = RecordsWriter(connect("redis://127.0.0.1:1"), engine, ["telecom"])
    assert writer.step(NOON) == 0
    assert "Redis does not answer" in writer.healthy.why
    writer.close()


def test_events_lost_with_a_server_that_lost_its_data_do_not_stop_new_ones(
    client: redis.Redis, tell: Told, engine: sa.Engine, writer: RecordsWriter
) -> None:
    tell("CA1", said("a"))
    drain(writer)
    client.flushall()
    tell("CA1", said("b"))
    drain(writer, NOON + 60)
    assert texts(engine) == ["a", "b"]


# --- killed for real ------------------------------------------------------------------------------------


def write_for_ever(redis_url: str, database_url: str) -> None:
    engine = create_engine_for(database_url)
    RecordsWriter(connect(redis_url, timeout_s=60), engine, ["telecom"], batch=20).run(threading.Event())


def test_killed_over_and_over_each_row_is_written_once(
    client: redis.Redis, server: Embedded, tell: Told, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    engine = create_engine_for(url)
    mine = RecordsWriter(client, engine, ["telecom"])
    mine.step(NOON)  # makes the tables
    mine.close()
    told = 0

    def rows() -> int:
        with engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(events)).scalar_one())

    for _ in range(3):
        worker = SPAWN.Process(target=write_for_ever, args=(server.url, url))
        worker.start()
        had = rows()
        while rows() < had + 60:  # it is at work, with more before it
            tell("CA1", *[said(str(told + n)) for n in range(100)])
            told += 100
            threading.Event().wait(0.002)
        worker.kill()
        worker.join()
        worker.close()
        client.delete(keys.events_leader("telecom"))  # rather than wait for its lease to lapse
    drain(mine)
    assert texts(engine) == [str(n) for n in range(told)]
    engine.dispose()


def test_told_to_stop_it_stops_and_lets_go_of_the_lead(client: redis.Redis, tell: Told, engine: sa.Engine) -> None:
    tell("CA1", said("a"))
    writer, stop = RecordsWriter(client, engine, ["telecom"]), threading.Event()
    thread = threading.Thread(target=writer.run, args=(stop,))
    thread.start()
    while not texts(engine):
        stop.wait(0.005)
    stop.set()
    thread.join(60)
    assert not thread.is_alive()
    assert client.get(keys.events_leader("telecom")) is None


def test_how_a_talk_ended_is_a_column_whenever_it_is_told(  # R75
    tell: Told, writer: RecordsWriter, reader: RecordsReader
) -> None:
    tell("CA1", Entry("closed", NOON + 70, {"outcome": "solved", "by": "amy", "note": "new router"}))
    tell("CA1", STARTED, ENDED)
    drain(writer)
    (row,) = reader.calls()
    assert (row.closed, row.closed_by, row.outcome) == ("solved", "amy", "answered")
