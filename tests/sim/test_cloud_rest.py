"""The double's REST API, asked without anybody's library."""

import base64
import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from small_server import SmallServer

from ivr.sim.cloud import Cloud, Impossible, VirtualClock

ACCOUNT = "AC" + "0" * 32
CALLER, NUMBER, AGENT = "+12025550100", "+12025550199", "+12025550177"


@pytest.fixture
def server() -> Iterator[SmallServer]:
    server = SmallServer({"/voice": "<Gather><Say>Well?</Say></Gather>", "/status": lambda form: ("", 204)})
    yield server
    server.close()


@pytest.fixture
def cloud(server: SmallServer) -> Iterator[Cloud]:
    with Cloud(ACCOUNT, "token", server.base, clock=VirtualClock()) as cloud:
        cloud.number(NUMBER, f"{server.base}/voice", status_url=f"{server.base}/status")
        yield cloud


def order(cloud, path, form=None, *, token="token", method="POST"):
    """(HTTP status, JSON or bytes)."""
    connection = http.client.HTTPConnection(urlsplit(cloud.api_base).netloc, timeout=60)
    key = base64.b64encode(f"{ACCOUNT}:{token}".encode()).decode()
    body = urlencode(form or {}, doseq=True) if method == "POST" else None
    connection.request(method, f"/2010-04-01/Accounts/{ACCOUNT}/{path}", body, {"Authorization": f"Basic {key}"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, json.loads(content) if answer.getheader("Content-Type") == "application/json" else content


def ring(cloud, server, **more):
    told = {"To": AGENT, "From": NUMBER, "Url": f"{server.base}/voice", "Timeout": "20"}
    return order(cloud, "Calls.json", told | {"StatusCallback": f"{server.base}/status"} | more)


def test_a_leg_rings_and_is_answered(cloud, server):
    status, call = ring(cloud, server)
    assert (status, call["status"]) == (201, "queued")
    leg = cloud.leg(AGENT)
    assert leg.sid == call["sid"]
    leg.answer()
    assert leg.hears == ["Well?"]
    leg.hang_up()
    (told,) = server.forms("/status")
    assert (told["CallStatus"], told["To"], told["Direction"]) == ("completed", AGENT, "outbound-api")


@pytest.mark.parametrize("to", ["client:ben", "sip:ben@desk.example.com", "sips:ben@desk.example.com"])
def test_a_client_or_a_sip_telephone_rings_too(cloud, server, to):
    assert ring(cloud, server, To=to)[0] == 201
    assert cloud.leg(to).status == "ringing"


@pytest.mark.parametrize("to", ["ben", "client:", "sip:ben", "mailto:ben@example.com"])
def test_what_nobody_can_ring_is_refused(cloud, server, to):
    assert ring(cloud, server, To=to)[1]["code"] == 21211


@pytest.mark.parametrize(("how", "status"), [("decline", "busy"), ("no_answer", "no-answer"), ("fail", "failed")])
def test_a_leg_is_not_answered(cloud, server, how, status):
    ring(cloud, server)
    getattr(cloud.leg(AGENT), how)()
    assert [form["CallStatus"] for form in server.forms("/status")] == [status]  # under `completed`, whatever it was


def test_a_leg_rings_to_its_end(cloud, server):
    ring(cloud, server)
    leg = cloud.leg(AGENT)
    cloud.advance_to(cloud.clock() + 20)
    assert leg.status == "no-answer"


def test_every_event_of_a_leg_is_told_with_its_number(cloud, server):
    ring(cloud, server, StatusCallbackEvent=["initiated", "ringing", "answered", "completed"])
    leg = cloud.leg(AGENT)
    leg.answer()
    leg.hang_up()
    told = [(form["CallStatus"], form["SequenceNumber"]) for form in server.forms("/status")]
    assert told == [("ringing", "0"), ("ringing", "1"), ("in-progress", "2"), ("completed", "3")]


def test_a_running_call_is_sent_elsewhere(cloud, server):
    server.pages["/else"] = "<Say>Elsewhere.</Say><Pause/>"
    call = cloud.dial(CALLER, NUMBER)
    assert order(cloud, f"Calls/{call.sid}.json", {"Url": f"{server.base}/else"})[0] == 200
    call.wait(0)
    assert call.hears[-1] == "Elsewhere."


def test_a_running_call_is_ended(cloud):
    call = cloud.dial(CALLER, NUMBER)
    order(cloud, f"Calls/{call.sid}.json", {"Status": "completed"})
    call.wait(0)
    assert call.status == "completed"


def test_a_leg_that_rings_is_canceled(cloud, server):
    _, call = ring(cloud, server)
    order(cloud, f"Calls/{call['sid']}.json", {"Status": "canceled"})
    cloud.do_orders()
    assert cloud.calls[call["sid"]].status == "canceled"


def test_a_call_that_is_over_takes_no_orders(cloud):
    call = cloud.dial(CALLER, NUMBER)
    call.hang_up()
    status, told = order(cloud, f"Calls/{call.sid}.json", {"Status": "completed"})
    assert (status, told["code"]) == (400, 21220)


@pytest.mark.parametrize(
    ("path", "form", "status", "code"),
    [
        ("Calls/CAx.json", {"Status": "completed"}, 404, 20404),
        ("Nothing.json", {}, 404, 20404),
        ("Calls.json", {}, 400, 21201),
        ("Calls.json", {"To": "bob", "From": NUMBER, "Url": "http://h/x"}, 400, 21211),
        ("Calls.json", {"To": AGENT, "From": "+1999", "Url": "http://h/x"}, 400, 21210),
        ("Calls.json", {"To": AGENT, "From": NUMBER, "Url": "http://my_host/x"}, 400, 21205),
        ("Messages.json", {"To": AGENT, "From": NUMBER}, 400, 21602),
        ("Messages.json", {"To": AGENT, "From": NUMBER, "Body": "x" * 1601}, 400, 21617),
        ("Messages.json", {"To": AGENT, "From": "+1999", "Body": "x"}, 400, 21606),
    ],
)
def test_wrong_orders(cloud, path, form, status, code):
    assert (order(cloud, path, form)[0], order(cloud, path, form)[1]["code"]) == (status, code)


def test_a_wrong_password(cloud):
    status, told = order(cloud, "Messages.json", token="wrong")
    assert (status, told["code"]) == (401, 20003)


def test_texts_and_recordings(cloud):
    assert order(cloud, "Messages.json", {"To": AGENT, "From": NUMBER, "Body": "Hello"})[0] == 201
    assert [(message.to, message.text) for message in cloud.messages] == [(AGENT, "Hello")]
    name = cloud.keep_recording(1.0)["RecordingSid"]
    assert order(cloud, f"Recordings/{name}.wav", method="GET") == (200, cloud.recordings[name])


def test_a_telephone_that_does_not_ring(cloud):
    with pytest.raises(AssertionError, match=f"nothing rings at \\{AGENT}"):
        cloud.leg(AGENT, within_s=0.01)


def test_a_number_nobody_has_rented(cloud):
    with pytest.raises(Impossible, match="no number of this account"):
        cloud.dial(CALLER, "+1999")
