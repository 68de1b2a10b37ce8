"""The panel on a page of its own, fed with notices: `python panel_page.py PORT` serves it to look at."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from flask import Flask, Response, send_from_directory

from ivr.channels import webphone
from ivr.channels.webphone.panel import blueprint
from ivr.runtime.shelf import Shelf
from ivr.testing.stage import Stage
from ivr.wiring.panel import DrawnFlows

STATIC = Path(webphone.__file__).parent / "static"
TELECOM = Path(__file__).parents[3] / "flows" / "telecom"
RULES = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>panel</title><link rel="stylesheet" href="/static/panel.css"><link rel="stylesheet" href="/page.css">
<section id="panel" hidden></section><pre id="notices" hidden>{notices}</pre>
<script type="module" src="/page.js"></script></html>"""
STYLE = "body { margin: 12px; } #panel { block-size: calc(100vh - 24px); } @media (max-width: 52rem) "
STYLE += "{ body { margin: 6px; } #panel { block-size: auto; } }"
SCRIPT = """import { Panel } from "/static/panel.js";
const panel = new Panel(document.getElementById("panel"));
panel.begin();
for (const notice of JSON.parse(document.getElementById("notices").textContent)) panel.take(notice);
if (innerWidth < 832) document.querySelector(".fold").click();
const drawn = setInterval(() => {
  const { shown } = panel.flow;
  if (!shown) return;
  clearInterval(drawn);
  const steps = (chosen) => [...shown.querySelectorAll(chosen)].map((one) => one.dataset.step);
  const weight = getComputedStyle(shown.querySelector(".kind")).fontWeight;
  const found = { flow: shown.dataset.flow, lit: steps(".lit"), passed: steps(".box.passed"), weight };
  const noted = document.createElement("pre");
  Object.assign(noted, { id: "found", hidden: true, textContent: JSON.stringify(found) });
  document.body.append(noted);
}, 20);
"""


def page_app(shelf: Shelf, notices: Sequence[dict[str, Any]]) -> Flask:
    app = Flask("panel", static_folder=None)
    app.register_blueprint(blueprint(DrawnFlows(shelf)))

    @app.get("/")
    def page() -> Response:
        answer = Response(PAGE.format(notices=escape(json.dumps(list(notices)))), content_type="text/html")
        answer.headers["Content-Security-Policy"] = RULES
        return answer

    @app.get("/page.js")
    def script() -> Response:
        return Response(SCRIPT, content_type="text/javascript")

    @app.get("/page.css")
    def style() -> Response:
        return Response(STYLE, content_type="text/css")

    @app.get("/static/<path:name>")
    def static(name: str) -> Response:
        return send_from_directory(STATIC, name)

    return app


def main(port: int) -> None:
    from panel_notices import WatchedCall

    with (
        tempfile.TemporaryDirectory() as directory,
        Stage(Path(directory)) as stage,
        stage.rehearse([TELECOM]) as house,
    ):
        call = WatchedCall(house)
        call.says("how much do I owe you")
        call.presses("1")
        call.says("I want to complain about <b>my bill</b>", 0.71)
        call.says("yes please")
        page_app(house.shelf, call.told).run(port=port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
