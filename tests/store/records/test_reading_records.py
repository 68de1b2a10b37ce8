"""What stands in the records is found again, and reads well."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
import redis
import sqlalchemy as sa
from msgspec.json import encode
from told import ENDED, NOON, STARTED, Told, said

from ivr.call.entries import KINDS, Entry
from ivr.errors import RecordsDown, SettingsError
from ivr.store.records.database import create_engine_for, create_tables
from ivr.store.records.reader import CallEvent, CallRecord, CallSummary, Contact, RecordsReader
from ivr.store.records.show import call_table, call_text
from ivr.store.records.sink import write
from ivr.store.records.writer import RecordsWriter
from ivr.store.streams import Read

DAY_S = 86_400.0


def put(engine: sa.Engine, call: str, *entries: Entry, hotline: str = "telecom") -> None:
    """Entries straight into the tables."""
    batch = [
        Read(f"{call.encode().hex()}-{n}", {b"call": call.encode(), b"n": b"%d" % n, b"entry": encode(entry)})
        for n, entry in enumerate(entries, 1)
    ]
    write(engine, hotline, batch)


def started(at: float, caller: str = "+12025550100") -> Entry:
    return Entry("started", at, {"caller": caller})


def ended(at: float, intent: str | None) -> Entry:
    return Entry("ended", at, {"intent": intent, "outcome": "answered"})


def test_the_newest_calls_come_first_and_no_more_than_asked_for(engine: sa.Engine, reader: RecordsReader) -> None:
    for number in range(5):
        put(engine, f"CA{number}", started(NOON + number))
    assert [row.call for row in reader.calls(limit=3)] == ["CA4", "CA3", "CA2"]


def test_calls_are_found_by_hotline_caller_time_and_whether_they_run(engine: sa.Engine, reader: RecordsReader) -> None:
    put(engine, "CA1", started(NOON), ended(NOON + 9, None))
    put(engine, "CA2", started(NOON + 10, caller="anonymous"))
    put(engine, "CA3", started(NOON + 20), hotline="bank")
    assert [row.call for row in reader.calls(hotline="telecom")] == ["CA2", "CA1"]
    assert [row.call for row in reader.calls(caller="anonymous")] == ["CA2"]
    assert [row.call for row in reader.calls(since=NOON + 10, before=NOON + 20)] == ["CA2"]
    assert [row.call for row in reader.calls(running=True)] == ["CA3", "CA2"]
    assert [row.call for row in reader.calls(running=False)] == ["CA1"]


def test_a_call_nobody_knows_is_none(reader: RecordsReader) -> None:
    assert reader.call("CA404") is None


def test_one_name_on_two_hotlines_is_told_apart(engine: sa.Engine, reader: RecordsReader) -> None:
    put(engine, "CA1", started(NOON), said("telecom"))
    put(engine, "CA1", started(NOON), said("bank"), hotline="bank")
    found = reader.call("CA1", hotline="bank")
    assert found
    assert [event.data.get("text") for event in found.events] == [None, "bank"]


def test_what_a_caller_wanted_before_comes_with_its_days(engine: sa.Engine, reader: RecordsReader) -> None:  # R37
    for number, intent in enumerate(["balance", None, "余额", "balance"]):
        at = NOON - number * 30 * DAY_S
        put(engine, f"CA{number}", started(at), ended(at + 60, intent))
    put(engine, "CA9", started(NOON, caller="+1999"), ended(NOON, "complaint"))
    assert reader.history("telecom", "+12025550100", since=NOON - 70 * DAY_S) == [
        Contact(date(2026, 11, 18), "balance"),
        Contact(date(2026, 9, 19), "余额"),
    ]


def test_a_contacts_day_is_the_hotlines_day(engine: sa.Engine, reader: RecordsReader) -> None:
    late = NOON + 18 * 3600
    put(engine, "CA1", started(late), ended(late, "balance"))
    days = [reader.history("telecom", "+12025550100", since=0, zone=ZoneInfo(z))[0].day for z in ("UTC", "Asia/Seoul")]
    assert days == [date(2026, 11, 19), date(2026, 11, 19)]
    assert reader.history("telecom", "+12025550100", since=0, zone=ZoneInfo("America/Los_Angeles"))[0].day == date(
        2026, 11, 18
    )


def test_tables_may_be_made_by_many_at_once(engine: sa.Engine) -> None:
    create_tables(engine)
    create_tables(engine)


def test_a_database_without_tables_is_said_to_be_unusable(sqlite_engine: sa.Engine) -> None:
    with pytest.raises(RecordsDown, match="no such table"):
        RecordsReader(sqlite_engine).calls()


@pytest.mark.parametrize(
    "url",
    ["", "records.db", "mysql://me:secret@host/db", "postgres://me:secret@host/db", "sqlite+x:///a", "://:secret@"],
)
def test_a_bad_url_is_answered_with_good_ones_and_without_the_password(url: str) -> None:
    with pytest.raises(SettingsError, match="--database") as told:
        create_engine_for(url)
    assert "secret" not in str(told.value)


def test_a_missing_driver_is_named() -> None:
    with pytest.raises(SettingsError, match=r"needs the package psycopg2: pip install"):
        create_engine_for("postgresql+psycopg2://me@host/db")


# --- as text ------------------------------------------------------------------------------------------


SUMMARY = CallSummary(
    hotline="telecom",
    call="CA1",
    caller="+12025550100",
    started_at=NOON,
    ended_at=NOON + 61.5,
    outcome="answered",
    why="hangup",
    mode="smart",
    intent="余额",
    seconds=61.5,
    seconds_to_answer=12.25,
    rating_machine=5,
)
EVENTS = (
    CallEvent(1, NOON, "started", {"caller": "+12025550100", "called": "+18005550199", "channel": "twilio"}),
    CallEvent(2, NOON, "said", {"step": "main.welcome", "words": "welcome", "text": "您好"}),
    CallEvent(3, NOON + 4.25, "heard", {"step": "main.need", "how": "speech", "text": "查余额", "confidence": 0.93}),
    CallEvent(4, NOON + 4.25, "understood", {"intent": "余额", "confidence": 0.9, "because": "keyword"}),
    CallEvent(5, NOON + 9, "decided", {"point": "request", "rule": "gold", "inputs": {"tier": "gold"}, "queue": "vip"}),
    CallEvent(6, NOON + 9, "consent", {"offer": "may_i", "answer": "yes", "heard": "好的"}),
    CallEvent(7, NOON + 61.5, "ended", {"outcome": "answered", "seconds": 61.5}),
)


def test_a_call_reads_as_a_story() -> None:
    assert call_text(CallRecord(SUMMARY, EVENTS)).splitlines() == [
        "call CA1 on hotline telecom, 2026-11-18 11:06:40",
        "answered (hangup) after 1:01; mode smart; intent 余额; wanted information after 12.25 s; machine rated 5",
        "",
        "  0:00.0  call from +12025550100 to +18005550199 by twilio",
        "  0:00.0  said “您好”  (words welcome)   [main.welcome]",
        "  0:04.2  heard “查余额” (0.93)   [main.need]",
        "  0:04.2  understood 余额 (0.90, by keyword)",
        "  0:09.0  decided at request by rule gold, knowing tier gold  (queue vip)",
        "  0:09.0  offered may_i: yes, in the words “好的”",
        "  1:01.5  ended: answered  (seconds 61.5)",
    ]


def test_a_running_call_is_said_to_run() -> None:
    running = CallSummary(hotline="telecom", call="CA1", started_at=NOON)
    assert "still running" in call_text(CallRecord(running, ()))


def test_calls_stand_in_columns_even_in_chinese() -> None:
    other = CallSummary(hotline="电信热线", call="CA22", caller="anonymous", started_at=NOON, mode="human")
    assert call_table([SUMMARY, other], zone=ZoneInfo("Asia/Shanghai")).splitlines() == [
        "started              call  hotline   caller        length  mode   outcome   intent",
        "2026-11-18 19:06:40  CA1   telecom   +12025550100  1:01    smart  answered  余额",
        "2026-11-18 19:06:40  CA22  电信热线  anonymous             human  running",
    ]


def test_what_a_caller_said_cannot_move_the_cursor() -> None:
    event = CallEvent(1, NOON, "heard", {"how": "speech", "text": "\x1b[2Jboo\r\n\u202e"})
    text = call_text(CallRecord(SUMMARY, (event,)))
    assert text.splitlines()[-1].isprintable()


@pytest.mark.parametrize(
    "data", [{}, {"text": None}, {"intent": 5, "confidence": "high"}, {"inputs": [1], "answer": {"a": [None]}}]
)
def test_any_kind_with_any_data_reads_as_something(data: dict[str, object]) -> None:
    for kind in [*KINDS, "unheard_of"]:
        lines = call_text(CallRecord(SUMMARY, (CallEvent(None, NOON, kind, data),))).splitlines()
        assert len(lines) == 4
        assert lines[-1].startswith("  0:00.0  ")


@pytest.mark.redis
@pytest.mark.parametrize("server", ["embedded"], indirect=True)
def test_from_a_turn_to_text(client: redis.Redis, tell: Told, engine: sa.Engine, reader: RecordsReader) -> None:
    tell("CA1", STARTED, said("欢迎致电"), ENDED)
    RecordsWriter(client, engine, ["telecom"]).step(NOON)
    record = reader.call("CA1")
    assert record
    assert "欢迎致电" in call_text(record)
