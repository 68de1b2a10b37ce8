"""The sound of a voicemail (R82)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from ivr.call.entries import Entry
from ivr.desk.api.desk import Ask
from ivr.desk.api.messages import one_message
from ivr.desk.api.problem import Refused
from ivr.desk.api.route import Route

MEDIA = "audio/wav"


@dataclass(frozen=True, slots=True)
class Sound:
    """A file of sound, sent whole, or the piece that a `Range` asks for."""

    path: Path
    heard: Callable[[], None]
    """To be called when it is given from its beginning: keeps who has had it."""


def message_sound(ask: Ask, message: str) -> Sound:
    """The sound of a voicemail, as a wav file; a `Range` gets a piece of it. Who has had it from its beginning is
    kept in the call's record. What a flow has marked secret is given to nobody, nor is what the flow has not told of
    yet."""
    found = one_message(ask, message)
    said = ask.desk.transcripts.of([message]).get(message)
    if said is not None and said.state == "secret":
        detail = f"the message {message!r} holds a secret: its sound is given to nobody"
        raise Refused(HTTPStatus.FORBIDDEN, detail)
    if found.file is None or not Path(found.file).is_file():
        detail = f"the message {message!r} has no sound (yet); `has_sound` of GET /api/v1/messages/{message} tells"
        raise Refused(HTTPStatus.NOT_FOUND, detail)
    if said is None:
        detail = f"the flow has not told of the message {message!r} yet, so it may hold a secret; ask again later"
        raise Refused(HTTPStatus.CONFLICT, detail)
    entry = Entry("listened", ask.now, {"message": message, "by": ask.who.agent or ask.who.name})
    return Sound(Path(found.file), lambda: ask.desk.told.tell(ask.hotline, found.call, entry))


ROUTES = (Route("GET", "/messages/{message}/sound", "agent", message_sound),)
