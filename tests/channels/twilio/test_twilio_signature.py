"""Who is let in."""

import pytest
from flask import Flask, request
from twilio_house import PUBLIC, TOKEN

from ivr.channels.twilio.signature import SWITCHED_OFF, Gate, from_this_machine
from ivr.channels.twilio.stream_door import upgrade
from ivr.sim.cloud.signing import sign

app = Flask(__name__)
FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675309",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
}
LOOPBACK = {"REMOTE_ADDR": "127.0.0.1"}
STRANGER = {"REMOTE_ADDR": "203.0.113.9"}


def listed(form):
    return {name: value if isinstance(value, list) else [value] for name, value in form.items()}


def refused(gate, path="/twilio/voice", form=FORM, signature="", environ=STRANGER, base=PUBLIC, **headers):
    if signature:
        headers["X-Twilio-Signature"] = signature
    with app.test_request_context(path, base_url=base, method="POST", data=form, headers=headers, environ_base=environ):
        return gate.refuses(request)


def signed(path="/twilio/voice", form=FORM, token=TOKEN, public=PUBLIC, **how):
    return sign(token, public + path, listed(form), **how)


# --- the reference's own vectors ------------------------------------------------------------------------


def test_the_form_vector():
    gate = Gate("https://mycompany.com", "12345")
    assert refused(gate, "/myapp.php?foo=1&bar=2", signature="RSOYDt4T1cUTdK1PDd93/VVr8B8=") is None


@pytest.mark.parametrize(("body", "good"), [('{"a":1}', True), ('{"a":2}', False), (b"\xff\xfe", False)])
def test_the_json_vector(body, good):
    digest = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    with app.test_request_context(
        f"/j?bodySHA256={digest}",
        method="POST",
        data=body,
        content_type="application/json",
        headers={"X-Twilio-Signature": "HZcabmio6hlmeaDQkKsY4H/TL0A="},
    ):
        assert (Gate("https://mycompany.com", "12345").refuses(request) is None) == good


def test_json_without_a_hash_of_the_body_is_refused():
    with app.test_request_context(
        "/j", method="POST", json={"a": 1}, headers={"X-Twilio-Signature": sign(TOKEN, f"{PUBLIC}/j", {})}
    ):
        assert Gate(PUBLIC, TOKEN).refuses(request) is not None


# --- right ones -----------------------------------------------------------------------------------------


def test_behind_a_tls_proxy_the_public_address_counts():
    assert refused(Gate(PUBLIC, TOKEN), signature=signed(), base="http://10.0.0.7:8080") is None


def test_a_public_address_below_a_path():
    public = "https://example.com/ivr"
    assert refused(Gate(public, TOKEN), signature=signed(public=public)) is None


@pytest.mark.parametrize("port", [":443", ""])
def test_twilio_may_name_the_usual_port(port):
    signature = signed(public=f"https://hotline.example.com{port}")
    assert refused(Gate(PUBLIC, TOKEN), signature=signature) is None
    assert refused(Gate(f"{PUBLIC}:443", TOKEN), signature=signature) is None


def test_an_unusual_port():
    assert refused(Gate(f"{PUBLIC}:8443", TOKEN), signature=signed(public=f"{PUBLIC}:8443")) is None
    # Twilio leaves it out at times
    assert refused(Gate(f"{PUBLIC}:8443", TOKEN), signature=signed(public=PUBLIC)) is None


@pytest.mark.parametrize("query", ["?a=1&b=2", "?b=2&a=1", "?x=%20y+z&x=%C3%A4", "?agent=anna+b%26c", "?empty="])
def test_the_query_counts_as_it_was_sent(query):
    assert refused(Gate(PUBLIC, TOKEN), f"/twilio/voice{query}", signature=signed(f"/twilio/voice{query}")) is None


def test_repeated_and_empty_and_spaced_parameters_are_signed_as_they_are():
    form = {"b": ["2", "1", "2"], "a": "", "C": "  x ", "ü": "漢字 & <b>"}
    assert refused(Gate(PUBLIC, TOKEN), form=form, signature=signed(form=form)) is None


def test_a_get_signs_nothing_but_its_address():
    path = "/twilio/voice?CallSid=CA1&From=%2B12025550100"
    headers = {"X-Twilio-Signature": sign(TOKEN, PUBLIC + path, {})}
    with app.test_request_context(path, headers=headers):
        assert Gate(PUBLIC, TOKEN).refuses(request) is None


def test_both_algorithms():
    settings = {"X-Twilio-Webhooks-Signature-Settings": "key=webhooks_1,algorithm=HMAC_SHA256"}
    gate = Gate(PUBLIC, TOKEN, shared_key="other")
    assert refused(gate, signature=signed(token="other", sha256=True), **settings) is None
    assert refused(gate, signature=signed(token=TOKEN, sha256=True), **settings) is not None
    assert refused(gate, signature=signed()) is None
    assert refused(Gate(PUBLIC, TOKEN), signature=signed(sha256=True), **settings) is None


# --- wrong ones -----------------------------------------------------------------------------------------


def test_no_signature():
    assert "not from Twilio" in refused(Gate(PUBLIC, TOKEN))


