"""Look-ups in a database file: what comes back, what can never be written, and what takes too long."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from ivr.call.events import LookupDone, LookupEmpty, LookupFailed
from ivr.connectors import OpenConnector
from ivr.connectors.sql_limits import LIMITS
from ivr.errors import SettingsError

FOREVER = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) as i from n"
SAID = [
    "' or 1=1 --",
    "x'; drop table balances; --",
    "A1%",
    ":account",
    "{account}",
    "A1\x00",
    "A1' union select 1, 2 --",
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "company.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript("""
            create table balances (account text primary key, amount numeric, due text);
            insert into balances values ('A1', 42.5, '2026-11-23'), ('A2', 0, '2024-02-29'), ('A3', 'lots', 'soon');
            create table tickets (ticket integer primary key, text text, once text unique);
        """)
    return path


@pytest.fixture
def billing(file: Path, opens: Callable[..., OpenConnector]) -> Callable[..., Callable[..., Any]]:
    """Open the database with one operation."""

    def billing(query: str, **operation: Any) -> Callable[..., Any]:
        patient = {"query": query, "timeout_s": 15}  # no slow machine is a slow database
        written = {"kind": "sql", "url": f"sqlite:///{file.name}", "operations": {"it": patient | operation}}
        connector = opens(written)
        return lambda once="call:1", **arguments: connector.look_up("it", arguments, once)

    return billing


@pytest.fixture
def balance(billing: Callable[..., Any]) -> Callable[..., Any]:
    query = "select amount, due from balances where account = :account"
    return billing(query, takes=["account"], gives={"amount": "money", "due": "date"})


def rows(file: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute(query).fetchall()


def test_a_balance_is_found(balance: Callable[..., Any]):
    assert balance(account="A1") == LookupDone({"amount": 42.5, "due": "2026-11-23"})


def test_an_unknown_account_is_nothing_found(balance: Callable[..., Any]):
    assert balance(account="A9") == LookupEmpty()


def test_a_row_that_is_not_as_declared_has_the_wrong_shape(balance: Callable[..., Any]):
    assert balance(account="A3") == LookupFailed("shape")


@pytest.mark.parametrize("said", SAID)
def test_what_a_caller_says_is_a_value_and_never_sql(balance: Callable[..., Any], file: Path, said: str):
    assert balance(account=said) == LookupEmpty()
    assert len(rows(file, "select * from balances")) == 3


@pytest.mark.parametrize(
    ("value", "reason"),
    [(10**40, "error"), ("\ud800", "error"), (["A1"], "arguments"), ({"a": 1}, "arguments"), (None, "arguments")],
)
def test_a_value_no_database_takes_fails(balance: Callable[..., Any], value: object, reason: str):
    assert balance(account=value) == LookupFailed(reason)


def test_many_rows_are_a_list(billing: Callable[..., Any]):
    query = "select account, amount from balances where account < 'A3' order by account"
    found = billing(query, many=True, gives=[{"account": "text", "amount": "money"}])()
    assert found == LookupDone([{"account": "A1", "amount": 42.5}, {"account": "A2", "amount": 0}])


def test_one_column_can_be_one_value_or_a_list_of_values(billing: Callable[..., Any]):
    assert billing("select count(*) from balances", gives="count")() == LookupDone(3)
    accounts = billing("select account from balances order by account", many=True, gives=["text"])
    assert accounts() == LookupDone(["A1", "A2", "A3"])
    assert billing("select account, amount from balances limit 1", gives="text")() == LookupFailed("shape")


def test_a_list_in_a_row_comes_as_json_text(billing: Callable[..., Any]):
    gives = {"account": "text", "tags": ["text"]}
    tags = "select account, json_array('a', 'b') as tags from balances where account = 'A1'"
    assert billing(tags, gives=gives)() == LookupDone({"account": "A1", "tags": ["a", "b"]})
    assert billing("select 'A1' as account, 'a, b' as tags", gives=gives)() == LookupFailed("shape")


def test_many_of_none_is_nothing_found(billing: Callable[..., Any]):
    assert billing("select account from balances where 1 = 0", many=True, gives=["text"])() == LookupEmpty()


def test_two_rows_where_one_was_declared_are_not_guessed_between(billing: Callable[..., Any]):
    assert billing("select amount from balances", gives={"amount": "money"})() == LookupFailed("shape")


@pytest.mark.parametrize(
    "query",
    [
        "with recursive n(i) as (select 1 union all select i + 1 from n limit 5000) select i from n",
        "with recursive n(i) as (select 1 union all select i + 1 from n limit 300) select hex(zeroblob(600)) from n",
    ],
)
def test_too_much_data_is_refused(billing: Callable[..., Any], query: str):
    assert billing(query, many=True, gives=["text"])() == LookupFailed("size")


def test_what_was_left_out_is_null(billing: Callable[..., Any]):
    find = billing("select :a is null as none", takes=["a?"], gives="flag")
    assert find() == LookupDone(True)
    assert find(a="x") == LookupDone(False)


def test_a_ticket_is_opened_once_however_often_the_step_is_tried(billing: Callable[..., Any], file: Path):
    query = """insert into tickets (text, once) values (:text, :once)
               on conflict (once) do update set once = excluded.once returning ticket"""
    open_ticket = billing(query, writes=True, takes=["text"], gives={"ticket": "text"})
    assert [open_ticket("CA1:3", text="no tone") for _ in range(3)] == [LookupDone({"ticket": "1"})] * 3
    assert open_ticket("CA2:3", text="no tone") == LookupDone({"ticket": "2"})
    assert rows(file, "select text from tickets") == [("no tone",), ("no tone",)]


def test_a_write_that_gives_nothing_is_done_when_it_changed_something(billing: Callable[..., Any], file: Path):
    pay = billing("update balances set amount = 0 where account = :account", writes=True, takes=["account"])
    assert pay(account="A1") == LookupDone(None)
    assert pay(account="A9") == LookupEmpty()
    assert rows(file, "select amount from balances where account = 'A1'") == [(0,)]


def test_a_write_may_give_nothing_though_rows_come_back(billing: Callable[..., Any]):
    pay = billing("update balances set amount = 0 returning account", writes=True)
    assert pay() == LookupDone(None)


@pytest.mark.parametrize(
    "query",
    [
        "delete from balances returning amount",
        "insert into balances values ('A4', 1, 'x') returning amount",
        "with t as (select 1) update balances set amount = 0 returning amount",
    ],
)
def test_an_operation_that_does_not_say_it_writes_cannot(billing: Callable[..., Any], file: Path, query: str):
    before = rows(file, "select * from balances")
    assert billing(query, many=True, gives=[{"amount": "money"}])() == LookupFailed("error")
    assert rows(file, "select * from balances") == before


@pytest.mark.parametrize("returning", ["returning text", ""])
def test_a_write_whose_answer_is_of_no_use_leaves_nothing_behind(
    billing: Callable[..., Any], file: Path, returning: str
):
    query = f"insert into tickets (text, once) values (:text, :once) {returning}"
    wrong = billing(query, writes=True, takes=["text"], gives="count")
    assert wrong(text="not a count") == LookupFailed("shape")
    assert rows(file, "select text from tickets") == []


def test_a_query_without_end_is_stopped_in_time(billing: Callable[..., Any]):
    assert billing(FOREVER, gives={"i": "count"}, timeout_s=0.1)() == LookupFailed("timeout")


def test_a_database_locked_by_another_is_given_up_in_time(billing: Callable[..., Any], file: Path):
    pay = billing("update balances set amount = 0", writes=True, timeout_s=0.1)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert pay() == LookupFailed("timeout"), "while the other still holds it"
        other.execute("rollback")
    assert pay() == LookupDone(None)


def test_a_stopped_query_leaves_its_connection_whole(file: Path, opens: Callable[..., OpenConnector]):
    operations = {
        "forever": {"query": FOREVER, "gives": {"i": "count"}, "timeout_s": 0.05},
        "count": {"query": "select count(*) from balances", "gives": "count", "timeout_s": 15},
    }
    db = opens({"kind": "sql", "url": "sqlite:///company.sqlite", "operations": operations})
    assert db.look_up("forever", {}, "call:1") == LookupFailed("timeout")
    assert [db.look_up("count", {}, "call:1") for _ in range(3)] == [LookupDone(3)] * 3


def test_look_ups_of_several_callers_are_under_way_at_once(balance: Callable[..., Any]):
    all_here = threading.Barrier(8)

    def ask(n: int) -> object:
        all_here.wait(timeout=60)
        return balance(account="A1")

    with ThreadPoolExecutor(8) as callers:
        assert list(callers.map(ask, range(8))) == [LookupDone({"amount": 42.5, "due": "2026-11-23"})] * 8


def test_a_database_that_was_taken_away_fails_and_is_then_left_alone(file: Path, opens: Callable[..., OpenConnector]):
    operations = {"it": {"query": "select count(*) from balances", "gives": "count"}}
    db = opens({"kind": "sql", "url": "sqlite:///company.sqlite", "fails": 1, "operations": operations})
    file.unlink()
    file.mkdir()
    assert [db.look_up("it", {}, "call:1") for _ in range(2)] == [LookupFailed("refused"), LookupFailed("open")]


def test_what_the_address_says_of_its_connection_comes_before_our_own():
    ours = LIMITS["postgresql"].options(make_url("postgresql+psycopg://ivr@/x"))["connect_args"]
    told = LIMITS["postgresql"].options(make_url("postgresql+psycopg://ivr@/x?connect_timeout=60"))["connect_args"]
    assert ours.keys() - told.keys() == {"connect_timeout"}


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///nothing.sqlite", "there is no file nothing.sqlite"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///company.sqlite?mode=rwc", "names no file"),
        ("mysql://root:s3cret@localhost/x", "is no address of a database"),
        ("company.sqlite", "is no address of a database"),
        ("postgresql+nosuch://root:s3cret@localhost/x", "is no address of a database"),
    ],
)
def test_a_database_that_cannot_be_is_told_at_the_start(opens: Callable[..., OpenConnector], url: str, told: str):
    written = {"kind": "sql", "url": "${DB}", "operations": {"it": {"query": "select 1", "gives": "count"}}}
    with pytest.raises(SettingsError) as wrong:
        opens(written, DB=url)
    assert str(wrong.value).startswith("connectors.crm.url")
    assert told in str(wrong.value)
    assert "s3cret" not in str(wrong.value)


def test_a_mistake_in_the_query_is_logged_in_the_databases_words(
    billing: Callable[..., Any], caplog: pytest.LogCaptureFixture
):
    find = billing("select amount from balancs where account = :account", takes=["account"], gives={"amount": "money"})
    assert find(account="A1") == LookupFailed("error")
    assert "look-up crm.it failed: error: OperationalError SQLITE_ERROR no such table: balancs" in caplog.messages


def test_no_log_line_holds_what_a_caller_said(billing: Callable[..., Any], caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    search = billing("select json_extract('{}', :path) as it", takes=["path"], gives={"it": "text"})
    assert search(once="call:once", path="SAID by a caller") == LookupFailed("error")
    assert "OperationalError SQLITE_ERROR" in caplog.text
    assert "SAID" not in caplog.text
    assert "call:once" not in caplog.text
