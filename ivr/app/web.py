"""The Flask side of the one port: webhooks, the local line, sounds, and whether we are well."""

from __future__ import annotations

from flask import Flask, Response

from ivr.app.house import House
from ivr.call.codec import to_json
from ivr.channels.line.webhook import LocalLine
from ivr.channels.line.webhook import blueprint as line_blueprint
from ivr.channels.twilio.signature import Gate
from ivr.channels.twilio.webhook import blueprint as twilio_blueprint
from ivr.errors import StoreDown
from ivr.store.guard import guard
from ivr.wiring.web import create_web, twilio_line


def create_app(house: House) -> Flask:
    """Every route this process serves."""
    settings, works = house.settings, house.works
    gate = Gate(house.urls.base, settings.twilio_token, insecure=settings.insecure)
    lines = [twilio_blueprint(twilio_line(works, house.urls, gate, house.carrier, house.promises.ready))]
    if settings.local_line:
        local = LocalLine(works.conductor, works.switchboard, works.offers, works.agents, works.outside.clock)
        lines.append(line_blueprint(local))
    app = create_web(lines, house.folders)

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
