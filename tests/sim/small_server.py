"""A server of a few lines for the carrier's double to call: pages are TwiML by path, everything asked is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import make_server

from ivr.sim.cloud.timing import silence

Page = str | Callable[[dict[str, str]], Any]


@dataclass
class Asked:
    method: str
    path: str
    form: dict[str, str]
    headers: dict[str, str]


@dataclass
class SmallServer:
    """`pages["/x"] = "<Say>…</Say>"`: what stands inside Response. A page may be a function of the form instead."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        app = Flask(__name__)
        app.add_url_rule("/<path:path>", view_func=self._view, methods=["GET", "POST"])
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.base = f"http://127.0.0.1:{self._server.port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def forms(self, path: str) -> list[dict[str, str]]:
        """What was sent to a path, oldest first."""
        return [one.form for one in self.asked if one.path == path]

    def _view(self, path: str) -> Any:
        form = {**request.args.to_dict(), **request.form.to_dict()}
        self.asked.append(Asked(request.method, f"/{path}", form, dict(request.headers)))
        if path.endswith(".wav"):
            return Response(silence(20 if "music" in path else 2), content_type="audio/wav")
        page = self.pages.get(f"/{path}")
        if page is None:
            return "not here", 404
        answer = page(form) if callable(page) else page
        if isinstance(answer, str):
            return Response(f"<Response>{answer}</Response>", content_type="text/xml")
        return answer
