"""The bridge between the ASGI server and Flask."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, Response, request, send_file

from ivr.app.bridge import Bridge

LARGEST = 1000


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


def flask() -> Flask:
    app = Flask("bridged")

    @app.route("/echo/<path:rest>", methods=["GET", "POST"])
    def echo(rest: str) -> dict[str, Any]:
        return {
            "rest": rest,
            "args": request.args.to_dict(flat=False),
            "form": request.form.to_dict(flat=False),
            "host": request.host,
            "from": request.remote_addr,
            "twice": request.headers.get("X-Twice"),
            "thread": threading.current_thread().name,
        }

    @app.get("/pieces")
    def pieces() -> Response:
        return Response((letter for letter in "abc"), headers=[("X-Two", "1"), ("X-Two", "2")])

    @app.get("/file")
    def file() -> Response:
        return send_file(__file__, mimetype="audio/wav")

    @app.get("/bug")
    def bug() -> str:
        raise ZeroDivisionError

    return app


def ask(
    path: str, *body: bytes, method: str = "GET", query: bytes = b"", headers: Iterable[tuple[bytes, bytes]] = ()
) -> Reply:
    """One request, its body in as many messages as there are parts."""
    bridge = Bridge(flask(), threads=2, largest_body=LARGEST)
    sent: list[dict[str, Any]] = []
    parts = iter([*body] or [b""])
    left = max(len(body), 1)

    async def receive() -> dict[str, Any]:
        nonlocal left
        left -= 1
        return {"type": "http.request", "body": next(parts), "more_body": left > 0}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "http_version": "1.1",
        "scheme": "http",
        "headers": [(b"host", b"hotline.example.com"), *headers],
        "client": ("203.0.113.7", 4711),
        "server": ("127.0.0.1", 8080),
    }
    asyncio.run(bridge(scope, receive, send))
    bridge.close()
    start, content = sent
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return Reply(start["status"], told, content["body"])


def echoed(*args: Any, **options: Any) -> Any:
    reply = ask(*args, **options)
    assert reply.status == 200
    app = flask()
    return app.json.loads(reply.body)


FORM = (b"content-type", b"application/x-www-form-urlencoded")


def test_a_request_comes_over_whole() -> None:
    told = echoed(
        "/echo/a b/王",
        b"Digits=1&Digits=2&",
        b"Speech=%E4%BD%99",
        method="POST",
        query=b"x=%2B1&x=2",
        headers=[FORM, (b"content-length", b"34"), (b"x-twice", b"one"), (b"x-twice", b"two")],
    )
    assert told["rest"] == "a b/王"
    assert told["args"] == {"x": ["+1", "2"]}
    assert told["form"] == {"Digits": ["1", "2"], "Speech": ["余"]}
    assert told["host"] == "hotline.example.com"
    assert told["from"] == "203.0.113.7"
    assert told["twice"] == "one,two"
    assert told["thread"].startswith("web")


def test_a_body_of_unknown_length_is_read_too() -> None:
    told = echoed("/echo/x", b"a=", b"1", method="POST", headers=[FORM, (b"transfer-encoding", b"chunked")])
    assert told["form"] == {"a": ["1"]}


def test_what_is_too_large_never_reaches_flask() -> None:
    assert ask("/echo/x", b"a" * LARGEST, b"a", method="POST").status == 413


def test_a_sender_who_leaves_before_the_end_is_not_answered() -> None:
    news = iter([{"type": "http.request", "body": b"Digits=", "more_body": True}, {"type": "http.disconnect"}])
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return next(news)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Bridge(flask(), threads=1, largest_body=LARGEST)({"type": "http"}, receive, send))
    assert sent == []


def test_an_answer_in_pieces_goes_back_whole() -> None:
    reply = ask("/pieces")
    assert (reply.status, reply.body) == (200, b"abc")


def test_a_file_goes_back_whole_and_is_closed() -> None:
    reply = ask("/file")
    assert reply.body.startswith(b'"""The bridge')
    assert reply.headers["content-type"] == "audio/wav"


def test_a_bug_is_an_answer_of_500() -> None:
    assert ask("/bug").status == 500


@pytest.mark.parametrize("path", ["/none", "/echo"])
def test_a_page_that_is_not_there_is_404(path: str) -> None:
    assert ask(path).status == 404
