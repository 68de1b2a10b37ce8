"""Who the API lets in, how often, and what it says to those it does not."""

from __future__ import annotations

import pytest
from desk_house import AT, DeskHouse
from werkzeug.test import TestResponse

from ivr.desk.api.door import FOR_A_STRANGER, FOR_A_TOKEN
from ivr.store.records.tokens import Token


def is_problem(told: TestResponse, status: int) -> str:
    """The sentence of a no."""
    assert told.status_code == status, told.text
    assert told.content_type == "application/problem+json"
    assert told.json["status"] == status
    assert told.json["type"] == "about:blank"
    return str(told.json["detail"])


def test_without_a_token_a_sentence_says_how_to_get_one(house: DeskHouse) -> None:
    for path in ("/agents", "/calls/a", "/nowhere"):
        told = house.web.get(f"/api/v1{path}")
        assert "ivr tokens add NAME --role supervisor" in is_problem(told, 401)
        assert told.headers["WWW-Authenticate"] == 'Bearer realm="ivr"'


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer ivr_",
        "Bearer ivr__",
        "Bearer ivr_0123456789abcdef_",
        "Bearer ivr_0123456789abcdef_guess",
        "Bearer ivr_' or 1=1 --_x",
        "Basic YW15OmFteQ==",
        "Bearer " + "x" * 100_000,
        "Bearer ivr_éééééééééééééééé_é",
    ],
)
def test_a_token_that_is_none_lets_nobody_in(house: DeskHouse, header: str) -> None:
    told = house.web.get("/api/v1/agents", headers={"Authorization": header})
    assert "Bearer TOKEN" in is_problem(told, 401)


def test_the_right_name_with_another_secret_lets_nobody_in(house: DeskHouse) -> None:
    good = house.token("board")
    for secret in (good[:-1], good + "x", good[:-1] + ("a" if good[-1] != "a" else "b"), good.upper()):
        assert house.get("/agents", secret).status_code == 401


def test_an_ended_token_and_one_whose_time_is_over_let_nobody_in(house: DeskHouse) -> None:
    short = house.desk.tokens.add(Token("short", "telecom", "supervisor", "", AT, until=AT + 60))
    assert short is not None
    assert house.get("/agents", short).status_code == 200
    house.clock.advance(61)
    assert house.get("/agents", short).status_code == 401
    assert house.get("/agents").status_code == 200
    house.desk.tokens.end("telecom", "board")
    assert house.get("/agents").status_code == 401


def test_a_role_that_may_not_is_told_which_one_may(house: DeskHouse) -> None:
    told = is_problem(house.get("/queues", house.amy), 403)
    assert told == "the token 'amy' has the role agent; this takes the role supervisor"
    assert "takes the role admin" in is_problem(house.get("/tokens"), 403)


def test_a_token_of_a_hotline_that_is_not_served_is_told_so(house: DeskHouse) -> None:
    gone = house.token("gone", hotline="closed-down")
    assert "'closed-down', which is not served here" in is_problem(house.get("/agents", gone), 403)


def test_too_many_requests_are_told_when_to_come_again(house: DeskHouse) -> None:
    for _ in range(FOR_A_TOKEN.at_once):
        assert house.get("/me").status_code == 200
    told = house.get("/me")
    assert "120 at once, then one every 0.1 s" in is_problem(told, 429)
    assert told.headers["Retry-After"] == "1"
    assert house.get("/me", house.amy).status_code == 200, "others are not kept waiting"
    house.clock.advance(1)
    assert house.get("/me").status_code == 200


def test_a_flood_without_a_token_keeps_no_good_token_out(house: DeskHouse) -> None:
    board = house.token("board")
    for _ in range(FOR_A_STRANGER.at_once):
        assert house.get("/me", "guess").status_code == 401
    told = house.get("/me", "guess")
    assert is_problem(told, 429)
    assert told.headers["Retry-After"] == "2"
    assert house.get("/me", board).status_code == 200


def test_what_is_nowhere_and_what_takes_other_methods_is_told(house: DeskHouse) -> None:
    assert "/api/v1/openapi.json lists what there is" in is_problem(house.get("/nowhere"), 404)
    told = house.ask("DELETE", "/agents")
    assert "/api/v1/agents takes GET, HEAD, not DELETE" in is_problem(told, 405)
    assert told.headers["Allow"] == "GET, HEAD"


def test_a_page_beside_the_api_is_refused_as_ever(house: DeskHouse) -> None:
    assert house.web.get("/somewhere").content_type.startswith("text/html")
    assert house.web.get("/api/v10").content_type.startswith("text/html")


