"""The local line: a call and an agent over plain JSON, from this machine only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from ivr.channels.line.webhook import LocalLine, blueprint
from ivr.sim.rehearsal import Rehearsal
from ivr.store.agents import BEAT_S
from ivr.testing.stage import Stage
from ivr.wiring.web import create_web

TELECOM = Path(__file__).parents[3] / "flows" / "telecom"
CALLER = "+12025550101"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as opened:
        yield opened


@pytest.fixture
def house(stage: Stage) -> Iterator[Rehearsal]:
    with stage.rehearse([TELECOM]) as opened:
        yield opened


@pytest.fixture
def web(house: Rehearsal) -> FlaskClient:
    line = LocalLine(house.conductor, house.switchboard, house.offers, house.agents, house.clock)
    return create_web([blueprint(line)], {"telecom": TELECOM}).test_client()


@dataclass
class Phone:
    """A caller on the local line."""

    web: FlaskClient
    path: str = ""
    turn: int = 0
    heard: str = ""

    def dials(self, caller: str = CALLER) -> Phone:
        begun = self.web.post("/line/calls", json={"caller": caller}).json
        assert begun is not None
        self.path = f"/line/calls/{begun['hotline']}/{begun['call']}"
        return self._took(begun)

    def does(self, event: str, **told: Any) -> Phone:
        answer = self.web.post(f"{self.path}/{self.turn}", json={"event": event, **told}).json
        assert answer is not None
        return self._took(answer)

    def looks(self) -> Phone:
        answer = self.web.get(self.path).json
        assert answer is not None
        return self._took(answer)

    def _took(self, answer: dict[str, Any]) -> Phone:
        self.turn, self.heard = answer.get("turn", self.turn), str(answer.get("verbs"))
        return self


@pytest.fixture
def phone(web: FlaskClient) -> Phone:
    return Phone(web)


# --- calls ------------------------------------------------------------------------------------------------------


def test_a_call_by_keys_and_words(phone: Phone, house: Rehearsal) -> None:  # R27
    phone.dials()
    assert "Welcome back" in phone.heard
    assert "42 dollars" in phone.does("DigitsPressed", digits="1").heard
    phone.does("SpeechHeard", text="that is all", confidence=0.9)
    assert "How well did I help you" in phone.heard
    assert "Goodbye" in phone.does("DigitsPressed", digits="5").heard
    assert "Hangup" in phone.does("NothingHeard").heard
    (ended,) = [entry for entry in house.entries("telecom", phone.path.rsplit("/", 1)[-1]) if entry.kind == "ended"]
    assert ended.data["outcome"] == "answered"


def test_words_may_come_with_a_doubt_and_are_asked_about(phone: Phone) -> None:
    phone.dials().does("SpeechHeard", text="what is my balance", sure=False)
    assert "Did you mean your balance" in phone.heard
    assert "I did not understand" in phone.does("SpeechHeard", text="", sure=False).heard
    assert "42 dollars" in phone.does("SpeechHeard", text="yes").heard


def test_the_same_turn_twice_is_answered_alike_and_counts_once(phone: Phone, house: Rehearsal) -> None:
    phone.dials()
    turn = phone.turn
    first = phone.does("DigitsPressed", digits="1").heard
    phone.turn = turn
    assert phone.does("DigitsPressed", digits="2").heard == first
    house.settle()
    assert len(house.texts) == 1


@pytest.mark.parametrize("way", ["event", "route"])
def test_hanging_up_ends_the_call(phone: Phone, house: Rehearsal, way: str) -> None:
    phone.dials()
    if way == "event":
        phone.does("HungUp")
    else:
        phone.web.post(f"{phone.path}/hangup", json={})
    call = phone.path.rsplit("/", 1)[-1]
    assert [entry.data["why"] for entry in house.entries("telecom", call) if entry.kind == "ended"] == ["hung_up"]


# --- agents ------------------------------------------------------------------------------------------------------


def test_an_agent_is_rung_takes_the_caller_and_ends_the_talk(phone: Phone, house: Rehearsal) -> None:
    web = phone.web
    web.post("/line/agents/telecom/amy/in", json={})
    assert web.get("/line/agents/telecom/amy").json == {}
    phone.dials().does("DigitsPressed", digits="0")
    house.switchboard.round("telecom")
    offer = web.get("/line/agents/telecom/amy").json
    assert offer is not None
    assert "Alice Chen" in offer["words"][0]["text"]
    assert web.post(f"/line/offers/telecom/{offer['token']}/take", json={}).status_code == 200
    assert "Join" in phone.looks().heard
    web.post(f"/line/offers/telecom/{offer['token']}/end", json={})
    assert "How well were you helped" in phone.looks().heard
    assert web.post(f"/line/offers/telecom/{offer['token']}/take", json={}).status_code == 410


def test_an_agent_who_declines_is_rung_no_more_for_now(phone: Phone, house: Rehearsal) -> None:
    web = phone.web
    web.post("/line/agents/telecom/amy/in", json={})
    phone.dials().does("DigitsPressed", digits="0")
    house.switchboard.round("telecom")
    offer = web.get("/line/agents/telecom/amy").json
    assert offer is not None
    web.post(f"/line/offers/telecom/{offer['token']}/decline", json={})
    assert web.get("/line/agents/telecom/amy").json == {}


def test_a_phone_may_ask_which_hotlines_are_served(web: FlaskClient) -> None:
    assert web.get("/line/hotlines").json == {"hotlines": ["telecom"]}


def test_an_agent_nobody_knows_is_told_so_with_one_alike(web: FlaskClient) -> None:
    reply = web.post("/line/agents/telecom/ammy/in", json={})
    assert reply.status_code == 404
    assert "did you mean 'amy'?" in reply.text


# --- who and what is let in -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({}, "203.0.113.7"),
        ({"X-Forwarded-For": "127.0.0.1"}, "127.0.0.1"),
        ({"Forwarded": "for=127.0.0.1"}, "127.0.0.1"),
        ({"Origin": "http://evil.example"}, "127.0.0.1"),
        ({"Host": "evil.example"}, "127.0.0.1"),
    ],
    ids=["another machine", "a proxy", "another proxy", "a web page", "a name that leads here"],
)
def test_nobody_else_comes_in(web: FlaskClient, headers: dict[str, str], address: str) -> None:
    reply = web.post(
        "/line/calls", json={"caller": CALLER}, headers=headers, environ_overrides={"REMOTE_ADDR": address}
    )
    assert reply.status_code == 403
    assert "this machine only" in reply.text


def test_a_form_is_no_way_in(web: FlaskClient) -> None:
    assert web.post("/line/calls", data={"caller": CALLER}).status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"called": "x"}',
        b'{"caller": 7}',
        b'{"caller": "' + b"x" * 201 + b'"}',
        b"\xff",
        b"[" * 9999,
    ],
    ids=lambda body: f"{body[:20]!r}",
)
def test_a_call_without_sense_is_refused_in_a_sentence(web: FlaskClient, body: bytes) -> None:
    reply = web.post("/line/calls", data=body, content_type="application/json")
    assert reply.status_code == 400
    assert reply.json is not None
    assert "the body is not understood" in reply.json["problem"]


@pytest.mark.parametrize(
    "event",
    [
        {"event": "DigitsPressed", "digits": "abc"},
        {"event": "DigitsPressed", "digits": "1" * 65},
        {"event": "DigitsPressed"},
        {"event": "LookupDone", "result": {"amount": 0}},
        {"event": "AgentTook", "agent": "amy", "room": "r"},
        {"event": "CallStarted", "caller": "x", "called": ""},
        {"event": "Nonsense"},
        {},
    ],
    ids=str,
)
def test_what_no_telephone_tells_changes_nothing(phone: Phone, house: Rehearsal, event: dict[str, Any]) -> None:
    phone.dials()
    before = house.entries("telecom", phone.path.rsplit("/", 1)[-1])
    assert phone.web.post(f"{phone.path}/{phone.turn}", json=event).status_code == 400
    assert house.entries("telecom", phone.path.rsplit("/", 1)[-1]) == before


def test_a_long_speech_is_heard_in_its_beginning(phone: Phone, house: Rehearsal) -> None:
    phone.dials().does("SpeechHeard", text="balance " * 2000)
    heard = [one.data for one in house.entries("telecom", phone.path.rsplit("/", 1)[-1]) if one.kind == "heard"]
    assert len(heard[0]["text"]) <= 2000


@pytest.mark.parametrize(
    "path",
    [
        "/line/calls/telecom/local-0123456789abcdef/1",
        "/line/calls/other/local-0123456789abcdef/1",
        "/line/calls/telecom/CA0/1",
        "/line/calls/{x}/local-0123456789abcdef/1",
    ],
)
def test_a_call_nobody_knows_is_told_so(web: FlaskClient, path: str) -> None:
    assert web.post(path, json={"event": "Polled"}).status_code == 404


# --- handing on ---------------------------------------------------------------------------------------------------


@pytest.fixture
def with_amy(phone: Phone, web: FlaskClient) -> Phone:
    """The caller talks with amy."""
    phone.dials().does("DigitsPressed", digits="0")
    web.post("/line/agents/telecom/amy/in", json={})
    phone.looks()
    return phone


def take(web: FlaskClient, house: Rehearsal, agent: str) -> dict[str, Any]:
    house.switchboard.round("telecom")
    offer = web.get(f"/line/agents/telecom/{agent}").json
    assert offer, f"the phone of {agent} does not ring"
    assert web.post(f"/line/offers/telecom/{offer['token']}/take", json={}).status_code == 200
    return dict(offer)


def test_an_agent_sends_the_caller_on_with_a_note(with_amy: Phone, web: FlaskClient, house: Rehearsal) -> None:  # R74
    take(web, house, "amy")
    web.post("/line/agents/telecom/ben/in", json={})
    sent = web.post("/line/agents/telecom/amy/transfer", json={"to": "agent:ben", "note": "a new router"})
    assert sent.status_code == 200
    assert "connecting you with a colleague" in with_amy.looks().heard
    assert "a new router" in str(take(web, house, "ben")["words"])
    assert "Join" in with_amy.looks().heard


def test_an_agent_brings_somebody_in(with_amy: Phone, web: FlaskClient, house: Rehearsal) -> None:  # R75
    take(web, house, "amy")
    web.post("/line/agents/telecom/ben/in", json={})
    assert web.post("/line/agents/telecom/amy/bring_in", json={"to": "queue:technical"}).status_code == 200
    assert "amy asks you into a talk" in str(take(web, house, "ben")["words"])
    assert "Join" in with_amy.looks().heard


@pytest.mark.parametrize(
    ("agent", "body", "status", "why"),
    [
        ("amy", {"to": "queue:technicl"}, 404, "did you mean 'technical'"),
        ("amy", {"note": "no target"}, 400, "missing required field `to`"),
        ("amy", {"to": "queue:technical", "note": "x" * 501}, 400, "length"),
        ("dina", {"to": "queue:technical"}, 404, "dina talks with nobody"),
    ],
)
def test_what_cannot_be_is_told_and_the_talk_goes_on(
    agent: str, body: dict[str, str], status: int, why: str, with_amy: Phone, web: FlaskClient, house: Rehearsal
) -> None:
    take(web, house, "amy")
    answer = web.post(f"/line/agents/telecom/{agent}/transfer", json=body)
    assert (answer.status_code, why in str(answer.json)) == (status, True), answer.json
    assert "Join" in with_amy.looks().heard


def test_who_was_brought_in_is_sent_away(with_amy: Phone, web: FlaskClient, house: Rehearsal) -> None:  # R75
    take(web, house, "amy")
    web.post("/line/agents/telecom/ben/in", json={})
    web.post("/line/agents/telecom/amy/bring_in", json={"to": "queue:technical"})
    take(web, house, "ben")
    assert web.post("/line/agents/telecom/amy/send_away", json={"expert": "ben"}).status_code == 200
    states = {one.name: one.state for one in house.agents.all("telecom", now=house.clock())}
    assert (states["amy"], states["ben"]) == ("on_call", "wrap_up")
    assert web.post("/line/agents/telecom/amy/send_away", json={"expert": "ben"}).status_code == 404


def test_an_agent_says_once_how_the_talk_ended(with_amy: Phone, web: FlaskClient, house: Rehearsal) -> None:  # R75
    token = take(web, house, "amy")["token"]
    told = web.post(f"/line/offers/telecom/{token}/close", json={"outcome": "solved", "note": "new plan"}).json
    assert (told["outcome"], told["by"], told["note"]) == ("solved", "amy", "new plan")
    again = web.post(f"/line/offers/telecom/{token}/close", json={"outcome": "converted"}).json
    assert again["outcome"] == "solved"
    assert web.post(f"/line/offers/telecom/{token}/close", json={"outcome": "fine"}).status_code == 400
    call = with_amy.path.rsplit("/", 1)[-1]
    assert [one.data["outcome"] for one in house.entries("telecom", call) if one.kind == "closed"] == ["solved"]
    web.post(f"/line/offers/telecom/{token}/end", json={})
    assert web.post(f"/line/offers/telecom/{token}/close", json={"outcome": "solved"}).status_code == 410


# --- phones that are gone ------------------------------------------------------------------------------------------


def falls_silent(house: Rehearsal) -> None:
    """The agent's phone was killed, and says so no more."""
    for _ in range(int(BEAT_S) + 1):
        house.clock.advance(1)
        house.switchboard.round("telecom")


