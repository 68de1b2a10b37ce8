"""Look-ups by HTTP, against a server that answers well, badly, slowly or not at all."""

import gzip
import json
import logging
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from web_company import Company, Reply

from ivr.call.events import LookupDone, LookupEmpty, LookupFailed
from ivr.connectors import OpenConnector

PATIENT = {"timeout_s": 15}
"""No slow machine is a slow company."""
CALLER = {"get": "/callers/{number}{?fields}", "takes": ["number", "fields?"], "gives": {"name": "text"}} | PATIENT
TICKET = {
    "post": "/tickets", "body": {"account": "{account}", "lines": ["{text}", "By phone: {text}"]},
    "takes": ["account", "text"], "gives": {"ticket": "text"}, "timeout_s": 15,
}  # fmt: skip
Ask = Callable[..., Any]


@pytest.fixture
def crm(company: Company, opens: Callable[..., OpenConnector]) -> Callable[..., OpenConnector]:
    def crm(operation: dict[str, Any], **more: Any) -> OpenConnector:
        return opens({"kind": "http", "url": company.url, "operations": {"it": operation}} | more)

    return crm


@pytest.fixture
def ask(crm: Callable[..., OpenConnector]) -> Ask:
    """Ask for caller 7 once, with the operation changed as the test wants."""

    def ask(**changed: Any) -> Any:
        return crm(CALLER | changed).look_up("it", {"number": "7"}, "call:1")

    return ask


def test_a_caller_is_found(company: Company, opens: Callable[..., OpenConnector]):
    company.says({"data": {"caller": {"name": "Ada", "tier": "gold", "iban": "x"}}})
    written = {
        "kind": "http", "url": "${CRM_URL}/api/", "headers": {"Authorization": "Bearer ${CRM_TOKEN}"},
        "operations": {"caller": CALLER | {"pick": "data.caller", "gives": {"name": "text", "tier": "text"}}},
    }  # fmt: skip
    crm = opens(written, CRM_URL=company.url, CRM_TOKEN="s3cret")
    answer = crm.look_up("caller", {"number": "+12025550100", "fields": "name tier"}, "call:1")
    assert answer == LookupDone({"name": "Ada", "tier": "gold"})
    (asked,) = company.asked
    assert (asked.method, asked.path) == ("GET", "/api/callers/%2B12025550100?fields=name%20tier")
    assert asked.headers["Authorization"] == "Bearer s3cret"
    assert "Idempotency-Key" not in asked.headers


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("7", "/callers/7"),
        (0, "/callers/0"),
        (True, "/callers/true"),
        ("../admin", "/callers/..%2Fadmin"),
        ("7?all=1#x", "/callers/7%3Fall%3D1%23x"),
        ("%2e%2e", "/callers/%252e%252e"),
        ("{number}", "/callers/%7Bnumber%7D"),
        ("张三 & Söhne\r\nX: y", "/callers/%E5%BC%A0%E4%B8%89%20%26%20S%C3%B6hne%0D%0AX%3A%20y"),
    ],
)
def test_a_value_stays_one_piece_of_the_address(company: Company, crm: Ask, number: object, path: str):
    company.says({"name": "Ada"})
    assert crm(CALLER).look_up("it", {"number": number}, "call:1") == LookupDone({"name": "Ada"})
    assert company.asked[0].path == path


@pytest.mark.parametrize("number", ["", ".", "..", None, ["7"], {"a": 1}, "\ud800", "9" * 100_000])
def test_a_value_that_would_lead_elsewhere_is_never_asked_about(company: Company, crm: Ask, number: object):
    company.says({"name": "everybody"})
    assert crm(CALLER).look_up("it", {"number": number}, "call:1") == LookupFailed("arguments")
    assert company.asked == []


@pytest.mark.parametrize("arguments", [{}, {"number": "7", "colour": "red"}])
def test_arguments_that_were_not_declared_are_refused(company: Company, crm: Ask, arguments: dict[str, str]):
    assert crm(CALLER).look_up("it", arguments, "call:1") == LookupFailed("arguments")


