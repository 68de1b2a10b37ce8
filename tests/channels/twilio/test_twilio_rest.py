"""Orders over REST, and what becomes of refused ones."""

import socket
from io import BytesIO

import pytest
from twilio_house import CALLER, NUMBER, PUBLIC, carrier_of

from ivr.channels.twilio import CallOver, Carrier, Urls
from ivr.channels.twilio.agent_urls import AgentUrls, Leg, Talked
from ivr.errors import CarrierError
from ivr.sim.cloud import Message

URLS = Urls(PUBLIC)
AGENTS, O1 = AgentUrls(PUBLIC), Leg("telecom", "o1")
TALKED = Talked("c1", "amy", "general")


@pytest.fixture
def carrier(cloud):
    return carrier_of(cloud)


def ring(carrier, number="+12025550177", url="", caller_id=NUMBER):
    return carrier.ring(number, url or AGENTS.answered(O1), AGENTS.status(O1, TALKED), 20, caller_id)


def test_a_text_is_sent(carrier, cloud):
    sid = carrier.send_sms(CALLER, "您的余额为 12.50 元 & <more>", NUMBER)
    assert cloud.messages == [Message(sid, CALLER, NUMBER, "您的余额为 12.50 元 & <more>")]


def test_a_number_is_rung(carrier, cloud):
    sid = ring(carrier)
    leg = cloud.leg("+12025550177")
    assert (leg.sid, leg.from_, leg.state) == (sid, NUMBER, "ringing")


def test_a_call_is_ended(carrier, cloud):
    call = cloud.dial(CALLER, NUMBER)
    carrier.end(call.sid)
    cloud.do_orders()
    assert call.status == "completed"
    carrier.end(call.sid)  # twice is well, too


def test_a_call_that_is_over_goes_nowhere(carrier, cloud):
    call = cloud.dial(CALLER, NUMBER)
    call.hang_up()
    with pytest.raises(CallOver, match="the call is over"):
        carrier.redirect(call.sid, URLS.again("telecom", call.sid))


def test_a_call_nobody_knows(carrier):
    with pytest.raises(CarrierError, match=r"error 20404, HTTP 404.*TWILIO_ACCOUNT_SID"):
        carrier.redirect("CA" + "9" * 32, URLS.again("telecom", "CA1"))


def test_a_wrong_token(cloud):
    with pytest.raises(CarrierError, match=r"20003.*TWILIO_AUTH_TOKEN"):
        Carrier(cloud.account, "wrong", cloud.api_base).send_sms(CALLER, "x", NUMBER)


@pytest.mark.parametrize(
    ("refused", "told"),
    [((429, 20429), "may be tried again"), ((400, 21610), "no more texts"), ((500, 99999), "twilio.com/docs/errors")],
)
def test_a_refusal_says_what_to_do(carrier, cloud, refused, told):
    cloud.rest_refuses = refused
    with pytest.raises(CarrierError, match=told):
        carrier.send_sms(CALLER, "x", NUMBER)


def test_a_text_over_the_limit_and_a_wrong_sender(carrier):
    with pytest.raises(CarrierError, match="shorten the words"):
        carrier.send_sms(CALLER, "x" * 1601, NUMBER)
    with pytest.raises(CarrierError, match="set another in the hotline"):
        carrier.send_sms(CALLER, "x", "+19990001111")


def test_no_number_and_no_good_address(carrier):
    with pytest.raises(CarrierError, match="no telephone number"):
        ring(carrier, number="front desk")
    with pytest.raises(CarrierError, match="--public-url"):
        ring(carrier, url="https://my_host/x")


def test_nobody_there():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # by nobody who listens
        carrier = Carrier("AC1", "t", f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(CarrierError, match="did not answer the order to send a text"):
            carrier.send_sms(CALLER, "x", NUMBER)
        with pytest.raises(CarrierError, match="did not give the recording"):
            carrier.fetch_recording("RE" + "a" * 32, BytesIO())


@pytest.mark.parametrize("recording", ["", "x", "https://evil.example/file.wav", "RE12"])
def test_only_recordings_are_fetched(carrier, recording):
    with pytest.raises(CarrierError, match="no recording id"):
        carrier.fetch_recording(recording, BytesIO())


def test_a_recording_is_asked_at_twilio_whatever_its_address_says(carrier, cloud):
    name = cloud.keep_recording(2.0)["RecordingSid"]
    fetched = BytesIO()
    carrier.fetch_recording(f"https://evil.example/{name}.wav", fetched)
    assert fetched.getvalue() == cloud.recordings[name]
    with pytest.raises(CarrierError, match="HTTP 404"):
        carrier.fetch_recording("RE" + "f" * 32, BytesIO())
