"""The same on a real PostgreSQL, where this machine has one: time-outs and read-only are the server's own."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ivr.call.events import LookupDone, LookupEmpty, LookupFailed
from ivr.connectors import OpenConnector

psycopg = pytest.importorskip("psycopg", reason="the driver psycopg is not installed")
INITDB = shutil.which("initdb")
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
pytestmark = pytest.mark.skipif(INITDB is None, reason="there is no PostgreSQL on this machine")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder for whoever runs the server; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        if NOBODY:  # PostgreSQL does not run as root
            os.chown(folder, 65534, 65534)
        yield Path(folder)


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    data = home / "data"
    tools = Path(str(INITDB)).resolve().parent
    subprocess.run(
        [*NOBODY, tools / "initdb", "-U", "ivr", "-A", "trust", "--no-sync", data], check=True, capture_output=True
    )
    command = [
        *NOBODY,
        tools / "postgres",
        "-D",
        data,
        "-c",
        "listen_addresses=",
        "-c",
        f"unix_socket_directories={home}",
        "-F",
    ]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        dsn = f"host={home} user=ivr dbname=postgres"
        for left in reversed(range(2000)):
            try:
                with psycopg.connect(dsn) as db:
                    db.execute("create table balances (account text primary key, amount numeric(9,2), due date)")
                    db.execute("insert into balances values ('A1', 42.50, '2026-11-23')")
                    db.execute("create table tickets (ticket serial primary key, text text, once text unique)")
                break
            except psycopg.OperationalError:
                if not left:
                    raise
                time.sleep(0.05)  # it is starting
        yield f"postgresql+psycopg://ivr@/postgres?host={home}&connect_timeout=60"
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture
def billing(url: str, opens: Callable[..., OpenConnector]) -> Callable[..., Callable[..., Any]]:
    def billing(query: str, **operation: Any) -> Callable[..., Any]:
        patient = {"query": query, "timeout_s": 15}  # no slow machine is a slow database
        connector = opens({"kind": "sql", "url": url, "operations": {"it": patient | operation}})
        return lambda once="call:1", **arguments: connector.look_up("it", arguments, once)

    return billing


def test_a_balance_is_found_as_plain_data(billing: Callable[..., Any]):
    query = "select amount, due from balances where account = :account"
    balance = billing(query, takes=["account"], gives={"amount": "money", "due": "date"})
    assert balance(account="A1") == LookupDone({"amount": 42.5, "due": "2026-11-23"})
    assert balance(account="' or 1=1 --") == LookupEmpty()
    assert balance(account="A1\x00") == LookupFailed("error")


def test_a_query_without_end_is_stopped_in_time(billing: Callable[..., Any]):
    sleep = billing("select pg_sleep(60)::text as it", gives="text", timeout_s=0.1)
    assert sleep() == LookupFailed("timeout")


def test_an_operation_that_does_not_say_it_writes_cannot(billing: Callable[..., Any]):
    assert billing("delete from balances returning amount", gives="money")() == LookupFailed("error")
    assert billing("select count(*) from balances", gives="count")() == LookupDone(1)


def test_a_ticket_is_opened_once_however_often_the_step_is_tried(billing: Callable[..., Any]):
    query = """insert into tickets (text, once) values (:text, :once)
               on conflict (once) do update set once = excluded.once returning ticket"""
    open_ticket = billing(query, writes=True, takes=["text"], gives={"ticket": "text"})
    first = open_ticket("CA1:3", text="no tone")
    assert isinstance(first, LookupDone)
    assert open_ticket("CA1:3", text="no tone") == first


def test_no_log_line_holds_what_a_caller_said(billing: Callable[..., Any], caplog: pytest.LogCaptureFixture):
    number = billing("select cast(:said as integer) as it", takes=["said"], gives="count")
    assert number(said="SAID by a caller") == LookupFailed("error")
    assert "InvalidTextRepresentation 22P02" in caplog.text
    assert "SAID" not in caplog.text


def test_a_server_that_is_not_there_is_refused(opens: Callable[..., OpenConnector], tmp_path: Path):
    operations = {"it": {"query": "select 1", "gives": "count"}}
    db = opens({"kind": "sql", "url": f"postgresql+psycopg://ivr@/x?host={tmp_path}", "operations": operations})
    assert db.look_up("it", {}, "call:1") == LookupFailed("refused")