def beat(web: FlaskClient, agent: str, token: str = "") -> dict[str, Any]:
    return dict(web.post(f"/line/agents/telecom/{agent}/beat", json={"token": token}).json or {})


def test_a_phone_that_is_killed_in_a_talk_gives_the_caller_back_to_his_place(
    with_amy: Phone, web: FlaskClient, house: Rehearsal
) -> None:  # R57 R74
    first = take(web, house, "amy")
    assert beat(web, "amy", first["token"]) == {"at_work": True, "caller_gone": False}
    falls_silent(house)
    assert "connecting you with a colleague" in with_amy.looks().heard
    web.post("/line/agents/telecom/ben/in", json={})
    take(web, house, "ben")
    assert "Join" in with_amy.looks().heard
    call = with_amy.path.rsplit("/", 1)[-1]
    joins = [one.at for one in house.entries("telecom", call) if one.kind == "queued"]
    offer = house.offers.offer_for("telecom", "ben", now=house.clock())
    assert offer is not None
    assert offer.since == joins[0], "the time of the first place"
    assert beat(web, "amy") == {"at_work": False, "caller_gone": False}


def test_a_phone_that_is_killed_while_it_rings_gives_the_caller_back(
    with_amy: Phone, web: FlaskClient, house: Rehearsal
) -> None:
    beat(web, "amy")
    house.switchboard.round("telecom")
    assert web.get("/line/agents/telecom/amy").json
    falls_silent(house)
    web.post("/line/agents/telecom/ben/in", json={})
    take(web, house, "ben")
    assert "Join" in with_amy.looks().heard