def test_what_a_request_may_not_hold_is_told_with_what_it_may(house: DeskHouse) -> None:
    assert "no parameter 'perod'; it takes period" in is_problem(house.get("/queues?perod=hour"), 400)
    assert "period (one of hour, today)" in is_problem(house.get("/queues?period=year"), 400)
    assert "given 2 times" in is_problem(house.get("/calls?limit=1&limit=2"), 400)
    assert "limit (integer from 1 to 200)" in is_problem(house.get("/calls?limit=0"), 400)
    assert "it takes none" in is_problem(house.get("/agents?x=1"), 400)
    assert "cannot be printed" in is_problem(house.get("/calls/a%00b"), 400)
    assert is_problem(house.get("/calls?since=nan"), 400)
    assert is_problem(house.get("/calls?since=inf"), 400)


def test_a_body_that_is_no_json_too_long_or_broken_is_told_so(house: DeskHouse) -> None:
    sent = {"data": "state=ready", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}
    assert "must be application/json" in is_problem(house.ask("PUT", "/agents/amy/state", **sent), 415)
    kind = {"Content-Type": "application/json"}
    assert is_problem(house.ask("PUT", "/agents/amy/state", data=b"{", headers=kind), 400)
    assert is_problem(house.ask("PUT", "/agents/amy/state", data=b'"\xff"', headers=kind), 400)
    long = house.ask("PUT", "/agents/amy/state", data=b" " * 20_000, headers=kind)
    assert "longer than anything" in is_problem(long, 413)


def test_an_answer_is_kept_by_nobody_on_the_way(house: DeskHouse) -> None:
    assert house.get("/me").headers["Cache-Control"] == "no-store"


def test_a_token_tells_what_it_may(house: DeskHouse) -> None:
    told = house.get("/me", house.amy).json
    assert told == {"name": "amy", "hotline": "telecom", "role": "agent", "agent": "amy", "until": None}


def test_an_admin_makes_lists_and_ends_tokens_and_twice_is_once(house: DeskHouse) -> None:
    first = house.put("/tokens/wall", {"role": "supervisor", "days": 2}, house.boss).json
    assert house.get("/me", first["secret"]).json["until"] == AT + 2 * 86_400
    again = house.put("/tokens/wall", {"role": "supervisor"}, house.boss).json
    assert (again["secret"], again["token"]) == (None, first["token"])
    listed = house.get("/tokens", house.boss)
    assert [one["name"] for one in listed.json["items"]] == ["boss", "wall"]
    assert first["secret"] not in listed.text
    for _ in range(2):
        assert house.ask("DELETE", "/tokens/wall", house.boss).status_code == 204
    assert house.get("/me", first["secret"]).status_code == 401


@pytest.mark.parametrize(
    ("name", "body", "status", "detail"),
    [
        ("amy", {"role": "agent"}, 200, ""),
        ("desk1", {"role": "agent"}, 400, "telecom has no agent 'desk1'; there are amy, ben"),
        ("desk1", {"role": "agent", "agent": "bne"}, 400, "did you mean 'ben'?"),
        ("wall", {"role": "supervisor", "agent": "amy"}, 400, "belongs to no agent"),
        ("boss", {"role": "supervisor"}, 409, "that may something else"),
        ("a b", {"role": "admin"}, 400, "is no name for a token"),
        ("é", {"role": "admin"}, 400, "is no name for a token"),
        ("wall", {"role": "king"}, 400, "role (one of admin, agent, supervisor)"),
        ("wall", {"role": "admin", "days": 0}, 400, "days (integer from 1 to 3650)"),
    ],
)
def test_a_token_must_be_one_that_makes_sense(
    house: DeskHouse, name: str, body: object, status: int, detail: str
) -> None:
    told = house.put(f"/tokens/{name}", body, house.boss)
    assert told.status_code == status
    if detail:
        assert detail in is_problem(told, status)


def test_another_hotlines_tokens_are_neither_seen_nor_ended(house: DeskHouse) -> None:
    theirs = house.token("theirs", hotline="bank")
    assert "theirs" not in house.get("/tokens", house.boss).text
    house.ask("DELETE", "/tokens/theirs", house.boss)
    assert house.get("/me", theirs).status_code == 200


def test_no_secret_of_a_token_is_kept(house: DeskHouse) -> None:
    secret = house.token("board").rpartition("_")[2]
    with house.desk.engine.connect() as connection:
        kept = connection.exec_driver_sql("select * from tokens").all()
    assert len(kept) == 1
    assert secret not in str(kept)
