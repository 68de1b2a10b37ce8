"""Pages without a browser: sockets of the phone on a real conductor and store, in an event loop on a virtual clock."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from audio_stage import Deaf, Inline, Letters, VirtualLoop
from runtime_house import House

from ivr.channels.audio.parts import AudioParts
from ivr.channels.webphone.parts import Limits, PhoneParts
from ivr.channels.webphone.socket import PhoneSocket
from ivr.speech.cache import PromptCache
from ivr.speech.prompts import Prompts
from ivr.store.tickets import RedisTickets

HOST = "phone.example.com"


class Desk:
    """A server of browser phones, for as many pages as a test opens."""

    def __init__(self, house: House, folder: Path, *, hearing: Any = None, **limits: Any) -> None:
        self.house = house
        self.kept: list[bytes] = []
        self.tickets = RedisTickets(house.client)
        threads: Executor = Inline()
        hearing = hearing or Deaf(Prompts((Letters(),), PromptCache(folder)))
        audio = AudioParts(house.conductor, hearing, threads, self._keep)
        self.parts = PhoneParts(audio, house.shelf, self.tickets, limits=Limits(**limits))
        self.socket = PhoneSocket(self.parts)

    def runs(self, script: Callable[[], Coroutine[Any, Any, None]], *, at_most_s: float = 600.0) -> None:
        async def run() -> None:
            async with asyncio.timeout(at_most_s):
                await script()

        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(run())

    def page(self, **headers: str) -> Page:
        return Page(self, {"origin": f"https://{HOST}", "host": HOST, **headers})

    def another(self) -> Desk:
        """A second process on the same store."""
        desk = Desk.__new__(Desk)
        desk.house, desk.kept, desk.tickets, desk.parts = self.house, self.kept, self.tickets, self.parts
        desk.socket = PhoneSocket(self.parts)
        return desk

    def _keep(self, hotline: str, call: str, ulaw: bytes) -> str:
        self.kept.append(ulaw)
        return f"LR{len(self.kept):032x}"


class Page:
    """One socket, as the page in PROTOCOL.md has it: what it is sent, it plays, and tells its marks."""

    def __init__(self, desk: Desk, headers: dict[str, str]) -> None:
        self.desk = desk
        self._scope = {
            "type": "websocket",
            "path": "/phone/line",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items() if value],
        }
        self._to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.got: list[dict[str, Any]] = []
        self.accepted = False
        self.code: int | None = None
        """What the server closed the socket with."""
        self.claim = ""
        self._plays_until = 0.0
        self._marks: list[tuple[asyncio.TimerHandle, str]] = []

    # --- the socket ------------------------------------------------------------------------------------------

    async def opens(self) -> Page:
        self._to_server.put_nowait({"type": "websocket.connect"})
        self.ended = asyncio.create_task(self.desk.socket(self._scope, self._to_server.get, self._take))
        await asyncio.sleep(0.01)
        return self

    async def calls(self, caller: str = "+12025550101", hotline: str = "shop") -> Page:
        """Opens, and begins a call."""
        await self.opens()
        self.says("start", ticket=self.desk.tickets.issue(), hotline=hotline, caller=caller)
        await asyncio.sleep(0.05)
        return self

    async def takes_up(self, claim: str) -> Page:
        await self.opens()
        self.says("start", claim=claim)
        await asyncio.sleep(0.05)
        return self

    async def is_closed(self) -> Page:
        """Tab closed, radio gone: the server sees no more than that."""
        for handle, _ in self._marks:
            handle.cancel()
        self._to_server.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await self.ended
        return self

    def says(self, event: str, **contents: Any) -> None:
        self.sends(json.dumps({"event": event, event: contents} if contents else {"event": event}))

    def sends(self, text: str | bytes) -> None:
        kind = "bytes" if isinstance(text, bytes) else "text"
        self._to_server.put_nowait({"type": "websocket.receive", kind: text})

    def speaks(self, ulaw: bytes) -> None:
        self.says("media", payload=b64encode(ulaw).decode())

    async def _take(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "websocket.accept":
                self.accepted = True
            case "websocket.close":
                self.code = message["code"]
            case "websocket.send":
                self._understand(json.loads(message["text"]))

    def _understand(self, told: dict[str, Any]) -> None:
        self.got.append(told)
        loop = asyncio.get_running_loop()
        match told["event"]:
            case "begun":
                self.claim = told["begun"]["claim"]
            case "media":
                self._plays_until = (
                    max(self._plays_until, loop.time()) + len(b64decode(told["media"]["payload"])) / 8000
                )
            case "mark":
                name = told["mark"]["name"]
                when = max(self._plays_until, loop.time())
                self._marks.append((loop.call_at(when, lambda: self.says("mark", name=name)), name))
            case "clear":
                self._plays_until = 0.0
                for handle, name in self._marks:
                    if handle.when() > loop.time():
                        handle.cancel()
                        self.says("mark", name=name)
                self._marks.clear()

    # --- what came -------------------------------------------------------------------------------------------

    def told(self, event: str) -> list[dict[str, Any]]:
        return [told.get(event, {}) for told in self.got if told["event"] == event]

    def noticed(self, what: str) -> list[dict[str, Any]]:
        return [notice for notice in self.told("notice") if notice["what"] == what]

    def said(self) -> list[str | None]:
        return [notice["text"] for notice in self.noticed("said")]

    def sound(self) -> bytes:
        return b"".join(b64decode(media["payload"]) for media in self.told("media"))

    @property
    def call(self) -> str:
        return str(self.told("begun")[-1]["call"])
