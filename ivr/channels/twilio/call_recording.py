"""A recording that runs beside the verbs of a document: Twilio's <Start><Recording> and <Stop><Recording>."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from twilio.twiml import voice_response as twiml

from ivr.call.verbs import StartRecording, StopRecording, Verb


def write_start(parent: Any, verb: StartRecording, news_url: str) -> None:
    """Silence is kept, so that the file tells what was said when. `news_url` is told when it can be fetched."""
    parent.start().recording(
        name=_name(verb),
        channels="mono",
        trim="do-not-trim",
        recording_status_callback=news_url,
        recording_status_callback_event="completed absent",
    )


def write_stop(parent: Any, verb: StopRecording) -> None:
    parent.stop().append(twiml.Recording(name=_name(verb)))


def begun_anew(verbs: Sequence[Verb]) -> tuple[Verb, ...]:
    """The verbs of an answer that was performed before: a part that it begins is ended first. What Twilio makes of two
    recordings under one name is written nowhere, and one of them might run on through a secret. Ending what does not
    run is an error to Twilio (14300), so this is for nothing else."""
    found: list[Verb] = []
    for verb in verbs:
        found += [StopRecording(verb.part), verb] if isinstance(verb, StartRecording) else [verb]
    return tuple(found)


def _name(verb: StartRecording | StopRecording) -> str:
    """Twilio stops what was started under a name; without one a recording cannot be stopped by a document."""
    return f"part-{verb.part}"
