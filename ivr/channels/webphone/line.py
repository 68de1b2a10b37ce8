"""One socket that has a call: its messages to the call, the call's to it, until one of them ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from typing import Any

from ivr.call.events import HungUp
from ivr.channels.audio.call import AudioCall
from ivr.channels.audio.parts import AudioParts
from ivr.channels.webphone.allowance import Allowance
from ivr.channels.webphone.deaf import Deaf
from ivr.channels.webphone.messages import (
    LONGEST,
    Dtmf,
    Ended,
    Mark,
    Media,
    NotUnderstood,
    Start,
    Stop,
    Text,
    Told,
    read,
)
from ivr.channels.webphone.opening import Opened
from ivr.channels.webphone.outbox import Outbox
from ivr.channels.webphone.panel import Panel, PanelFeed
from ivr.channels.webphone.parts import PhoneParts
from ivr.channels.webphone.wire import PhoneWire
from ivr.speech.codec import frames

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

SOUND_A_SECOND = 60
"""Frames; a page's microphone makes 50. More are lost, as on any line."""
OTHERS_A_SECOND = 20
"""Keys, words and marks; a page that sends more is none of ours."""
LAST_WORDS_S = 5.0
"""What a page that does not read is given for what is still on its way to it."""
LAST_LOOK_S = 0.8
"""How long a panel is waited for, to show how the call ended."""
GOOD, BAD, TOO_LONG = 1000, 1008, 1009


class Line:
    """Made when a call has begun or was taken up again; belongs to the event loop."""

    def __init__(self, opened: Opened, parts: PhoneParts, receive: Receive, send: Send) -> None:
        self._opened, self._parts = opened, parts
        self._receive, self._send = receive, send
        clock = asyncio.get_running_loop().time
        self._outbox = Outbox(self._send_text, clock)
        self._wire = PhoneWire(self._outbox, panel=parts.watch is not None)
        self._call = AudioCall(opened.hotline, opened.call, self._heard_by(parts.audio), self._wire)
        self._wire.happened = self._call.happened
        self._sound = Allowance(SOUND_A_SECOND, clock)
        self._others = Allowance(OTHERS_A_SECOND, clock)
        self._why = ""

    def give_up(self) -> None:
        """Another page has taken the call."""
        self._why = "This call was taken up elsewhere."
        self._call.gone()

    async def run(self) -> bool:
        """Until the call is over or the page is gone. True: the page broke off, and the call goes on without it."""
        opened, watch = self._opened, self._parts.watch
        call = asyncio.create_task(self._call.run(opened.answer))
        page = asyncio.create_task(self._hear_page())
        post = asyncio.create_task(self._outbox.run())
        tasks: list[asyncio.Task[Any]] = [call, page, post]
        if watch is not None:
            feed = PanelFeed(watch, opened.hotline, opened.call)
            panel = Panel(feed, self._wire.noticed, self._parts.audio.threads)
            self._wire.answered = panel.look
            tasks.append(asyncio.create_task(panel.run()))
        watching = tasks[3:]
        begun = {"hotline": opened.hotline, "call": opened.call, "claim": opened.claim}
        self._outbox.at_once("begun", begun)
        try:
            await asyncio.wait({call, page, post}, return_when=asyncio.FIRST_COMPLETED)
            if call.done():
                if watching:
                    await asyncio.wait(watching, timeout=LAST_LOOK_S)
                await self._say_goodbye(post)
                call.result()
                return False
            self._call.gone()
            await call
            if page.done() and (code := page.result()):
                await self._send({"type": "websocket.close", "code": code})
            return True
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _say_goodbye(self, post: asyncio.Task[None]) -> None:
        self._outbox.after_sound("over", {"why": self._why})
        self._outbox.close()
        await asyncio.wait({post}, timeout=LAST_WORDS_S)
        if post.done() and post.exception() is None:
            await self._send({"type": "websocket.close", "code": GOOD})

    # --- from the page ---------------------------------------------------------------------------------------

    async def _hear_page(self) -> int:
        """Until it is gone: 0; or sends what it may not: the code to close it with."""
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return 0
            text = message.get("text") or ""
            if len(text) > LONGEST:
                return TOO_LONG
            try:
                told = read(text)
            except NotUnderstood:
                return BAD
            if isinstance(told, Media):
                self._hear_sound(told)
            elif isinstance(told, Start) or not self._others.take():
                return BAD
            else:
                self._hear(told)

    def _hear_sound(self, told: Media) -> None:
        for frame in frames(told.media.sound()):
            if self._sound.take():
                self._call.frame(frame)

    def _hear(self, told: Told) -> None:
        match told:
            case Dtmf(dtmf=dtmf):
                self._call.key(dtmf.digit)
            case Text(text=text):
                self._call.words(text.words)
            case Mark(mark=mark):
                self._call.marked(mark.name)
            case Ended(ended=ended):
                self._wire.ended(ended.status)
            case Stop():
                self._call.happened(HungUp())
            case Start() | Media():
                raise AssertionError("handled before")

    # --- to the page -----------------------------------------------------------------------------------------

    async def _send_text(self, text: str) -> None:
        await self._send({"type": "websocket.send", "text": text})

    def _heard_by(self, audio: AudioParts) -> AudioParts:
        """When the ears have too much to do, a new call goes by keys and typing; those that run keep theirs."""
        if audio.hearing.takes_calls():
            return audio
        self._outbox.at_once("notice", {"what": "deaf"})
        return replace(audio, hearing=Deaf(audio.hearing))
