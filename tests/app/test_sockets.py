"""The sockets of the one port, as uvicorn keeps it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest
import uvicorn
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from ivr.app.patience import Patient
from ivr.app.run import LARGEST_MESSAGE_BYTES, port_options
from ivr.app.sockets import Sockets


class Port:
    """A server of sockets, and of one page that says "well"; everything in this process."""

    def __init__(self, *, most: int = 1000) -> None:
        self.sockets = Sockets({"/echo": self._echo, "/other": self._echo, "/bug": self._bug}, most=most)
        self.closed_by: list[int] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.number = self.listening.getsockname()[1]
        self.server = uvicorn.Server(uvicorn.Config(self, **port_options("127.0.0.1", self.number)))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listening]})

    def opens(self, path: str = "/echo") -> ClientConnection:
        return connect(f"ws://127.0.0.1:{self.number}{path}", compression=None, open_timeout=60)

    def is_well(self) -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.number}/", timeout=60) as answer:
            return bool(answer.read() == b"well")

    def ends(self) -> None:
        self.server.should_exit = True
        self.thread.join(60)
        self.listening.close()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            for kind in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{kind}.complete"})
        elif scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
            await send({"type": "http.response.body", "body": b"well"})
        else:
            await self.sockets(scope, receive, send)

    async def _echo(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                self.closed_by.append(message["code"])
                return
            if message["type"] == "websocket.receive":
                await send({"type": "websocket.send", "text": message["text"]})

    async def _bug(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})
        raise ZeroDivisionError


@contextmanager
def open_port(**options: Any) -> Iterator[Port]:
    port = Port(**options)
    port.thread.start()
    until(lambda: port.server.started)
    try:
        yield port
    finally:
        port.ends()


@pytest.fixture
def port() -> Iterator[Port]:
    with open_port() as opened:
        yield opened


def until(true: Callable[[], bool]) -> None:
    """The server has a thread of its own."""
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.01)


def test_a_socket_speaks_with_the_owner_of_its_path(port: Port) -> None:
    with port.opens() as line, port.opens("/other"):
        line.send("hello")
        assert line.recv(timeout=60) == "hello"
        assert port.sockets.open == {"/echo": 1, "/other": 1, "/bug": 0}
    until(lambda: sum(port.sockets.open.values()) == 0)


@pytest.mark.parametrize("path", ["/", "/echo/", "/phone/line/x", "/%00"])
def test_a_socket_that_nobody_owns_is_not_opened(port: Port, path: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        port.opens(path)
    assert refused.value.response.status_code == 404


def test_a_socket_whose_owner_has_a_bug_is_closed_and_no_longer_counted(
    port: Port, caplog: pytest.LogCaptureFixture
) -> None:
    with port.opens("/bug") as line, pytest.raises(ConnectionClosed):
        line.recv(timeout=60)
    until(lambda: port.sockets.open["/bug"] == 0)
    assert "ZeroDivisionError" in caplog.text
    assert port.is_well()


def test_beyond_the_most_sockets_are_refused_and_pages_are_not() -> None:
    with open_port(most=20) as port, ExitStack() as held:
        for _ in range(20):
            held.enter_context(port.opens())
        for _ in range(30):
            with pytest.raises(InvalidStatus) as refused:
                port.opens()
            assert refused.value.response.status_code == 503
        assert port.sockets.refused == 30
        assert port.is_well()


def test_when_some_have_closed_others_may_open() -> None:
    with open_port(most=1) as port:
        with port.opens():
            pass
        until(lambda: port.sockets.open["/echo"] == 0)
        with port.opens() as line:
            line.send("here")
            assert line.recv(timeout=60) == "here"


def test_a_message_that_is_too_large_ends_its_socket_only(port: Port) -> None:
    with port.opens() as line:
        line.send("a" * LARGEST_MESSAGE_BYTES)
        assert len(line.recv(timeout=60)) == LARGEST_MESSAGE_BYTES
        line.send("a" * (LARGEST_MESSAGE_BYTES + 1))
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=60)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009
    assert port.is_well()


def test_no_socket_is_compressed(port: Port) -> None:
    with connect(f"ws://127.0.0.1:{port.number}/echo", open_timeout=60) as line:
        assert line.protocol.extensions == []


def test_a_server_that_ends_closes_its_sockets_so_that_calls_go_elsewhere(caplog: pytest.LogCaptureFixture) -> None:
    with open_port() as port, port.opens() as line:
        port.ends()
        assert not port.thread.is_alive()
        assert "timeout graceful shutdown exceeded" not in caplog.text, "it did not wait for the far end"
        with pytest.raises(ConnectionClosed) as closed:
            line.recv(timeout=60)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1012
        assert port.closed_by == [1012]


class Pipe(asyncio.Transport):
    """A connection whose far end is this test."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False
        self.protocol: asyncio.BaseProtocol | None = None
        self.written = b""

    def get_protocol(self) -> asyncio.BaseProtocol:
        assert self.protocol
        return self.protocol

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def write(self, data: Any) -> None:
        self.written += data


class Hasty(Patient):
    first_request_s = 0.0


async def nobody(scope: Any, receive: Any, send: Any) -> None:
    """Never answers."""
    await asyncio.Event().wait()


@pytest.mark.parametrize(
    ("sent", "closed"),
    [
        (b"", True),
        (b"GET / HTTP/1.1\r\nHost: h", True),
        (b"GET / HTTP/1.1\r\nHost: h\r\n\r\n", False),
    ],
    ids=["nothing", "half a request", "a request"],
)
def test_a_connection_that_asks_for_nothing_is_closed(sent: bytes, closed: bool) -> None:
    async def stay() -> bool:
        config = uvicorn.Config(nobody, log_config=None)
        config.load()
        pipe = Pipe()
        pipe.protocol = Hasty(config, uvicorn.server.ServerState(), {})
        pipe.protocol.connection_made(pipe)
        if sent:
            pipe.protocol.data_received(sent)
        for _ in range(3):
            await asyncio.sleep(0)
        found = pipe.closed
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
        return found

    assert asyncio.run(stay()) is closed
