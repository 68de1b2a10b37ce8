"""An agent's phone in a terminal, at a server on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from asgi_server import AsgiServer

from ivr.channels.console.desk import AgentPhone
from ivr.channels.console.heart import OUT, Heart
from ivr.channels.line.webhook import LocalLine, blueprint
from ivr.errors import CarrierError
from ivr.testing.stage import Stage
from ivr.wiring.web import create_web

TELECOM = Path(__file__).parents[3] / "flows" / "telecom"


async def no_sockets(*_: object) -> None:
    """This server has none."""


def leaves_in_a_talk(prompt: str) -> str:
    """Takes the call, and goes home when asked what to do next."""
    if "takes" in prompt:
        return "1"
    raise KeyboardInterrupt


def test_who_goes_home_in_a_talk_has_hung_up(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Stage(tmp_path_factory.mktemp("stage")) as stage, stage.rehearse([TELECOM]) as house:
        line = LocalLine(house.conductor, house.switchboard, house.offers, house.agents, house.clock)
        web = create_web([blueprint(line)], {"telecom": TELECOM})
        caller = web.test_client()
        begun = caller.post("/line/calls", json={"caller": "+12025550101"}).json or {}
        path = f"/line/calls/telecom/{begun['call']}"
        caller.post(f"{path}/{begun['turn']}", json={"event": "DigitsPressed", "digits": "0"})
        shown: list[str] = []

        def pause(_: float) -> None:
            house.switchboard.round("telecom")

        with AsgiServer(web, no_sockets) as server:
            AgentPhone(server.base, "telecom", "amy", shown.append, leaves_in_a_talk, pause).work()
        assert shown[-1] == "amy is signed out"
        assert {one.name: one.state for one in house.agents.all("telecom", now=house.clock())}["amy"] == "signed_out"
        assert "How well were you helped" in str((caller.get(path).json or {}).get("verbs"))


@pytest.mark.parametrize("typed", ["1 new router", "solved new router"])
def test_how_it_ended_is_typed_by_key_or_by_name(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:  # R75
    told: list[bytes] = []

    def server(url: str, body: bytes) -> dict[str, str]:
        told.append(body)
        return {"outcome": "solved", "by": "amy"}

    monkeypatch.setattr("ivr.channels.console.desk.ask", server)
    AgentPhone("http://127.0.0.1:9", "telecom", "amy", str, str, lambda _: None)._closes("offer", typed)
    assert [msgspec.json.decode(one) for one in told] == [{"outcome": "solved", "note": "new router"}]


def until(holds: Callable[[], object]) -> None:
    """Polls for as long as a slow machine may need."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in 30 s")


def test_a_phone_tells_that_it_is_there_and_of_troubles_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bytes] = []
    answers: list[dict[str, bool]] = [{"at_work": True, "caller_gone": False}]

    def server(url: str, body: bytes) -> dict[str, bool]:
        told.append(body)
        last = answers[-1:]  # in one step: the test takes answers away meanwhile
        if not last:
            raise CarrierError("no server answers")
        return last[0]

    monkeypatch.setattr("ivr.channels.console.heart.ask", server)
    shown: list[str] = []
    with Heart("http://127.0.0.1:9", shown.append, every_s=0.01) as heart:
        heart.holds("talk-1")
        until(lambda: len(told) > 5)
        assert shown == []
        assert msgspec.json.decode(told[-1]) == {"token": "talk-1", "rings": ""}
        answers.append({"at_work": True, "caller_gone": True})
        until(lambda: shown)
        answers.append({"at_work": False, "caller_gone": True})
        until(lambda: len(shown) == 2)
        answers.append({"at_work": True, "caller_gone": False})
        until(lambda: len(shown) == 3)
        answers.clear()
        until(lambda: len(shown) == 4)
        several = len(told) + 5
        until(lambda: len(told) > several)
    left, back, away = "the caller has left this talk; enter ends it", "you can be rung again", "no server answers"
    assert shown == [f"  ✕  {left}", OUT, f"  ✓  {back}", f"  ✕  {away}"]
