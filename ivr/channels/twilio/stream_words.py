"""The words of Twilio's Media Streams: JSON text both ways, in which Twilio writes its numbers as strings."""

from __future__ import annotations

import binascii
import re
from base64 import b64encode
from dataclasses import dataclass

import msgspec

from ivr.errors import CarrierError

MOST_LETTERS = 32_768
"""Of one message; 20 ms of sound are 300. A second and more at once would still fit."""
STREAM = re.compile(r"[A-Za-z0-9_-]{1,64}")
ENCODING, RATE_HZ = "audio/x-mulaw", 8000


class BadStream(CarrierError):
    """What came over the socket cannot be a call's sound; the message tells why."""


@dataclass(frozen=True, slots=True)
class Begun:
    """The first message that says whose sound this is."""

    stream: str
    call: str
    said: dict[str, str]
    """What our document has given along."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Some sound of the caller: µ-law, 8,000 bytes a second, mostly 20 ms."""

    ulaw: bytes
    chunk: int | None = None
    """Counts the frames of a stream, from 1."""
    at_ms: int | None = None
    """When it was spoken, from the stream's beginning."""


@dataclass(frozen=True, slots=True)
class Key:
    digit: str


@dataclass(frozen=True, slots=True)
class Marked:
    name: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The caller has hung up, or the call goes on elsewhere."""


Word = Begun | Frame | Key | Marked | Stopped


class _Format(msgspec.Struct, rename="camel"):
    encoding: str = ""
    sample_rate: int | str = ""
    channels: int | str = 1


class _Start(msgspec.Struct, rename="camel"):
    call_sid: str = ""
    stream_sid: str = ""
    media_format: _Format = msgspec.field(default_factory=_Format)
    custom_parameters: dict[str, str] = msgspec.field(default_factory=dict)


class _Media(msgspec.Struct):
    payload: str = ""
    track: str = "inbound"
    chunk: int | str = ""
    timestamp: int | str = ""


class _Dtmf(msgspec.Struct):
    digit: str = ""


class _Mark(msgspec.Struct):
    name: str = ""


class _Message(msgspec.Struct, rename="camel"):
    """All that any message may hold; what we have no use for is not read."""

    event: str
    stream_sid: str = ""
    start: _Start | None = None
    media: _Media | None = None
    dtmf: _Dtmf | None = None
    mark: _Mark | None = None


_decode = msgspec.json.Decoder(_Message).decode


def read(text: str) -> Word | None:
    """One message; None for one that tells us nothing, as new kinds may. Raises BadStream."""
    if len(text) > MOST_LETTERS:
        raise BadStream(f"a message of {len(text)} letters, and {MOST_LETTERS} is more than any sound takes")
    try:
        message = _decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:  # half a letter cannot be encoded
        raise BadStream(f"a message that is not of this protocol: {error}") from None
    match message:
        case _Message(event="media", media=_Media() as media):
            return _frame(media)
        case _Message(event="mark", mark=_Mark(name=name)):
            return Marked(name)
        case _Message(event="dtmf", dtmf=_Dtmf(digit=digit)):
            return Key(digit)
        case _Message(event="start", start=_Start() as start):
            return _begun(message.stream_sid or start.stream_sid, start)
        case _Message(event="stop"):
            return Stopped()
    return None


def check_format(text: str) -> None:
    """Of a `start`: is its sound such as we asked for? Raises BadStream. Strangers are told nothing before it."""
    form = _decode(text).start
    told = form.media_format if form is not None else _Format()
    if told.encoding != ENCODING or _number(told.sample_rate) != RATE_HZ or _number(told.channels) != 1:
        raise BadStream(
            f"its sound is {told.encoding[:40] or 'nothing'!r} at {told.sample_rate!s:.10} Hz in {told.channels!s:.10} "
            f"channels, and only {ENCODING!r} at {RATE_HZ} Hz in one is understood"
        )


def write_sound(stream: str, ulaw: bytes) -> str:
    sound = b64encode(ulaw).decode()
    return f'{{"event":"media","streamSid":"{stream}","media":{{"payload":"{sound}"}}}}'


def write_mark(stream: str, name: str) -> str:
    return msgspec.json.encode({"event": "mark", "streamSid": stream, "mark": {"name": name}}).decode()


def write_clear(stream: str) -> str:
    return f'{{"event":"clear","streamSid":"{stream}"}}'


def _begun(stream: str, start: _Start) -> Begun:
    if not STREAM.fullmatch(stream):
        raise BadStream("a start without a usable streamSid")
    return Begun(stream, start.call_sid, start.custom_parameters)


def _frame(media: _Media) -> Frame | None:
    if media.track not in ("inbound", "inbound_track"):
        return None  # what we play ourselves
    try:
        ulaw = binascii.a2b_base64(media.payload, strict_mode=True)
    except ValueError:  # binascii.Error is one; so are letters that are not ASCII
        raise BadStream("the payload of a media message is not base64") from None
    return Frame(ulaw, _number(media.chunk), _number(media.timestamp)) if ulaw else None


def _number(told: int | str) -> int | None:
    if isinstance(told, int):
        return told if 0 <= told < 10**12 else None
    return int(told) if told.isascii() and told.isdigit() and len(told) <= 12 else None
