"""The socket /phone/line: who is let in, how many, and what becomes of a call whose page broke off."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from ivr.channels.webphone.gate import headers_of, is_ours
from ivr.channels.webphone.line import Line
from ivr.channels.webphone.messages import LONGEST, Dialling, NotUnderstood, Start, read, written
from ivr.channels.webphone.opening import Opened, Opening
from ivr.channels.webphone.parts import PhoneParts
from ivr.errors import StoreDown

log = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

STRANGER, TOO_LONG, AGAIN = 1008, 1009, 1013
LOOK_S = 0.1


class PhoneSocket:
    """An ASGI application for the sockets of browser calls, one instance a process; all of it belongs to the loop."""

    def __init__(self, parts: PhoneParts) -> None:
        self._parts = parts
        self._opening = Opening(parts)
        self._waiting = 0
        self._lines: dict[str, Line] = {}
        """By claim. A page that takes its call up again ends the line that had it, should that be here."""
        self._later: set[asyncio.Task[None]] = set()
        self._voices_by = 0.0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = headers_of(scope)
        await receive()  # websocket.connect
        full = self._waiting >= self._parts.limits.waiting
        if full or not is_ours(headers.get("origin"), headers.get("host", ""), self._parts.hosts):
            # Refused before it is open: that costs a stranger's flood no more than its requests.
            await send({"type": "websocket.close", "code": AGAIN if full else STRANGER})
            return
        await send({"type": "websocket.accept"})
        self._waiting += 1
        try:
            wanted = await self._first_message(receive)
        finally:
            self._waiting -= 1
        if isinstance(wanted, int):
            await send({"type": "websocket.close", "code": wanted})
        elif wanted is not None:
            await self._call(wanted, receive, send)

    async def _first_message(self, receive: Receive) -> Dialling | int | None:
        """Whom to call; or the code to close the socket with; None: it is closed."""
        try:
            message = await asyncio.wait_for(receive(), self._parts.limits.start_s)
        except TimeoutError:
            return STRANGER
        if message["type"] == "websocket.disconnect":
            return None
        text = message.get("text") or ""
        if len(text) > LONGEST:
            return TOO_LONG
        try:
            told = read(text)
        except NotUnderstood:
            return STRANGER
        return told.start if isinstance(told, Start) else STRANGER

    async def _call(self, wanted: Dialling, receive: Receive, send: Send) -> None:
        if len(self._lines) >= self._parts.limits.calls:
            await self._over(send, "All lines are busy. Please try again in a moment.")
            return
        try:
            await self._until_it_speaks(wanted.hotline or wanted.claim.partition(".")[0])
            opened = await self._opening.open(wanted)
        except StoreDown as error:
            log.error("a call from a browser could not begin: %s", error)
            await send({"type": "websocket.close", "code": AGAIN})  # the page tries again by itself
            return
        if opened is None:
            await send({"type": "websocket.close", "code": STRANGER})
            return
        before = self._lines.get(opened.claim)
        if before is not None:
            before.give_up()
        line = self._lines[opened.claim] = Line(opened, self._parts, receive, send)
        try:
            left = await line.run()
        finally:
            if self._lines.get(opened.claim) is line:
                del self._lines[opened.claim]
        if left:
            waits = asyncio.create_task(self._hang_up_later(opened))
            self._later.add(waits)
            waits.add_done_callback(self._later.discard)

    async def _until_it_speaks(self, name: str) -> None:
        """While voices are still being made ready the caller hears it ring, as on any telephone."""
        hotline, loop = self._parts.shelf.current(name), asyncio.get_running_loop()
        self._voices_by = self._voices_by or loop.time() + self._parts.limits.voice_s
        language = hotline.file.languages[0] if hotline else ""
        while hotline and not self._parts.audio.hearing.speaks(language) and loop.time() < self._voices_by:
            await asyncio.sleep(LOOK_S)

    async def _hang_up_later(self, opened: Opened) -> None:
        """The page is gone. Unless it, or its next one, takes the call up in time, the caller has hung up."""
        await asyncio.sleep(self._parts.limits.grace_s)
        try:
            await self._opening.hang_up_for(opened)
        except StoreDown as error:
            log.error("call %s: its end could not be stored; the sweep will find it: %s", opened.call, error)

    async def _over(self, send: Send, why: str) -> None:
        await send({"type": "websocket.send", "text": written("over", {"why": why})})
        await send({"type": "websocket.close", "code": 1000})
