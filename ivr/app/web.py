"""The Flask side of the one port: webhooks, the local line, sounds, and whether we are well."""

from __future__ import annotations

import time
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory

from ivr.app.house import House
from ivr.call.codec import to_json
from ivr.channels.line.webhook import LocalLine
from ivr.channels.line.webhook import blueprint as line_blueprint
from ivr.channels.twilio.line import TwilioLine
from ivr.channels.twilio.signature import Gate
from ivr.channels.twilio.webhook import blueprint as twilio_blueprint
from ivr.errors import StoreDown
from ivr.flow.hotline import Hotline
from ivr.store.guard import guard


def create_app(house: House) -> Flask:
    """Every route this process serves."""
    settings = house.settings
    app = Flask("ivr", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    gate = Gate(house.urls.base, settings.twilio_token, insecure=settings.insecure)
    app.register_blueprint(
        twilio_blueprint(
            TwilioLine(
                conductor=house.conductor,
                urls=house.urls,
                gate=gate,
                clock=time.time,
                desk=house.switchboard,
                numbers=lambda: _numbers(house),
            )
        )
    )
    if settings.local_line:
        app.register_blueprint(
            line_blueprint(LocalLine(house.conductor, house.switchboard, house.offers, house.agents, time.time))
        )
    folders = {hotline.name: path for path, hotline in _served(house).items()}

    @app.get("/healthz")
    def alive() -> Response:
        return _json({"alive": True})

    @app.get("/readyz")
    def ready() -> Response:
        troubles = _troubles(house)
        return _json({"ready": not troubles, "troubles": troubles}, 503 if troubles else 200)

    @app.get("/audio/<hotline>/<path:sound>")
    def audio(hotline: str, sound: str) -> Response:
        if hotline not in folders:
            abort(404)
        return send_from_directory(folders[hotline] / "audio", sound, mimetype="audio/wav", max_age=3600)

    return app


def _served(house: House) -> dict[Path, Hotline]:
    """Folder → hotline, in the order of the command line."""
    shelf = house.conductor.shelf
    current = [shelf.current(name) for name in shelf.names()]
    return dict(zip(house.settings.hotlines, [hotline for hotline in current if hotline], strict=True))


def _numbers(house: House) -> list[str]:
    return [number for hotline in _served(house).values() for number in hotline.file.numbers]


def _troubles(house: House) -> list[str]:
    """What keeps this server from doing its work, in sentences."""
    found: list[str] = []
    try:
        with guard():
            house.client.ping()
    except StoreDown as error:
        found.append(f"store: {error}")
    if not house.writer.healthy:
        found.append(f"records: {house.writer.healthy.why}")
    return found


def _json(value: object, status: int = 200) -> Response:
    return Response(to_json(value), status, content_type="application/json; charset=utf-8")
