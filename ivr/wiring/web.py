"""The web side of a house: its lines, and the sounds that they tell the carrier to play."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, send_from_directory

from ivr.channels.twilio.agent_needs import AgentDesk
from ivr.channels.twilio.callback_needs import CallbackLine
from ivr.channels.twilio.callback_urls import CallbackUrls
from ivr.channels.twilio.line import TwilioLine
from ivr.channels.twilio.needs import RecordingReady
from ivr.channels.twilio.rest import Carrier
from ivr.channels.twilio.signature import Gate
from ivr.channels.twilio.urls import Urls
from ivr.flow.files import SOUND_ENDINGS
from ivr.runtime.agent_menu import AgentMenu
from ivr.wiring.works import Works

LARGEST_BODY_BYTES = 1_000_000
SOUND_AGE_S = 3600
"""A changed recording keeps its name, so nobody may keep it for longer."""


def twilio_line(
    works: Works, urls: Urls, gate: Gate, carrier: Carrier | None, recording_ready: RecordingReady
) -> TwilioLine:
    """The carrier's line into these works."""
    shelf = works.shelf

    def numbers() -> list[str]:
        served = (shelf.current(name) for name in shelf.names())
        return [number for hotline in served if hotline for number in hotline.file.numbers]

    return TwilioLine(
        conductor=works.conductor,
        urls=urls,
        gate=gate,
        clock=works.outside.clock,
        desk=AgentDesk(works.switchboard, works.talks, AgentMenu(works.talks)),
        recording_ready=recording_ready,
        redirect=carrier.redirect if carrier else None,
        talked_outside=carrier.talked_outside if carrier else None,
        callbacks=CallbackLine(
            works.back,
            CallbackUrls(urls.base),
            works.switchboard.caller_confirmed,
            works.talks.promised.token,
            works.talks.caller_left,
            works.talks.words,
        ),
        numbers=numbers,
    )


def create_web(lines: Iterable[Blueprint], folders: Mapping[str, Path]) -> Flask:
    """`folders` are the hotlines' own: name → folder; what lies below `audio/` there is public."""
    app = Flask("ivr", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY_BYTES
    for line in lines:
        app.register_blueprint(line)

    @app.get("/audio/<hotline>/<path:sound>")
    def audio(hotline: str, sound: str) -> Response:
        if hotline not in folders or not sound.endswith(SOUND_ENDINGS):
            abort(404)
        return send_from_directory(folders[hotline] / "audio", sound, mimetype="audio/wav", max_age=SOUND_AGE_S)

    return app
