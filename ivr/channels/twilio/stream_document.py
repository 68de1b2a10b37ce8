"""The document that asks the carrier for a call's sound."""

from __future__ import annotations

from twilio.twiml import voice_response as twiml

from ivr.channels.twilio.urls import Turn, Urls

HOTLINE, PASS = "hotline", "pass"
"""The parameters by which the socket is told whose sound it brings. The carrier drops queries of socket addresses."""


def write_stream(sound: str, secret: str, turn: Turn, urls: Urls) -> str:
    """When the sound has ended, the action is asked; should Twilio not ask it, the verb after it leads there too."""
    over = urls.sound_over(turn.hotline, turn.call)
    response = twiml.VoiceResponse()
    stream = response.connect(action=over, method="POST").stream(
        url=sound, status_callback=urls.sound_status(turn.hotline, turn.call), status_callback_method="POST"
    )
    stream.parameter(name=HOTLINE, value=turn.hotline)
    stream.parameter(name=PASS, value=secret)
    response.redirect(over, method="POST")
    return str(response.to_xml())
