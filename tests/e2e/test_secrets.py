"""A PIN typed in a call is found nowhere afterwards: no log, no record, no metric, no address."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_house import SMALL, Rehearse

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.store import embedded
from ivr.store.connect import connect
from ivr.store.embedded import Embedded
from ivr.store.records.database import create_engine_for
from ivr.store.records.writer import RecordsWriter

PIN = "73915264"
WRONG = "73915265"
SPOKEN = " ".join(PIN)


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    running = embedded.start(tmp_path_factory.mktemp("redis"))
    yield running
    running.stop()


@pytest.fixture
def house(server: Embedded, by_carrier: Rehearse, caplog: pytest.LogCaptureFixture) -> Iterator[CarrierRehearsal]:
    caplog.set_level(logging.DEBUG)
    client = connect(server.url, timeout_s=60)
    client.config_set("appendfsync", "always")  # what was answered stands in the file that is read below
    yield by_carrier(SMALL / "pin", client=client)
    client.close()


@pytest.fixture
def called(house: CarrierRehearsal) -> CarrierCall:
    """A wrong PIN, then the right one, a look-up that breaks, and a talk with an agent."""
    call = CarrierCall(house)
    call.agent_signs_in("amy")
    call.dials()
    call.presses(WRONG)
    call.hears("is not right")
    call.presses(PIN)
    call.hears("is right")
    call.presses(1)
    call.agent_takes("amy")
    call.agent_leaves(30)
    call.is_over()
    return call


def secrets_in(text: str) -> list[str]:
    """Where a PIN stands, as digits or as they are spoken."""
    return [
        text[max(0, found.start() - 60) : found.end() + 20]
        for found in re.finditer("|".join([PIN, WRONG, SPOKEN, " ".join(WRONG)]), text)
    ]


def test_the_caller_is_spoken_to_with_the_pin_and_nobody_else_is(called: CarrierCall) -> None:
    """The PIN went through the whole call; without this the tests below would show nothing."""
    heard = " ".join(called.line.phone.heard)
    assert SPOKEN in heard.replace(",", "")


def test_no_log_holds_it(called: CarrierCall, caplog: pytest.LogCaptureFixture) -> None:
    told = [f"{record.getMessage()} {record.__dict__}" for record in caplog.get_records("setup")]
    assert len(told) > 5
    assert secrets_in("\n".join(told)) == []


def test_no_address_holds_it(called: CarrierCall, house: CarrierRehearsal) -> None:
    asked = [one.url for leg in house.cloud.calls.values() for one in leg.requests]
    assert len(asked) > 10
    assert secrets_in("\n".join(asked)) == []


def test_no_agent_hears_it(called: CarrierCall, house: CarrierRehearsal) -> None:
    legs = [leg for leg in house.cloud.calls.values() if leg.direction != "inbound"]
    assert legs
    assert secrets_in("\n".join(text for leg in legs for text in leg.heard)) == []


def test_no_record_holds_it(called: CarrierCall, house: CarrierRehearsal, tmp_path: Path) -> None:
    engine = create_engine_for(f"sqlite:///{tmp_path / 'written.db'}")
    writer = RecordsWriter(house.client, engine, ["pin"])
    assert writer.step(house.clock()) > 10
    engine.dispose()
    with sqlite3.connect(tmp_path / "written.db") as database:
        dump = "\n".join(database.iterdump())
    database.close()
    assert "your_pin" in dump
    assert secrets_in(dump) == []
    assert secrets_in((tmp_path / "written.db").read_bytes().decode("latin-1")) == []


def test_redis_holds_it_in_the_state_of_its_call_only(called: CarrierCall, server: Embedded) -> None:
    """What the server writes to disk, command by command; the state and the answer of a running call may hold it."""
    found = [command for command in commands(server.directory) if secrets_in(" ".join(command))]
    assert found, "the state of the running call held it"
    allowed = {"state", "answer"}
    for command in found:
        assert command[0].upper() == "HSET", command[:3]
        fields = dict(zip(command[2::2], command[3::2], strict=True))
        assert {name for name, value in fields.items() if secrets_in(value)} <= allowed


def test_a_call_that_is_over_holds_it_no_longer(called: CarrierCall, house: CarrierRehearsal) -> None:
    left = []
    for key in house.client.keys("*"):
        kind = house.client.type(key)
        if kind == b"hash":
            left += secrets_in(str(house.client.hgetall(key)))
        elif kind == b"stream":
            left += secrets_in(str(house.client.xrange(key)))
        elif kind == b"string":
            left += secrets_in(str(house.client.get(key)))
    assert left == []


def commands(directory: Path) -> Iterator[list[str]]:
    """The append-only file, read as the protocol it is written in."""
    for file in sorted((directory / "appendonlydir").glob("*.aof")):
        data = file.read_bytes()
        at = data.find(b"*") if data.startswith(b"REDIS") else 0
        while 0 <= at < len(data):
            head, at = _line(data, at)
            if not head.startswith(b"*"):
                continue
            words = []
            for _ in range(int(head[1:])):
                size, at = _line(data, at)
                length = int(size[1:])
                words.append(data[at : at + length].decode("latin-1"))
                at += length + 2
            yield words


def _line(data: bytes, at: int) -> tuple[bytes, int]:
    end = data.find(b"\r\n", at)
    end = len(data) if end < 0 else end
    return data[at:end], end + 2
