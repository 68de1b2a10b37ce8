"""An ASGI application on a free port of 127.0.0.1, in a thread, by the server that a host would run it in."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from threading import Thread
from types import TracebackType
from typing import Any, Self

import uvicorn

from ivr.app.bridge import Bridge
from ivr.app.run import port_options

Application = Callable[[Any, Any, Any], Awaitable[None]]


class AsgiServer:
    """Use it in a `with`. Requests go to a Flask application, sockets to `sockets`."""

    def __init__(self, flask: Any, sockets: Application) -> None:
        self._bridge = Bridge(flask, threads=4, largest_body=1_000_000)
        self._sockets = sockets
        self._listening = socket.socket()
        self._listening.bind(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        options = {**port_options("127.0.0.1", 0), "lifespan": "off", "interface": "asgi3"}
        self._server = uvicorn.Server(uvicorn.Config(self._app, **options))
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [self._listening]})

    def __enter__(self) -> Self:
        self._listening.listen(100)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._listening.close()
        self._bridge.close()

    async def _app(self, scope: Any, receive: Any, send: Any) -> None:
        await (self._sockets if scope["type"] == "websocket" else self._bridge)(scope, receive, send)
