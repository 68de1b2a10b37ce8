"""The page /phone and its tickets, as Flask serves them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import redis
from app_house import client as client_of
from app_house import opened
from flask import Flask
from flask.testing import FlaskClient
from phone_stage import Desk
from runtime_house import HOTLINE, House, shop

from ivr.channels.webphone.gate import is_ours
from ivr.channels.webphone.opening import number
from ivr.channels.webphone.page import blueprint
from ivr.channels.webphone.parts import PhoneParts
from ivr.store.tickets import RedisTickets

OURS = {"Origin": "http://localhost"}
TRY_AS = 'try_as: {"+12025550101": Alice, anonymous: "hides <the> number"}\n'


def web(parts: PhoneParts) -> FlaskClient:
    app = Flask("test")
    app.register_blueprint(blueprint(parts))
    return app.test_client()


def test_the_page_loads_nothing_from_elsewhere(desk: Desk) -> None:
    answer = web(desk.parts).get("/phone")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"""(src|href)=["'](https?:)?//""", answer.text)
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=", answer.text), "nothing inline"


def test_the_phone_is_served_only_where_the_host_switched_it_on(tmp_path: Path) -> None:
    with opened(tmp_path / "off") as house:
        assert client_of(house).get("/phone").status_code == 404
        assert client_of(house).post("/phone/ticket", headers=OURS).status_code == 404
    with opened(tmp_path / "on", phone=True) as house:
        answer = client_of(house).get("/phone")
        assert answer.status_code == 200
        assert "Alice Chen" in answer.text
        assert "panel.css" not in answer.text


def test_every_file_the_page_names_is_there(desk: Desk) -> None:
    client = web(desk.parts)
    named = re.findall(r'(?:src|href)="([^"]+)"', client.get("/phone").text)
    assert len(named) >= 3
    for path in named:
        with client.get(path) as file:
            assert file.status_code == 200, path


def test_callers_to_be_tried_as_are_listed_and_are_text(desk: Desk, client: object) -> None:
    house = House(client, shop(hotline=HOTLINE + TRY_AS))  # type: ignore[arg-type]
    text = web(replace(desk.parts, shelf=house.shelf)).get("/phone").text
    assert 'value="+12025550101"' in text
    assert "<b>Alice</b>" in text
    assert "hides &lt;the&gt; number" in text


def test_a_choice_of_hotlines_is_offered_only_where_there_is_one(desk: Desk, client: object) -> None:
    one = web(desk.parts).get("/phone").text
    assert "<select" not in one
    other = HOTLINE.replace("hotline: shop", "hotline: depot").replace("0199", "0198")
    house = House(client, shop(), shop(hotline=other))  # type: ignore[arg-type]
    two = web(replace(desk.parts, shelf=house.shelf)).get("/phone").text
    assert '<option value="shop">' in two
    assert '<option value="depot">' in two


def test_the_panel_is_in_the_page_only_where_it_is_switched_on(desk: Desk) -> None:
    off = web(desk.parts).get("/phone").text
    assert "panel.css" not in off
    assert "data-on" not in off


def test_a_ticket_is_for_our_own_page(desk: Desk) -> None:
    client = web(desk.parts)
    assert client.post("/phone/ticket").status_code == 403
    assert client.post("/phone/ticket", headers={"Origin": "https://evil.example"}).status_code == 403
    got = client.post("/phone/ticket", headers=OURS)
    assert got.status_code == 200
    assert desk.tickets.spend(got.json["ticket"])
    assert got.headers["Cache-Control"] == "no-store"


def test_a_store_that_is_away_is_told_to_the_page(desk: Desk) -> None:
    nobody_listens = RedisTickets(redis.Redis(port=1))
    answer = web(replace(desk.parts, tickets=nobody_listens)).post("/phone/ticket", headers=OURS)
    assert answer.status_code == 503
    assert "Redis does not answer" in answer.json["problem"]


@pytest.mark.parametrize(
    ("origin", "host", "ours"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1:8080", True),
        ("https://abc.tunnel.example", "abc.tunnel.example", True),
        ("https://hotline.example.com", "127.0.0.1:8080", True),
        ("http://127.0.0.1:8080", "127.0.0.1:9090", False),
        ("https://evil.example", "hotline.example.com", False),
        ("null", "hotline.example.com", False),
        (None, "hotline.example.com", False),
        ("http://", "", False),
    ],
)
def test_a_page_is_ours_when_it_came_from_where_it_asks(origin: str | None, host: str, ours: bool) -> None:
    assert is_ours(origin, host, frozenset({"hotline.example.com"})) is ours


@pytest.mark.parametrize(
    ("typed", "caller"),
    [
        ("+1 (202) 555-0101", "+12025550101"),
        ("010-1234-5678", "01012345678"),
        ("  ", "anonymous"),
        ("anonymous", "anonymous"),
        ("client:bob", "client:bob"),
    ],
)
def test_a_number_is_taken_as_people_write_it(typed: str, caller: str) -> None:
    assert number(typed) == caller
