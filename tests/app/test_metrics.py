"""`/metrics`: what all workers together have to do, for this machine unless the host says otherwise."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from app_house import Line, client, opened, store_goes_away
from flask.testing import FlaskClient
from kept import Kept, connected, queued

from ivr.app.house import House
from ivr.app.meter import Meter
from ivr.app.sockets import Sockets
from ivr.speech.decoding import LATE_S, Decoding
from ivr.store import keys
from ivr.store.records.database import create_tables
from ivr.wiring.hearing import Hearing, Places


def numbers(web: FlaskClient) -> dict[str, float]:
    """Name (with its labels) → value."""
    reply = web.get("/metrics")
    assert reply.status_code == 200
    lines = (line.rpartition(" ") for line in reply.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def nobody(scope: Any, receive: Any, send: Any) -> None: ...


def sockets() -> Sockets:
    return Sockets({"/phone/line": nobody, "/twilio/stream": nobody})


def test_calls_turns_and_callers_in_line_are_told(house: House, web: FlaskClient, line: Line) -> None:
    meter = Meter(house, sockets())
    meter.tell()
    assert numbers(web)['ivr_calls_running{hotline="telecom"}'] == 0
    line.dials().presses("0")
    meter.tell()
    found = numbers(web)
    assert found["ivr_store_up"] == 1
    assert found["ivr_workers"] == 1
    assert found['ivr_calls_running{hotline="telecom"}'] == 1
    assert found["ivr_turns_total"] == 2
    assert found['ivr_callers_waiting{hotline="telecom",queue="general"}'] == 1
    assert found['ivr_callers_waiting{hotline="telecom",queue="vip"}'] == 0


def test_who_waits_too_long_is_counted_while_he_waits(house: House, web: FlaskClient) -> None:  # R73
    create_tables(house.engine)
    kept, at = Kept(house.engine), house.works.outside.clock() - 400
    alarm = (300.0, "alarm", {"queue": "general", "waited_s": 299.0, "position": 1})
    kept.call("a", queued("general"), alarm, at=at)
    kept.call("b", queued("general"), alarm, connected("general", "amy", 350), at=at)
    assert numbers(web)['ivr_waits_too_long{hotline="telecom",queue="general"}'] == 1


def test_a_turn_is_counted_once_however_often_it_is_told(house: House, web: FlaskClient, line: Line) -> None:
    meter = Meter(house, sockets())
    line.dials()
    for _ in range(3):
        meter.tell()
    assert numbers(web)["ivr_turns_total"] == 1


def test_open_sockets_are_told_by_path_and_refused_ones_counted(house: House, web: FlaskClient) -> None:
    over = asyncio.Event()

    async def stays(scope: Any, receive: Any, send: Any) -> None:
        await over.wait()

    async def ignore(message: Any) -> None: ...

    async def hold() -> dict[str, float]:
        held = Sockets({"/phone/line": stays, "/twilio/stream": stays}, most=3)
        meter = Meter(house, held)
        tasks = [
            asyncio.create_task(held({"path": path}, stays, ignore))  # type: ignore[arg-type]
            for path in ("/phone/line", "/phone/line", "/twilio/stream", "/twilio/stream")
        ]
        await asyncio.sleep(0)
        meter.tell()
        found = numbers(web)
        over.set()
        await asyncio.gather(*tasks)
        return found

    found = asyncio.run(hold())
    assert found['ivr_sockets{path="/phone/line"}'] == 2
    assert found['ivr_sockets{path="/twilio/stream"}'] == 1
    assert found["ivr_sockets_refused_total"] == 1


def test_several_workers_are_one_sum_and_a_dead_one_is_forgotten(house: House, web: FlaskClient, line: Line) -> None:
    line.dials()
    first, second = Meter(house, sockets()), Meter(house, sockets())
    first.tell()
    second.tell()
    assert numbers(web)["ivr_workers"] == 2
    store = house.works.client
    dead = min(store.smembers(keys.workers()))
    assert 0 < store.ttl(keys.worker(dead.decode())) <= keys.WORKER_LIFE_S
    store.delete(keys.worker(dead.decode()))  # so it lapses
    assert numbers(web)["ivr_workers"] == 1
    assert store.scard(keys.workers()) == 1


def test_what_a_worker_counted_stays_when_it_ends(house: House, web: FlaskClient, line: Line) -> None:
    meter = Meter(house, sockets())
    line.dials()
    meter.close()
    found = numbers(web)
    assert found["ivr_workers"] == 0
    assert found["ivr_turns_total"] == 1


def test_lag_and_calls_sent_elsewhere_are_told(house: House) -> None:
    clock = Clock()
    ears = Hearing(Places.below(house.settings.data), house.folders, decoding=Decoding(0, clock=clock))
    behind = replace(house, hearing=ears)
    ears.decoding.submit(lambda: None, urgent=True)
    clock.now += LATE_S * 2
    assert not ears.takes_calls()
    Meter(behind, sockets()).tell()
    found = numbers(client(behind))
    assert found["ivr_decode_waiting"] == 1
    assert found["ivr_decode_lag_seconds"] == LATE_S * 2
    assert found["ivr_workers_shedding"] == 1
    assert found["ivr_calls_refused_ears_total"] == 1


def test_other_machines_see_nothing_unless_they_may(tmp_path: Path) -> None:
    with opened(tmp_path / "closed") as house:
        assert client(house).get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
        refused = client(house).get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.7"})
        assert refused.status_code == 403
        assert "--open-metrics" in refused.text
    with opened(tmp_path / "open", open_metrics=True) as house:
        assert client(house).get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.7"}).status_code == 200


def test_without_the_store_it_says_so_and_nothing_else(house: House, web: FlaskClient) -> None:
    store_goes_away(house)
    assert numbers(web) == {"ivr_store_up": 0.0}
    Meter(house, sockets()).close()
