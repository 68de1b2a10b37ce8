"""Calls, answers, events and tasks as bytes. MessagePack for what only we read, JSON for what people may look at."""

from __future__ import annotations

from typing import Any

import msgspec

from ivr.call.events import Event
from ivr.call.state import CallState
from ivr.call.verbs import Verb


class Answer(msgspec.Struct, frozen=True):
    """What the line shall do, and the turn that the caller's next event must carry."""

    verbs: tuple[Verb, ...]
    turn: int


def _as_text(value: Any) -> str:
    """A name that knows what it stands for (a step's, a queue's) is written as the text it is."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a call's state")


_pack = msgspec.msgpack.Encoder(enc_hook=_as_text)
_state = msgspec.msgpack.Decoder(CallState)
_answer = msgspec.msgpack.Decoder(Answer)
_json = msgspec.json.Encoder(enc_hook=_as_text)
_event = msgspec.json.Decoder(Event)


def pack(value: CallState | Answer) -> bytes:
    return _pack.encode(value)


def unpack_state(data: bytes) -> CallState:
    return _state.decode(data)


def unpack_answer(data: bytes) -> Answer:
    return _answer.decode(data)


def to_json(value: Any) -> bytes:
    """Any of our words, or plain data, as compact UTF-8 JSON."""
    return _json.encode(value)


def event_from_json(data: bytes) -> Event:
    """Raises msgspec.ValidationError on anything that is no event."""
    event: Event = _event.decode(data)
    return event