def test_an_operation_that_a_newer_hotline_no_longer_has_fails(crm: Ask):
    assert crm(CALLER).look_up("gone", {}, "call:1") == LookupFailed("unknown")


def test_a_body_keeps_types_and_words_are_never_read_as_templates(company: Company, crm: Ask):
    company.says({"ticket": 1042})
    answer = crm(TICKET).look_up("it", {"account": 7, "text": "{account} <b>&amp;</b> {{ 7 * 7 }}"}, "CA1:open:2")
    assert answer == LookupDone({"ticket": "1042"})
    (asked,) = company.asked
    said = "{account} <b>&amp;</b> {{ 7 * 7 }}"
    assert json.loads(asked.body) == {"account": 7, "lines": [said, f"By phone: {said}"]}
    assert asked.headers["Idempotency-Key"] == "CA1:open:2"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_json_cannot_hold_is_not_sent(company: Company, crm: Ask, value: object):
    assert crm(TICKET).look_up("it", {"account": value, "text": ""}, "call:1") == LookupFailed("arguments")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404, b"no such caller"),
        Reply(410),
        Reply(200, b" "),
        Reply(204),
        Reply(200, b"null"),
        Reply(200, b'{"data": {}}'),
    ],
)
def test_nobody_is_found(company: Company, ask: Ask, reply: Reply):
    company.says(reply)
    assert ask(pick="data.caller") == LookupEmpty()


def test_an_empty_list_is_nothing_found(company: Company, ask: Ask):
    company.says([])
    assert ask(gives=[{"name": "text"}]) == LookupEmpty()


def test_a_write_that_gives_nothing_is_done_whatever_the_answer_says(company: Company, crm: Ask):
    company.says(Reply(202, b"<ok/>"))
    crm = crm({"delete": "/callers/{number}", "takes": ["number"]})
    assert crm.look_up("it", {"number": "7"}, "call:1") == LookupDone(None)


@pytest.mark.parametrize("status", [400, 401, 403, 409, 429, 500, 304])
def test_a_refusal_is_told_by_its_status_and_not_repeated(company: Company, ask: Ask, status: int):
    company.says(Reply(status, b"{}" if status != 304 else b""))
    assert ask(tries=3) == LookupFailed(f"status {status}")
    assert len(company.asked) == 1


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_service_that_is_just_restarting_is_tried_again(company: Company, ask: Ask, status: int):
    company.says(Reply(status), {"name": "Ada"})
    assert ask(tries=2) == LookupDone({"name": "Ada"})


def test_tries_come_to_an_end(company: Company, ask: Ask):
    company.says(Reply(503))
    assert ask(tries=3) == LookupFailed("status 503")
    assert len(company.asked) == 3


def test_a_write_tried_again_carries_the_same_key(company: Company, crm: Ask):
    company.says(Reply(503), {"ticket": "T1"})
    answer = crm(TICKET | {"tries": 2}).look_up("it", {"account": 7, "text": "x"}, "CA1:7")
    assert answer == LookupDone({"ticket": "T1"})
    assert [asked.headers["Idempotency-Key"] for asked in company.asked] == ["CA1:7", "CA1:7"]


def test_no_service_at_all_is_refused(opens: Callable[..., OpenConnector]):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        crm = opens({"kind": "http", "url": url, "operations": {"it": CALLER}})
        assert crm.look_up("it", {"number": "7"}, "call:1") == LookupFailed("refused")


def test_a_connection_broken_off_is_tried_again(company: Company, ask: Ask):
    def break_off() -> None:
        raise ConnectionResetError

    company.says(Reply(before=break_off), {"name": "Ada"})
    assert ask(tries=2) == LookupDone({"name": "Ada"})


