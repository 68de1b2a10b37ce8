"""Who may open a socket: the carrier, shown by its signature, and then a call, shown by the pass its document held.

Both are needed. A socket's address is always the same, and so is its signature: who has seen one could show it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from flask import Request

from ivr.channels.twilio.needs import StreamBook
from ivr.channels.twilio.stream_document import HOTLINE, PASS
from ivr.channels.twilio.stream_words import BadStream, Begun, check_format, read

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]


@dataclass(frozen=True, slots=True)
class Door:
    """How long and how wide it stands open to who has not shown a pass."""

    shown_within_s: float = 10.0
    """The carrier's first two messages come together, at once; either machine may stand still for a while."""
    most_unknown: int = 200
    """Sockets of one process. A thousand calls a minute need a dozen."""


class Stranger(Exception):
    """Whoever this is gets a closed door and no reason; the message is for our log."""


@dataclass(frozen=True, slots=True)
class Known:
    """A call whose sound has come."""

    hotline: str
    call: str
    stream: str


def upgrade(scope: Message) -> Request:
    """An ASGI handshake as the request that it is."""
    client = scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "0",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": client[0],
        "wsgi.url_scheme": "http",
    }
    for name, value in scope["headers"]:
        environ[f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"] = value.decode("latin-1")
    return Request(environ)


async def introduced(receive: Receive, book: StreamBook, threads: Executor, door: Door) -> Known:
    """Whose sound this is. Raises Stranger, StoreDown, or BadStream for a call whose sound is of no use to us."""
    try:
        async with asyncio.timeout(door.shown_within_s):
            begun, text = await _begun(receive)
    except TimeoutError:
        raise Stranger(f"no start within {door.shown_within_s:g} s") from None
    except BadStream as error:
        raise Stranger(str(error)) from None
    hotline = begun.said.get(HOTLINE, "")
    loop = asyncio.get_running_loop()
    call = await loop.run_in_executor(threads, book.take_pass, hotline, begun.said.get(PASS, ""))
    if call is None:
        raise Stranger("its pass was never given, was shown before, or is too old")
    if call != begun.call:
        raise Stranger("its pass is another call's")
    check_format(text)
    return Known(hotline, call, begun.stream)


async def _begun(receive: Receive) -> tuple[Begun, str]:
    while True:
        text = await text_of(receive)
        if text is None:
            raise Stranger("it went away without a start")
        word = read(text)
        if isinstance(word, Begun):
            return word, text
        if word is not None:
            raise Stranger(f"a {type(word).__name__} before its start")


async def text_of(receive: Receive) -> str | None:
    """The next message; None when there will be no more. Raises BadStream for bytes."""
    message = await receive()
    if message["type"] == "websocket.disconnect":
        return None
    text = message.get("text")
    if not isinstance(text, str):
        raise BadStream("a message of bytes, and only text is spoken here")
    return text
