"""Requests that are forged, replayed, doubled, late, lost, incomplete or absurd, against the whole stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.carrier.rehearsal import TOKEN
from ivr.sim.cloud import Hostile
from ivr.sim.cloud.signing import sign
from ivr.sim.cloud.web import Browser, Reply

CALLER = "+12025550101"
BALANCE = "Your balance is 42 dollars"


@pytest.fixture
def call(house: CarrierRehearsal) -> CarrierCall:
    return CarrierCall(house, caller=CALLER)


def post(house: CarrierRehearsal, url: str, form: Mapping[str, Sequence[str]], signature: str | None) -> Reply:
    """A request of somebody who is not the carrier's double."""
    browser = Browser(house.cloud.public_url, house.cloud.server, ceiling_s=60)
    headers = {} if signature is None else {"X-Twilio-Signature": signature}
    reply = browser.ask("POST", url, {name: list(values) for name, values in form.items()}, headers)
    browser.close()
    return reply


def kinds(call: CarrierCall) -> list[str]:
    return [entry.kind for entry in call.entries()]


# --- who it is from -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hostile", [Hostile(forged=True), Hostile(unsigned=True)], ids=["forged", "unsigned"])
def test_a_call_of_somebody_else_never_comes_in(house: CarrierRehearsal, call: CarrierCall, hostile: Hostile) -> None:
    house.cloud.hostile = hostile
    call.dials()
    call.hears("application error")
    assert call.entries() == []
    assert {one.reply.status for one in call.line.phone.requests if one.reply} == {403}


def test_a_turn_of_somebody_else_changes_nothing(house: CarrierRehearsal, call: CarrierCall) -> None:
    call.dials()
    last = call.line.phone.requests[-1]
    before = call.entries()
    url = f"{house.cloud.public_url}/twilio/turn/telecom/{call.line.call}/1?after=listen"
    for signature in (None, "", "x", sign("guessed", url, last.form), sign(TOKEN, url + "&x=1", last.form)):
        reply = post(house, url, {**last.form, "Digits": ["1"]}, signature)
        assert reply.status == 403
        assert "Traceback" not in reply.text
    assert call.entries() == before
    call.presses(1)
    call.hears(BALANCE)
    call.hangs_up()


def test_a_signature_fits_one_request_only(house: CarrierRehearsal, call: CarrierCall) -> None:
    call.dials()
    call.presses(1)
    real = call.line.phone.requests[-1]
    signature = sign(TOKEN, real.url, real.form)
    assert post(house, real.url, {**real.form, "Digits": ["2"]}, signature).status == 403
    assert post(house, real.url.replace("/turn/telecom", "/turn/other"), real.form, signature).status == 403
    call.hangs_up()


def test_a_request_replayed_later_is_answered_alike_and_changes_nothing(
    house: CarrierRehearsal, call: CarrierCall
) -> None:
    call.dials()
    call.presses(1)
    call.hears(BALANCE)
    pressed = [one for one in call.line.phone.requests if one.method == "POST"][-1]
    before, texts = call.entries(), list(house.texts)
    for hours in (0, 0.1, 3):
        house.pass_time(hours * 3600)
        reply = post(house, pressed.url, pressed.form, sign(TOKEN, pressed.url, pressed.form))
        assert pressed.reply is not None
        assert reply.body == pressed.reply.body
    house.settle()
    assert call.entries() == before
    assert house.texts == texts
    call.hangs_up()


def test_a_first_request_replayed_after_the_call_does_not_begin_another(
    house: CarrierRehearsal, call: CarrierCall
) -> None:
    call.dials()
    first = call.line.phone.requests[0]
    call.hangs_up()
    before = call.entries()
    reply = post(house, first.url, first.form, sign(TOKEN, first.url, first.form))
    assert "<Hangup" in reply.text
    assert call.entries() == before


# --- how often and in what order ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        Hostile(twice="same token"),
        Hostile(twice="new token"),
        Hostile(late=True),
        Hostile(loses=frozenset({1})),
        Hostile(loses=frozenset({0, 2})),
        Hostile(callbacks_twice=True),
        Hostile(callbacks_backwards=True),
        Hostile(extra={"Fancy": "new", "SipHeader_X-Y": "z"}),
        Hostile(only_legacy_names=True),
        Hostile(no_confidence=True),
        Hostile(without=frozenset({"AccountSid", "ApiVersion", "Direction"})),
    ],
    ids=lambda hostile: ",".join(
        name for name in hostile.__slots__ if getattr(hostile, name) != getattr(Hostile(), name)
    ),
)
def test_a_bad_day_of_the_carrier_leaves_the_record_as_on_a_good_one(
    house: CarrierRehearsal, call: CarrierCall, hostile: Hostile
) -> None:
    house.cloud.hostile = hostile
    call.dials()
    call.presses(1)
    if not hostile.loses:
        call.hears(BALANCE)
    call.presses(2)
    call.says("five")
    call.waits(20)
    call.is_over("done")
    house.cloud.deliver()
    assert kinds(call).count("answered") == 1
    assert kinds(call).count("sms") == 1
    assert kinds(call).count("ended") == 1
    call.recorded("ended", outcome="answered")
    assert len(house.texts) == 1


# --- what it says -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("caller", ["anonymous", "client:bob", "sip:bob@example.com", "+266696687", "王芳", "x" * 5000])
def test_anybody_can_call(house: CarrierRehearsal, caller: str) -> None:
    call = CarrierCall(house, caller=caller)
    call.dials()
    call.presses(1)
    call.hears("How can I help you")
    call.presses(0)
    assert call.place() is not None
    call.hangs_up()
    assert not call.line.phone.errors


@pytest.mark.parametrize(
    "instead",
    [
        {"From": ""},
        {"From": ["+12025550101", "+12025550102"]},
        {"CallStatus": "dancing"},
        {"CallStatus": ["ringing", "completed"]},
        {"Digits": ["1", "2"]},
        {"Digits": "9" * 4000},
        {"Digits": "<script>"},
        {"SpeechResult": "\x00\x07\u2028"},
        {"Confidence": "very"},
        {"To": ["+12025550199", "+12025550199"]},
    ],
    ids=str,
)
def test_absurd_parameters_end_no_call(house: CarrierRehearsal, call: CarrierCall, instead: dict[str, Any]) -> None:
    call.dials()
    house.cloud.hostile = Hostile(instead=instead)
    call.presses(1)
    call.waits(1)
    house.cloud.hostile = Hostile()
    assert call.line.state == "listening"
    assert not call.line.phone.errors
    call.presses(0)
    assert call.place() is not None
    call.hangs_up()


def test_ten_thousand_letters_of_speech_are_no_harm(house: CarrierRehearsal, call: CarrierCall) -> None:
    call.dials()
    for text in ("balance " * 1250, "余额" * 5000, "<&>\"'" * 2000):
        call.says(text)
        assert call.line.state == "listening"
        assert not call.line.phone.errors
        if BALANCE in " ".join(call.line.heard):
            call.presses(1)
    heard = [entry.data for entry in call.entries() if entry.kind == "heard"]
    assert max(len(str(one.get("text", ""))) for one in heard) <= 2000
    call.hangs_up()


def test_no_document_is_over_64_kilobytes(house: CarrierRehearsal, call: CarrierCall) -> None:
    call.dials()
    call.says("balance " * 1250)
    call.waits(60)
    assert max(len(one.reply.body) for one in call.line.phone.requests if one.reply and one.method == "POST") < 64_000