@pytest.mark.parametrize("drips", [False, True])
def test_a_slow_service_is_given_up_in_time(company: Company, ask: Ask, drips: bool):
    silent = Reply(before=lambda: company.over.wait(60))  # neither is answered before the test is over
    company.says(Reply(200, b'{"name": "Ada"}', drips=True) if drips else silent)
    assert ask(timeout_s=0.1, tries=3) == LookupFailed("timeout")
    assert not company.over.is_set()
    assert len(company.asked) <= 1, "there was no time for another try"


def test_the_time_is_for_all_tries_together(company: Company, ask: Ask):
    company.says(Reply(503, before=lambda: time.sleep(0.1)))
    assert isinstance(ask(timeout_s=0.15, tries=5), LookupFailed)
    assert len(company.asked) <= 2


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(200, b"x" * 300_000), "size"),
        (Reply(200, b"<html>Welcome</html>"), "shape"),
        (Reply(200, b'{"name": "Ad'), "shape"),
        (Reply(200, b'{"name": "\xff\xfe"}'), "shape"),
        (Reply(200, b"[" * 200_000), "shape"),
        (Reply(200, b'{"name": NaN}'), "shape"),
        (Reply(200, b"[1, 2]"), "shape"),
        (Reply(200, b'{"nom": "Ada"}'), "shape"),
        (Reply(200, b'{"name": {"first": "Ada"}}'), "shape"),
        (Reply(200, b'{"age": 1' + b"0" * 5000 + b"}"), "shape"),
        (Reply(200, gzip.compress(b"0" * 1_000_000), {"Content-Encoding": "gzip"}), "shape"),
    ],
)
def test_an_answer_of_no_use_is_told_as_what_it_is(company: Company, ask: Ask, reply: Reply, reason: str):
    company.says(reply)
    assert ask() == LookupFailed(reason)


def test_an_answer_that_cannot_be_picked_from_has_the_wrong_shape(company: Company, ask: Ask):
    company.says({"names": 5})
    assert ask(pick="length(names)", gives="count") == LookupFailed("shape")


def test_markup_in_data_is_kept_as_it_is(company: Company, ask: Ask):
    company.says({"name": "<Say>Hi</Say> & {{ 1 }} \x07"})
    assert ask() == LookupDone({"name": "<Say>Hi</Say> & {{ 1 }} \x07"})


def test_a_redirect_on_the_same_host_is_followed(company: Company, ask: Ask):
    company.says(Reply(307, headers={"Location": "/v2/callers/7"}), {"name": "Ada"})
    assert ask() == LookupDone({"name": "Ada"})
    assert [asked.path for asked in company.asked] == ["/callers/7", "/v2/callers/7"]


def test_a_redirect_to_another_host_is_not_followed(company: Company, opens: Callable[..., OpenConnector]):
    port = company.url.rpartition(":")[2]
    company.says(Reply(302, headers={"Location": f"http://localhost:{port}/callers/7"}), {"name": "Mallory"})
    headers = {"Authorization": "Bearer s3cret"}
    crm = opens({"kind": "http", "url": company.url, "headers": headers, "operations": {"it": CALLER}})
    assert crm.look_up("it", {"number": "7"}, "call:1") == LookupFailed("redirect")
    assert len(company.asked) == 1


@pytest.mark.parametrize("location", ["/callers/7", "https://127.0.0.1/callers/7", "file:///etc/passwd"])
def test_redirects_in_a_circle_or_to_elsewhere_end(company: Company, ask: Ask, location: str):
    company.says(Reply(302, headers={"Location": location}))
    assert ask() == LookupFailed("redirect")
    assert len(company.asked) <= 4


def test_a_write_is_not_redirected(company: Company, crm: Ask):
    company.says(Reply(307, headers={"Location": "/elsewhere"}), {"ticket": "T1"})
    assert crm(TICKET).look_up("it", {"account": 7, "text": "x"}, "call:1") == LookupFailed("redirect")


