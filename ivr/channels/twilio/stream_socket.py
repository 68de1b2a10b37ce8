"""The socket of Twilio's Media Streams: one call's sound, from its handshake until it is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from ivr.channels.audio.call import AudioCall
from ivr.channels.audio.parts import AudioParts
from ivr.channels.twilio.line import TwilioLine, shown
from ivr.channels.twilio.needs import Answer
from ivr.channels.twilio.stream_door import (
    Door,
    Known,
    Message,
    Receive,
    Stranger,
    introduced,
    text_of,
    upgrade,
)
from ivr.channels.twilio.stream_order import InOrder
from ivr.channels.twilio.stream_wire import StreamWire
from ivr.channels.twilio.stream_words import BadStream, Frame, Key, Marked, Stopped, read
from ivr.channels.twilio.streams import Streams, knows
from ivr.errors import StoreDown

log = logging.getLogger(__name__)

Send = Callable[[Message], Awaitable[None]]

GOOD, BAD_SOUND, STRANGER, OUR_FAULT = 1000, 1003, 1008, 1011
"""With what a socket is closed. Only we read it: the carrier asks for the next document after each of them."""
TOLD, TOLD_EVERY = 20, 500
"""Sockets turned away: so many are logged each, then one of so many."""
LAST_TURN_S = 10.0
"""What a turn under way is given when the sound has gone."""


class StreamSocket:
    """An ASGI application for the sockets at `Urls.sound`.

    However a socket ends, its call goes on: the carrier asks `Urls.sound_over` what to do next.
    """

    def __init__(self, line: TwilioLine, streams: Streams, parts: AudioParts, door: Door | None = None) -> None:
        self._line, self._streams, self._door = line, streams, door or Door()
        self._parts = replace(parts, elsewhere=lambda verbs: not knows(verbs, streams.ears))
        self._unknown = 0
        self.carried = 0
        """Calls whose sound is here now."""
        self.turned_away = 0
        """Sockets that nobody's sound came by, since the start."""

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        await receive()  # the handshake
        reason = self._line.gate.refuses_socket(upgrade(scope))
        if reason is None and self._unknown >= self._door.most_unknown:
            reason = "too many sockets are open that have not shown whose they are"
        if reason is not None:
            self._turn_away((scope.get("client") or ("?",))[0], reason)
            await send({"type": "websocket.close", "code": STRANGER})
            return
        try:
            await send({"type": "websocket.close", "code": await self._answered(receive, send)})
        except OSError:  # so a server says that the far end is gone
            log.debug("a socket was gone before it was closed")

    async def _answered(self, receive: Receive, send: Send) -> int:
        """Its whole life; with what it is to be closed."""
        self._unknown += 1  # before anything else is waited for: others knock meanwhile
        try:
            await send({"type": "websocket.accept"})
            known = await introduced(receive, self._streams.book, self._parts.threads, self._door)
        except Stranger as error:
            self._turn_away("a stranger", str(error))
            return STRANGER
        except BadStream as error:
            log.error("a call's sound is of no use, the carrier listens from now on: %s", error)
            return BAD_SOUND
        except StoreDown:
            log.error("a call's sound came while the store does not answer")
            return OUR_FAULT
        finally:
            self._unknown -= 1
        try:
            answer = await self._in_thread(self._parts.conductor.replay, known.hotline, known.call)
        except StoreDown:
            answer = None
        if answer is None:
            log.error("call %s: its sound came, and the store knows no answer for it", known.call)
            return OUR_FAULT
        self.carried += 1
        try:
            return await self._carry(known, answer, receive, send)
        finally:
            self.carried -= 1

    async def _carry(self, known: Known, answer: Answer, receive: Receive, send: Send) -> int:
        async def send_text(text: str) -> None:
            await send({"type": "websocket.send", "text": text})

        log.info("call %s turn %d: its sound is here", known.call, answer.turn)
        wire = StreamWire(known.stream)
        audio = AudioCall(known.hotline, known.call, self._parts, wire)
        talk = asyncio.create_task(audio.run(answer))
        ears = asyncio.create_task(_listen(receive, audio))
        mouth = asyncio.create_task(wire.send_all(send_text))
        tasks: set[asyncio.Task[None]] = {talk, ears, mouth}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if not talk.done():
                audio.gone()
                await asyncio.wait({talk}, timeout=LAST_TURN_S)
            await self._note_what_is_left(known, wire)
            return _closed_with(known, talk, ears, mouth)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _turn_away(self, who: str, reason: str) -> None:
        """Ten thousand in a row fill no disk."""
        self.turned_away += 1
        if self.turned_away <= TOLD or self.turned_away % TOLD_EVERY == 0:
            log.warning("turned a socket of %s away (%d so far): %s", who, self.turned_away, reason)

    async def _note_what_is_left(self, known: Known, wire: StreamWire) -> None:
        """Before the socket is closed: the carrier asks at once."""
        book = self._streams.book
        try:
            if wire.speechless:
                await self._in_thread(book.choose, known.hotline, known.call, "carrier")
            if wire.left is not None:
                await self._in_thread(book.leave, known.hotline, known.call, wire.left)
        except StoreDown:
            log.error("call %s: what its sound has left to do could not be noted; it is done anew", known.call)

    async def _in_thread(self, do: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._parts.threads, do, *arguments)


async def _listen(receive: Receive, audio: AudioCall) -> None:
    """Everything the carrier tells, until it stops. Raises BadStream."""
    in_order = InOrder()
    while (text := await text_of(receive)) is not None:
        match read(text):
            case Frame() as frame:
                for piece in in_order.add(frame):
                    audio.frame(piece)
            case Key(digit=digit):
                audio.key(digit)
            case Marked(name=name):
                audio.marked(name)
            case Stopped():
                return


def _closed_with(known: Known, talk: asyncio.Task[None], ears: asyncio.Task[None], mouth: asyncio.Task[None]) -> int:
    """How it went, for the log and for the far end."""
    for task in (ears, mouth):
        error = task.exception() if task.done() and not task.cancelled() else None
        if isinstance(error, BadStream):
            log.error("call %s: the carrier listens from now on: %s", known.call, error)
            return BAD_SOUND
        if error is not None and not isinstance(error, OSError):
            log.error("call %s: its socket broke down: %s", known.call, shown(error))
            return OUR_FAULT
    if talk.done() and not talk.cancelled() and (fault := talk.exception()) is not None:
        log.error("call %s: its sound broke down: %s", known.call, shown(fault))
        return OUR_FAULT
    log.info("call %s: its sound is over", known.call)
    return GOOD
