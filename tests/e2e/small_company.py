"""A web service on this machine that answers as a test tells it."""

from __future__ import annotations

from threading import Event, Thread
from types import TracebackType

from werkzeug import Request, Response
from werkzeug.serving import make_server


class SmallCompany:
    """Use it in a `with`. Whatever is asked, it answers what it `says`."""

    def __init__(self) -> None:
        self._answer = Response("{}")
        self._after: Event | None = None
        self._over = Event()
        self._server = make_server("127.0.0.1", 0, self._respond, threaded=True)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.base = f"http://127.0.0.1:{self._server.port}"

    def says(self, text: str, *, status: int = 200, after: Event | None = None) -> None:
        """From now on; `after` an event the test sets, or the end of the test."""
        self._answer = Response(text, status, content_type="application/json")
        self._after = after

    def __enter__(self) -> SmallCompany:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._over.set()
        if self._after is not None:
            self._after.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    @Request.application
    def _respond(self, request: Request) -> Response:
        if self._after is not None:
            self._after.wait(60)
        return self._answer
