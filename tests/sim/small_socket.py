"""The far end of a stream, of a few lines: it keeps what it is told, and answers as a test tells it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any

Message = dict[str, Any]
Reply = Callable[[Message], list[Message]]
CLOSE: Message = {"close": 1000}


@dataclass
class SmallSocket:
    """An ASGI application. `answers` makes messages of one that came; the streamSid is put in here."""

    answers: Reply = lambda message: []
    opens: Callable[[], object] = lambda: None
    """Called before the handshake is answered."""
    told: list[Message] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    path: str = ""
    ended: bool = False
    closes: Event = field(default_factory=Event)
    """Set when its closing is on the way."""

    def events(self, event: str) -> list[Message]:
        return [message for message in self.told if message["event"] == event]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.path = scope["path"]
        await receive()
        self.opens()
        await send({"type": "websocket.accept"})
        while (came := await receive())["type"] == "websocket.receive":
            message = json.loads(came["text"])
            self.told.append(message)
            for answer in self.answers(message):
                if answer is CLOSE:
                    asyncio.get_running_loop().call_soon(self.closes.set)
                    await send({"type": "websocket.close", "code": 1000})
                    break
                text = json.dumps({"streamSid": message.get("streamSid", ""), **answer})
                await send({"type": "websocket.send", "text": text})
        self.ended = True
