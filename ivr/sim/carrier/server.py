"""A real HTTP server for a WSGI application, in a thread of this process."""

from __future__ import annotations

import socket
from threading import Thread
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: Any) -> None:
        """Nothing: the carrier's double keeps every exchange."""


class LoopbackServer:
    """Its address is known before its application is: `base`, then `serve`, then `close`."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def serve(self, app: Any) -> None:
        port = self._socket.getsockname()[1]
        self._server = make_server(
            "127.0.0.1", port, app, threaded=True, request_handler=_Quiet, fd=self._socket.fileno()
        )
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="web")
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._socket.close()
