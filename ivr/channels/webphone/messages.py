"""The wire protocol of PROTOCOL.md as types: what a page tells is read here, what it is told is written here."""

from __future__ import annotations

import binascii
from base64 import b64encode
from typing import Annotated, Any, Literal

import msgspec

from ivr.call.codec import to_json

LONGEST = 8192
"""Letters of one message."""
SOUND_BYTES = 25 * 160
"""The most that one message may carry: half a second, what a page may have gathered while its tab was asleep."""

Short = Annotated[str, msgspec.Meta(max_length=200)]


class NotUnderstood(ValueError):
    """A message that is none of the protocol's."""


class Dialling(msgspec.Struct, frozen=True):
    """Either a ticket and whom to call, or the claim of a call that goes on."""

    ticket: Short = ""
    hotline: Short = ""
    caller: Short = ""
    claim: Short = ""


class Payload(msgspec.Struct, frozen=True):
    payload: str

    def sound(self) -> bytes:
        """µ-law; empty where it is no base64: a frame is lost, as on any line."""
        try:
            return binascii.a2b_base64(self.payload, strict_mode=True)[:SOUND_BYTES]
        except ValueError:
            return b""


class Digit(msgspec.Struct, frozen=True):
    digit: Annotated[str, msgspec.Meta(max_length=1)]


class Named(msgspec.Struct, frozen=True):
    name: Short


class Words(msgspec.Struct, frozen=True):
    words: Annotated[str, msgspec.Meta(max_length=2000)]


class How(msgspec.Struct, frozen=True):
    status: Literal["completed", "busy", "no-answer"]


class Start(msgspec.Struct, frozen=True, tag_field="event", tag="start"):
    start: Dialling


class Media(msgspec.Struct, frozen=True, tag_field="event", tag="media"):
    media: Payload


class Dtmf(msgspec.Struct, frozen=True, tag_field="event", tag="dtmf"):
    dtmf: Digit


class Text(msgspec.Struct, frozen=True, tag_field="event", tag="text"):
    text: Words


class Mark(msgspec.Struct, frozen=True, tag_field="event", tag="mark"):
    mark: Named


class Ended(msgspec.Struct, frozen=True, tag_field="event", tag="ended"):
    ended: How


class Stop(msgspec.Struct, frozen=True, tag_field="event", tag="stop"):
    pass


Told = Start | Media | Dtmf | Text | Mark | Ended | Stop

_READER: msgspec.json.Decoder[Told] = msgspec.json.Decoder(Told)


def read(text: str) -> Told:
    """Raises NotUnderstood."""
    try:
        return _READER.decode(text)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise NotUnderstood(str(error)) from None


def written(event: str, told: dict[str, Any] | None = None) -> str:
    """A message to the page; its contents stand under the event's own name."""
    return to_json({"event": event} if told is None else {"event": event, event: told}).decode()


def sound(ulaw: bytes) -> str:
    return f'{{"event":"media","media":{{"payload":"{b64encode(ulaw).decode()}"}}}}'
