"""The API about talks under way: callers sent on, experts brought in and sent away, and who has ordered that."""

from __future__ import annotations

import pytest
from desk_house import DeskHouse
from runtime_house import House
from test_switchboard import Exchange

from ivr.call.verbs import Join
from ivr.runtime.talks import Talks


@pytest.fixture
def exchange(house: DeskHouse) -> Exchange:
    """amy talks with the caller of `c1`; ben, who knows other things, is there."""
    found = Exchange(House(house.client))
    object.__setattr__(house.desk, "talks", found.talks)
    object.__setattr__(house.desk, "clock", found.house.clock)
    assert isinstance(house.desk.talks, Talks)
    assert found.board.take("shop", found.rings().token) is not None
    found.agents.sign_in("shop", "ben", now=found.house.clock())
    return found


@pytest.fixture
def amy(house: DeskHouse, exchange: Exchange) -> str:
    return house.token("amy of the shop", "agent", "amy", hotline="shop")


@pytest.fixture
def floor(house: DeskHouse, exchange: Exchange) -> str:
    return house.token("floor", hotline="shop")


def last(exchange: Exchange, kind: str) -> dict[str, object]:
    return [entry.data for entry in exchange.house.entries() if entry.kind == kind][-1]


def joins(exchange: Exchange) -> None:
    assert exchange.board.take("shop", exchange.rings().token) is not None


def test_an_agent_sends_the_caller_on_with_a_note(house: DeskHouse, exchange: Exchange, amy: str) -> None:  # R74
    answer = house.put("/calls/c1/transfer", {"to": "queue:other", "note": "no\nlight"}, amy)
    assert answer.status_code == 204
    told = last(exchange, "transferred")
    assert (told["agent"], told["queue"], told["note"]) == ("amy", "other", "no light")
    assert "by" not in told, "it was her own doing"
    again = house.put("/calls/c1/transfer", {"to": "queue:other"}, amy)
    assert (again.status_code, again.json["detail"]) == (409, "in the call 'c1' amy is not talking just now")


def test_what_a_supervisor_orders_stands_in_the_record_as_his(  # R74
    house: DeskHouse, exchange: Exchange, floor: str
) -> None:
    assert house.put("/calls/c1/transfer", {"to": "agent:ben"}, floor).status_code == 204
    told = last(exchange, "transferred")
    assert (told["agent"], told["to"], told["by"]) == ("amy", "ben", "floor")


def test_an_expert_is_brought_in_once_and_sent_away(house: DeskHouse, exchange: Exchange, amy: str) -> None:  # R75
    for _ in range(2):
        assert house.put("/calls/c1/experts", {"to": "queue:other"}, amy).status_code == 204
    joins(exchange)
    assert len([one for one in exchange.house.entries() if one.kind == "expert_asked"]) == 1
    assert exchange.state_of("ben") == "on_call"
    assert house.ask("DELETE", "/calls/c1/experts/ben", amy).status_code == 204
    assert exchange.state_of("ben") == "wrap_up"
    assert exchange.state_of("amy") == "on_call"
    answer = exchange.house.conductor.replay("shop", "c1")
    assert answer is not None
    assert isinstance(answer.verbs[-1], Join)
    assert house.ask("DELETE", "/calls/c1/experts/ben", amy).status_code == 409


def test_everybody_else_is_sent_away_and_nobody_rung(house: DeskHouse, exchange: Exchange, floor: str) -> None:  # R75
    house.put("/calls/c1/experts", {"to": "queue:other"}, floor)
    joins(exchange)
    assert house.ask("DELETE", "/calls/c1/experts", floor).status_code == 204
    assert (exchange.state_of("ben"), exchange.state_of("amy")) == ("wrap_up", "on_call")
    assert last(exchange, "expert_dismissed")["by"] == "floor"


def test_an_expert_cannot_send_away_who_took_the_call(house: DeskHouse, exchange: Exchange, amy: str) -> None:  # R75
    house.put("/calls/c1/experts", {"to": "queue:other"}, amy)
    joins(exchange)
    ben = house.token("ben of the shop", "agent", "ben", hotline="shop")
    for path in ("/calls/c1/experts/amy", "/calls/c1/experts"):
        assert house.ask("DELETE", path, ben).status_code == 409
    assert exchange.state_of("amy") == "on_call"


@pytest.mark.parametrize(
    ("to", "status", "detail"),
    [
        ("queue:others", 404, "did you mean 'other'?"),
        ("agent:carl", 404, "there is no agent 'carl'"),
        ("other", 404, "name queue:NAME or agent:NAME"),
    ],
)
def test_whom_nobody_knows_gets_no_caller(
    house: DeskHouse, exchange: Exchange, amy: str, to: str, status: int, detail: str
) -> None:
    answer = house.put("/calls/c1/transfer", {"to": to}, amy)
    assert answer.status_code == status
    assert detail in answer.json["detail"]
    assert exchange.state_of("amy") == "on_call"


def test_an_agent_orders_in_no_other_talk(house: DeskHouse, exchange: Exchange) -> None:
    ben = house.token("ben of the shop", "agent", "ben", hotline="shop")
    assert house.put("/calls/c1/transfer", {"to": "queue:other"}, ben).status_code == 409
    assert house.put("/calls/c1/transfer", {"to": "queue:other", "agent": "amy"}, ben).status_code == 403
    assert house.ask("DELETE", "/calls/c1/experts", ben).status_code == 409
    other = house.token("elsewhere", hotline="bank")
    assert house.put("/calls/c1/transfer", {"to": "queue:other"}, other).status_code == 409
    assert exchange.state_of("amy") == "on_call"
