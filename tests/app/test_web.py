"""What the one port answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from app_house import NUMBER, TELECOM, TOKEN, Line, change, client, copied, opened, store_goes_away
from flask.testing import FlaskClient

from ivr.app.house import House
from ivr.errors import HostError, SettingsError

HOLD = (TELECOM / "audio" / "hold.wav").read_bytes()


def test_a_server_that_lives_says_so(web: FlaskClient) -> None:
    assert web.get("/healthz").json == {"alive": True}


def test_a_server_that_is_well_says_so(web: FlaskClient) -> None:
    reply = web.get("/readyz")
    assert (reply.status_code, reply.json) == (200, {"ready": True, "troubles": []})


def test_without_its_store_a_server_is_alive_and_not_ready(web: FlaskClient, house: House) -> None:
    store_goes_away(house)
    assert web.get("/healthz").status_code == 200
    reply = web.get("/readyz")
    assert reply.status_code == 503
    assert reply.json is not None
    assert "store: " in reply.json["troubles"][0]


# --- sounds ---------------------------------------------------------------------------------------------------------


def test_a_sound_is_played_from_here(web: FlaskClient) -> None:
    with web.get("/audio/telecom/hold.wav") as reply:
        assert (reply.status_code, reply.mimetype, reply.data) == (200, "audio/wav", HOLD)


def test_a_part_of_a_sound_can_be_had(web: FlaskClient) -> None:
    with web.get("/audio/telecom/hold.wav", headers={"Range": "bytes=10-19"}) as reply:
        assert (reply.status_code, reply.data) == (206, HOLD[10:20])
        assert reply.headers["Content-Range"] == f"bytes 10-19/{len(HOLD)}"


@pytest.mark.parametrize(
    "path",
    [
        "/audio/telecom/../hotline.yaml",
        "/audio/telecom/..%2fhotline.yaml",
        "/audio/telecom/%2e%2e/words/en.yaml",
        "/audio/telecom//etc/passwd",
        "/audio/telecom/hotline.yaml",
        "/audio/telecom/none.wav",
        "/audio/none/hold.wav",
        "/audio/../hotline.yaml",
        "/audio/telecom/",
    ],
)
def test_nothing_but_sounds_can_be_had(web: FlaskClient, path: str) -> None:
    assert web.get(path, follow_redirects=True).status_code == 404


# --- who is let in ----------------------------------------------------------------------------------------------------


def test_without_a_token_the_carrier_is_told_that_the_line_is_off(tmp_path: Path) -> None:
    with opened(tmp_path, twilio_token=None) as house:
        reply = Line(client(house)).post("/twilio/voice")
        assert reply.status_code == 403
        assert "TWILIO_AUTH_TOKEN is not set" in reply.text


def test_unsigned_requests_of_this_machine_are_taken_with_insecure_only(tmp_path: Path) -> None:
    form = {"CallSid": "CA1", "AccountSid": "AC1", "From": "+1", "To": NUMBER}
    with opened(tmp_path, twilio_token=None, insecure=True) as house:
        web = client(house)
        assert "<Gather" in web.post("/twilio/voice", data=form).text
        forwarded = web.post("/twilio/voice", data=form, headers={"X-Forwarded-For": "203.0.113.7"})
        assert forwarded.status_code == 403
        outside = web.post("/twilio/voice", data=form, environ_overrides={"REMOTE_ADDR": "203.0.113.7"})
        assert outside.status_code == 403


def test_with_insecure_a_forged_signature_is_refused_all_the_same(tmp_path: Path) -> None:
    with opened(tmp_path, insecure=True) as house:
        assert house.settings.twilio_token == TOKEN
        reply = client(house).post("/twilio/voice", data={"CallSid": "CA1"}, headers={"X-Twilio-Signature": "x"})
        assert reply.status_code == 403


def test_the_local_line_is_there_only_when_it_was_asked_for(tmp_path: Path) -> None:
    with opened(tmp_path, local_line=False) as house:
        assert client(house).post("/line/calls", json={"caller": "bob"}).status_code == 404


# --- which hotline ------------------------------------------------------------------------------------------------


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """Another hotline, on another number."""
    folder = copied(TELECOM, tmp_path / "second")
    change(folder / "hotline.yaml", "hotline: telecom", "hotline: second")
    change(folder / "hotline.yaml", NUMBER, "+12025550177")
    change(folder / "hotline.yaml", "company: Northwind Telecom", "company: Southwind Power")
    return folder


def test_the_number_dialled_chooses_the_hotline(tmp_path: Path, second: Path) -> None:  # R8
    with opened(tmp_path / "data", TELECOM, second) as house:
        web = client(house)
        assert "Northwind Telecom" in Line(web, call="CA" + "1" * 32).dials().last
        assert "Southwind Power" in Line(web, call="CA" + "2" * 32, to="+12025550177").dials().last
        with web.get("/audio/second/hold.wav") as sound:
            assert sound.status_code == 200


def test_a_number_of_no_hotline_is_told_so(tmp_path: Path, second: Path) -> None:
    with opened(tmp_path / "data", TELECOM, second) as house:
        document = Line(client(house), to="+12025550000").dials().last
        assert "not in service" in document
        assert "<Hangup" in document


def test_two_hotlines_of_one_name_are_refused(tmp_path: Path) -> None:
    again = copied(TELECOM, tmp_path / "again")
    with (
        pytest.raises(SettingsError, match="two folders hold a hotline called 'telecom'"),
        opened(tmp_path / "data", TELECOM, again),
    ):
        raise AssertionError("it was served")


def test_a_number_of_two_hotlines_is_refused(tmp_path: Path, second: Path) -> None:
    change(second / "hotline.yaml", "+12025550177", NUMBER)
    with (
        pytest.raises(HostError, match="belongs to both 'telecom' and 'second'"),
        opened(tmp_path / "data", TELECOM, second),
    ):
        raise AssertionError("it was served")


def test_a_connector_without_its_secret_is_told_before_anything_is_served(tmp_path: Path) -> None:
    folder = copied(TELECOM, tmp_path / "hotline")
    change(folder / "hotline.yaml", "connectors:\n", "connectors:\n" + CRM)
    with pytest.raises(SettingsError, match="CRM_URL"), opened(tmp_path / "data", folder):
        raise AssertionError("it was served")


CRM = """\
  crm:
    kind: http
    url: "${CRM_URL}"
    operations:
      who: {get: "/who{?number}", takes: [number], gives: {name: text}}
"""


def test_settings_show_no_secret(house: House) -> None:
    assert TOKEN not in repr(replace(house.settings, redis_url="redis://:hidden@h"))
    assert "hidden" not in repr(replace(house.settings, redis_url="redis://:hidden@h"))
