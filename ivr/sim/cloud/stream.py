"""A call's sound on its way to a server and back: Media Streams over a real socket, at the pace of real time."""

from __future__ import annotations

import asyncio
import json
import time
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from ivr.sim.cloud.hostile_stream import HostileStream
from ivr.sim.cloud.playing import QUIET, Player
from ivr.sim.cloud.stream_writing import CONNECTED, Writer

FRAME_BYTES = 160
BYTES_PER_MS = 8
OPENS_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where a socket is opened, and what is said in the handshake."""

    url: str
    """With the scheme ws: whoever ends TLS in front of the server is left out."""
    host: str
    port: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something happened at this time of the stream."""

    at_ms: float
    what: str
    """From the server: sound, mark, clear. From us: start, key, speaking, spoken (all there was to say), played (a mark
    is told back), over."""
    detail: str = ""


class MediaStream:
    """One stream. It runs in the cloud's ether; tests look at it from their own thread.

    At a `pace` of 2 it runs twice as fast as time; the server must not care how late it is, then.
    """

    def __init__(
        self, writer: Writer, address: Address, parameters: Mapping[str, str], news: Callable[[str, str], None]
    ) -> None:
        """`news` hears of `stream-started`, `stream-stopped` and `stream-error`, with the reason."""
        self.sid = writer.stream
        self.moments: list[Moment] = []
        self.player = Player()
        self.faults: list[str] = []
        """What the server said that no carrier understands."""
        self.over = False
        self.closed_with: int | None = None
        self.pace = 1.0
        self.late_ms = 0.0
        """The most that a frame went out after its time: how busy this machine is with other things."""
        self._writer, self._address, self._parameters, self._news = writer, address, parameters, news
        self._hostile: HostileStream = writer.hostile
        self._mouth = bytearray()
        self._speaking = False
        self._early = ""
        self._sent = 0
        self._began: float | None = None
        self._held: list[str] = []
        self._socket: ClientConnection | None = None
        self._out: asyncio.Queue[str | None] = asyncio.Queue()
        """None: the socket is closed when all before it has been sent."""
        self._ended = asyncio.Event()

    # --- what a test looks at -----------------------------------------------------------------------------

    @property
    def at_ms(self) -> float:
        """The stream's own time."""
        return 0.0 if self._began is None else (time.monotonic() - self._began) * 1000 * self.pace

    @property
    def played(self) -> bytes:
        """All that the caller's ear has had, silence included: 8 bytes are a millisecond."""
        return bytes(self.player.played)

    @property
    def port(self) -> int | None:
        """Of its socket on this side, while there is one: by it the process is found that holds the other end."""
        return self._socket.local_address[1] if self._socket is not None and not self.over else None

    @property
    def quiet_ms(self) -> float:
        """How long nothing has been played, at the end."""
        played = self.played
        return (len(played) - len(played.rstrip(QUIET))) / BYTES_PER_MS

    def times(self, what: str, since_ms: float = 0.0) -> list[float]:
        """When it happened, after some time."""
        return [moment.at_ms for moment in list(self.moments) if moment.what == what and moment.at_ms >= since_ms]

    # --- the telephone's side; in the ether ------------------------------------------------------------------

    def speak(self, ulaw: bytes) -> None:
        self._mouth += ulaw

    def press(self, keys: str) -> None:
        """Before the stream has started they are heard when it has."""
        if self._began is None:
            self._early += keys
            return
        for key in keys:
            self._note("key", key)
            self._tell(self._writer.dtmf(key))

    def break_off(self) -> None:
        """Without a word and without the closing of a socket."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def run(self) -> None:
        """Until one of both ends it."""
        try:
            why = await self._until_closed()
        finally:
            self.over = True
            self._ended.set()
        self._note("over", why)
        if why:
            self._news("stream-error", why)
        self._news("stream-stopped", "")

    async def end(self) -> None:
        """The call goes on without it. Comes back when it is over: the server may be closing it at the same time."""
        if self._began is not None and not self._hostile.no_stop:
            self._tell(self._writer.stop())
        self._out.put_nowait(None)
        await self._ended.wait()

    # --- inside ------------------------------------------------------------------------------------------------

    async def _until_closed(self) -> str:
        """Why there was no socket; empty where there was one."""
        try:
            await self._live()
        except (OSError, InvalidHandshake, TimeoutError) as error:
            return f"no socket: {error}"
        except ConnectionClosed as error:
            self.closed_with = error.rcvd.code if error.rcvd else None
        return ""

    async def _live(self) -> None:
        if self._hostile.unreachable:
            raise ConnectionRefusedError("nobody answers")
        async with connect(
            self._address.url,
            host=self._address.host,
            port=self._address.port,
            additional_headers=self._address.headers,
            compression=None,
            proxy=None,
            ping_interval=None,
            open_timeout=OPENS_WITHIN_S,
        ) as socket:
            self._socket = socket
            self._news("stream-started", "")
            beside = [asyncio.create_task(self._tick()), asyncio.create_task(self._send(socket))]
            try:
                async for message in socket:
                    self._hear(message)
            finally:
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)
            self.closed_with = socket.close_code

    async def _tick(self) -> None:
        self._tell(CONNECTED)
        if not self._hostile.starts:
            return
        self._tell(self._writer.start(self._parameters))
        self._began = time.monotonic()
        self._note("start")
        self.press(self._early)
        size = self._hostile.frame_bytes
        while True:
            due = self._began + (self._sent + size) / BYTES_PER_MS / 1000 / self.pace
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self.late_ms = max(self.late_ms, (time.monotonic() - due) * 1000)
            if self._hostile.breaks_at_ms is not None and self._sent >= self._hostile.breaks_at_ms * BYTES_PER_MS:
                self.break_off()
                return
            for mark in self.player.play(size):
                self._tell_back(mark)
            self._send_sound(size)

    def _send_sound(self, size: int) -> None:
        speaks = bool(self._mouth)
        if speaks and not self._speaking:
            # What is in a frame was spoken before the frame is sent.
            self._note("speaking", ago_ms=size / BYTES_PER_MS)
        ulaw = bytes(self._mouth[:size]).ljust(size, QUIET)
        del self._mouth[:size]
        if speaks and not self._mouth:
            self._note("spoken")
        self._speaking = bool(self._mouth)
        messages = self._writer.media(ulaw, self._sent // BYTES_PER_MS)
        self._sent += size
        if self._hostile.frames_swapped and not self._held:
            self._held = messages
            return
        for message in [*messages, *self._held]:
            self._tell(message)
        self._held = []

    def _hear(self, message: str | bytes) -> None:
        try:
            told = json.loads(message)
            event = told["event"]
            if told["streamSid"] != self.sid:
                raise ValueError("it is another stream's")
            if event == "media":
                ulaw = b64decode(told["media"]["payload"], validate=True)
                self._note("sound", str(len(ulaw)))
                self.player.sound(ulaw)
            elif event == "mark":
                self._note("mark", told["mark"]["name"])
                for mark in self.player.mark(told["mark"]["name"]):
                    self._tell_back(mark)
            elif event == "clear":
                self._note("clear")
                for mark in self.player.clear():
                    self._tell_back(mark)
            else:
                raise ValueError(f"nobody knows the event {event!r}")
        except (ValueError, KeyError, TypeError) as error:
            self.faults.append(f"{error}: {message[:200]!r}")

    def _tell_back(self, mark: str) -> None:
        if not self._hostile.no_marks:
            self._note("played", mark)
            self._tell(self._writer.mark(mark))

    def _tell(self, message: str) -> None:
        self._out.put_nowait(message)

    async def _send(self, socket: ClientConnection) -> None:
        while (message := await self._out.get()) is not None:
            await socket.send(message)
        await socket.close()

    def _note(self, what: str, detail: str = "", *, ago_ms: float = 0.0) -> None:
        self.moments.append(Moment(self.at_ms - ago_ms, what, detail))