@pytest.mark.parametrize("signature", ["x", "=" * 28, "ü" * 28, signed(token="54321"), signed("/twilio/status")])
def test_forged(signature):
    assert "--public-url" in refused(Gate(PUBLIC, TOKEN), signature=signature.encode().decode("latin-1"))


def test_another_parameter_another_signature():
    assert refused(Gate(PUBLIC, TOKEN), form=FORM | {"Digits": "9"}, signature=signed()) is not None
    assert refused(Gate(PUBLIC, TOKEN), form=FORM | {"More": "x"}, signature=signed()) is not None


def test_an_unknown_algorithm(caplog):
    settings = {"X-Twilio-Webhooks-Signature-Settings": "algorithm=HMAC_MD5"}
    assert refused(Gate(PUBLIC, TOKEN), signature=signed(), **settings) is not None


def test_the_reason_tells_no_query_and_no_secret():
    reason = refused(Gate(PUBLIC, TOKEN), "/twilio/voice?secret=1234", signature="x")
    assert "1234" not in reason
    assert TOKEN not in repr(Gate(PUBLIC, TOKEN, shared_key="k3y"))


# --- without a token ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("environ", [LOOPBACK, STRANGER])
def test_without_a_token_the_line_is_off(environ):
    assert "TWILIO_AUTH_TOKEN" in refused(Gate(PUBLIC, None), environ=environ, base="http://localhost")
    assert refused(Gate(PUBLIC, ""), signature=signed(token=""), environ=environ) is not None


@pytest.mark.parametrize("base", ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"])
@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.2.1", "::1"])
def test_insecure_lets_this_machine_in(base, address):
    assert refused(Gate(PUBLIC, None, insecure=True), environ={"REMOTE_ADDR": address}, base=base) is None


@pytest.mark.parametrize("address", ["203.0.113.9", "10.0.0.1", "", "localhost.evil.example", "::ffff:203.0.113.9"])
def test_insecure_lets_no_other_machine_in(address):
    gate = Gate(PUBLIC, None, insecure=True)
    assert refused(gate, environ={"REMOTE_ADDR": address}, base="http://localhost") is not None


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Host", "Origin"])
def test_nobody_fakes_this_machine_through_a_proxy(name):
    gate = Gate(PUBLIC, None, insecure=True)
    assert refused(gate, environ=LOOPBACK, base="http://localhost", **{name: "127.0.0.1"}) is not None


def test_a_tunnel_that_keeps_the_public_host_name_is_not_this_machine():
    assert refused(Gate(PUBLIC, None, insecure=True), environ=LOOPBACK, base=PUBLIC) is not None


def test_insecure_with_a_token_still_refuses_forged_requests():
    gate = Gate(PUBLIC, TOKEN, insecure=True)
    assert refused(gate, environ=LOOPBACK, base="http://localhost") is None
    assert refused(gate, environ=LOOPBACK, base="http://localhost", signature="forged") is not None


def test_from_this_machine_reads_the_socket():
    with app.test_request_context("/", base_url="http://localhost", environ_base=STRANGER):
        assert not from_this_machine(request)


# --- sockets ---------------------------------------------------------------------------------------------


def refused_socket(gate, signature="", path="/twilio/stream", host="hotline.example.com", client="203.0.113.9", **more):
    headers = {"host": host, "upgrade": "websocket", "x-twilio-signature": signature, **more}
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items() if value]
    scope = {"type": "websocket", "path": path, "query_string": b"", "headers": sent, "client": (client, 5)}
    return gate.refuses_socket(upgrade(scope))


@pytest.mark.parametrize(
    "address",
    [
        "wss://hotline.example.com/twilio/stream",
        "wss://hotline.example.com:443/twilio/stream",
        "https://hotline.example.com/twilio/stream",
        "https://hotline.example.com:443/twilio/stream",
    ],
)
def test_a_socket_is_known_by_its_address_in_any_of_the_ways_that_were_seen(address):
    assert refused_socket(Gate(PUBLIC, TOKEN), sign(TOKEN, address, {})) is None


def test_a_socket_at_a_port_of_its_own_and_behind_a_path():
    gate = Gate("https://hotline.example.com:8443/ivr", TOKEN)
    signature = sign(TOKEN, "wss://hotline.example.com:8443/ivr/twilio/stream", {})
    assert refused_socket(gate, signature) is None


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "forged",
        sign("another token", f"{PUBLIC}/twilio/stream", {}),
        sign(TOKEN, "wss://hotline.example.com/phone/line", {}),
        sign(TOKEN, "wss://evil.example.com/twilio/stream", {}),
        sign(TOKEN, "ws://hotline.example.com/twilio/stream", {}),
    ],
)
def test_a_socket_that_is_not_signed_is_refused_with_the_reason(signature):
    assert "signature" in (refused_socket(Gate(PUBLIC, TOKEN), signature) or "").lower()


def test_without_a_token_no_socket_is_opened_but_from_here_where_the_host_says_so():
    assert refused_socket(Gate(PUBLIC, None), "x") == SWITCHED_OFF
    insecure = Gate(PUBLIC, None, insecure=True)
    assert refused_socket(insecure, host="localhost:8080", client="127.0.0.1") is None
    assert refused_socket(insecure, host="localhost:8080", client="203.0.113.9") is not None
    assert refused_socket(insecure, host="localhost:8080", client="127.0.0.1", x_forwarded_for="1.2.3.4") is not None
