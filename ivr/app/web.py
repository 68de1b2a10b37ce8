"""The Flask side of the one port: the lines' pages, sounds, and whether we are well."""

from __future__ import annotations

from flask import Flask, Response

from ivr.app.desk import desk_of
from ivr.app.house import House
from ivr.app.lines import Lines
from ivr.app.metrics import blueprint as metrics
from ivr.call.codec import to_json
from ivr.desk.api.pages import blueprint as api
from ivr.errors import StoreDown
from ivr.store.guard import guard
from ivr.wiring.web import create_web


def create_app(house: House, lines: Lines | None = None) -> Flask:
    """Every route this process serves; `lines` are those whose sockets stand beside it."""
    app = create_web([*(lines or Lines(house)).pages(), metrics(house), api(desk_of(house))], house.folders)

    @app.get("/healthz")
    def alive() -> Response:
        return _json({"alive": True})

    @app.get("/readyz")
    def ready() -> Response:
        found = troubles(house)
        return _json({"ready": not found, "troubles": found}, 503 if found else 200)

    return app


def troubles(house: House) -> list[str]:
    """What keeps this server from doing its work, in sentences. Hotlines are good: a bad one is never taken in."""
    found: list[str] = []
    try:
        with guard():
            house.works.client.ping()
    except StoreDown as error:
        found.append(f"store: {error}")
    if not house.writer.healthy:
        found.append(f"records: {house.writer.healthy.why}")
    return found


def _json(value: object, status: int = 200) -> Response:
    return Response(to_json(value), status, content_type="application/json; charset=utf-8")