def test_where_one_of_two_phones_is_killed_the_other_talks_on(
    with_amy: Phone, web: FlaskClient, house: Rehearsal
) -> None:  # R75
    first = take(web, house, "amy")
    web.post("/line/agents/telecom/ben/in", json={})
    web.post("/line/agents/telecom/amy/bring_in", json={"to": "queue:technical"})
    take(web, house, "ben")
    beat(web, "amy", first["token"])
    falls_silent(house)
    states = {one.name: one.state for one in house.agents.all("telecom", now=house.clock())}
    assert (states["amy"], states["ben"]) == ("not_answering", "on_call")
    assert "Join" in with_amy.looks().heard


def test_a_phone_is_told_that_its_caller_has_gone(with_amy: Phone, web: FlaskClient, house: Rehearsal) -> None:
    token = take(web, house, "amy")["token"]
    web.post(f"{with_amy.path}/hangup", json={})
    assert beat(web, "amy", token)["caller_gone"]
    falls_silent(house)
    web.post(f"/line/offers/telecom/{token}/end", json={})
    states = {one.name: one.state for one in house.agents.all("telecom", now=house.clock())}
    assert states["amy"] == "not_answering"


def test_a_phone_is_told_that_somebody_else_has_sent_the_caller_on(
    with_amy: Phone, web: FlaskClient, house: Rehearsal
) -> None:  # R75
    take(web, house, "amy")
    web.post("/line/agents/telecom/ben/in", json={})
    web.post("/line/agents/telecom/amy/bring_in", json={"to": "agent:ben"})
    token = take(web, house, "ben")["token"]
    assert not beat(web, "ben", token)["caller_gone"]
    web.post("/line/agents/telecom/amy/transfer", json={"to": "queue:technical"})
    assert beat(web, "ben", token)["caller_gone"]


def test_a_phone_is_told_that_it_rings_no_more(with_amy: Phone, web: FlaskClient, house: Rehearsal) -> None:
    house.switchboard.round("telecom")
    token = dict(web.get("/line/agents/telecom/amy").json or {})["token"]
    told = {"token": "", "rings": token}
    assert web.post("/line/agents/telecom/amy/beat", json=told).json == {"at_work": True, "caller_gone": False}
    web.post(f"{with_amy.path}/hangup", json={})
    house.settle()
    assert web.post("/line/agents/telecom/amy/beat", json=told).json == {"at_work": True, "caller_gone": True}


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"token": 7}', b'{"token": "' + b"x" * 201 + b'"}'])
def test_a_beat_without_sense_is_refused(web: FlaskClient, body: bytes) -> None:
    reply = web.post("/line/agents/telecom/amy/beat", data=body, content_type="application/json")
    assert reply.status_code == 400


def test_a_beat_of_nobody_is_no_work(web: FlaskClient) -> None:
    assert beat(web, "ammy") == {"at_work": False, "caller_gone": False}
    assert beat(web, "amy", "no token of ours") == {"at_work": False, "caller_gone": True}
