"""A web service of a company on this machine, which answers however a test tells it to."""

import contextlib
import json
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None
    """Done before the answer is sent."""
    drips: bool = False
    """A byte, and the rest only when the test is over."""


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Company:
    """Answers with the replies in `says`, the last one again and again; keeps what it was `asked`."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.over = threading.Event()
        self._says: deque[Reply] = deque()
        company = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                company.asked.append(Asked(self.command, self.path, dict(self.headers), body))
                reply = company._says.popleft() if len(company._says) > 1 else company._says[0]
                reply.before()
                self.send_response(reply.status)
                for name, value in ({"Content-Length": str(len(reply.body))} | reply.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                if reply.drips:
                    self.wfile.write(reply.body[:1])
                    self.wfile.flush()
                    company.over.wait(60)
                try:
                    self.wfile.write(reply.body[1:] if reply.drips else reply.body)
                except OSError:
                    self.close_connection = True  # the client has had enough

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

            def log_message(self, format: str, *args: object) -> None:
                """Tests are quiet."""

            def handle(self) -> None:
                with contextlib.suppress(OSError):  # the client has had enough
                    super().handle()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def says(self, *replies: object) -> None:
        """A Reply, or data that is sent as JSON."""
        self._says = deque(r if isinstance(r, Reply) else Reply(body=json.dumps(r).encode()) for r in replies)

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