def test_one_callers_cookie_is_not_sent_for_the_next(company: Company, crm: Ask):
    company.says(Reply(200, b'{"name": "Ada"}', {"Set-Cookie": "session=ada; Path=/"}))
    crm = crm(CALLER)
    for _ in range(2):
        crm.look_up("it", {"number": "7"}, "call:1")
    assert "Cookie" not in company.asked[1].headers


def test_a_service_that_is_down_is_left_alone_for_a_while(company: Company, crm: Ask):
    company.says(Reply(500))
    crm = crm(CALLER, fails=2, rest_s=60)
    answers = [crm.look_up("it", {"number": "7"}, "call:1") for _ in range(4)]
    assert answers == [LookupFailed("status 500")] * 2 + [LookupFailed("open")] * 2
    assert len(company.asked) == 2


def test_after_its_rest_one_good_answer_is_enough(company: Company, crm: Ask):
    company.says(Reply(500), Reply(500), Reply(500), {"name": "Ada"})
    crm = crm(CALLER, fails=2, rest_s=0)
    answers = [crm.look_up("it", {"number": "7"}, "call:1") for _ in range(5)]
    assert answers == [LookupFailed("status 500")] * 3 + [LookupDone({"name": "Ada"})] * 2


def test_wrong_answers_are_a_sign_of_life(company: Company, crm: Ask):
    company.says(Reply(404), Reply(200, b"garbage"), Reply(403), Reply(404), {"name": "Ada"})
    crm = crm(CALLER, fails=1)
    assert [crm.look_up("it", {"number": "7"}, "call:1") for _ in range(5)][-1] == LookupDone({"name": "Ada"})


def test_one_slow_operation_does_not_close_the_others(company: Company, opens: Callable[..., OpenConnector]):
    company.says(Reply(500), {"name": "Ada"})
    written = {"kind": "http", "url": company.url, "fails": 1, "operations": {"report": CALLER, "caller": CALLER}}
    crm = opens(written)
    assert crm.look_up("report", {"number": "7"}, "call:1") == LookupFailed("status 500")
    assert crm.look_up("report", {"number": "7"}, "call:1") == LookupFailed("open")
    assert crm.look_up("caller", {"number": "7"}, "call:1") == LookupDone({"name": "Ada"})


def test_look_ups_of_several_callers_are_under_way_at_once(company: Company, crm: Ask):
    all_here = threading.Barrier(4)
    company.says(Reply(200, b'{"name": "Ada"}', before=lambda: all_here.wait(timeout=60)))
    crm = crm(CALLER)
    with ThreadPoolExecutor(4) as callers:
        answers = list(callers.map(lambda n: crm.look_up("it", {"number": str(n)}, f"call:{n}"), range(4)))
    assert answers == [LookupDone({"name": "Ada"})] * 4


@pytest.mark.parametrize(
    "reply", [Reply(404), Reply(500), Reply(200, b'{"name": 5.5}'), Reply(302, b"", {"Location": "/x"})]
)
def test_no_log_line_holds_what_a_caller_said_or_a_secret(
    company: Company, opens: Callable[..., OpenConnector], caplog: pytest.LogCaptureFixture, reply: Reply
):
    caplog.set_level(logging.DEBUG)
    company.says(reply)
    written = {
        "kind": "http", "url": "http://agent:p4ss@" + company.url[7:], "headers": {"X-Key": "${KEY}"},
        "operations": {"it": CALLER},
    }  # fmt: skip
    opens(written, KEY="s3cret").look_up("it", {"number": "555-SAID"}, "call:once")
    for leaked in ("SAID", "s3cret", "p4ss", "call:once"):
        assert leaked not in caplog.text


def test_a_failure_is_logged_with_its_operation_and_cause(company: Company, ask: Ask, caplog: pytest.LogCaptureFixture):
    company.says({"name": 5.5})
    ask()
    assert "look-up crm.it failed: shape: name should be a text, but a number came" in caplog.messages
