"""The house of cards with a voice of its own, behind a real server: calls of the carrier's double bring their sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

from asgi_server import AsgiServer
from audio_stage import Deaf, Letters
from twilio_house import ACCOUNT, CALLER, NUMBER, PUBLIC, TOKEN, House, app_of, carrier_of, line_of

from ivr.call.turns import CallEars, Left
from ivr.channels.audio.parts import AudioParts
from ivr.channels.twilio import Gate, TwilioLine
from ivr.channels.twilio.stream_door import Door
from ivr.channels.twilio.stream_socket import StreamSocket
from ivr.channels.twilio.streams import Streams
from ivr.errors import StoreDown
from ivr.sim.cloud import Call, Cloud, VirtualClock
from ivr.speech.cache import PromptCache
from ivr.speech.prompts import Prompts


@dataclass
class Book:
    """`StreamBook` in memory."""

    house: House
    chosen: dict[str, CallEars] = field(default_factory=dict)
    passes: dict[str, tuple[str, str]] = field(default_factory=dict)
    over: dict[str, Left] = field(default_factory=dict)
    down: bool = False

    def ears(self, hotline: str, call: str) -> CallEars | None:
        self._up()
        return self.chosen.get(call)

    def choose(self, hotline: str, call: str, ears: CallEars) -> None:
        self._up()
        self.chosen[call] = ears

    def give_pass(self, hotline: str, call: str) -> str:
        self._up()
        secret = uuid4().hex
        self.passes[secret] = (hotline, call)
        return secret

    def take_pass(self, hotline: str, secret: str) -> str | None:
        self._up()
        given_at, call = self.passes.pop(secret, ("", ""))
        if given_at != hotline:
            return None
        self.over.pop(call, None)
        return call or None

    def leave(self, hotline: str, call: str, left: Left) -> None:
        self._up()
        self.over[call] = left

    def left(self, hotline: str, call: str) -> Left | None:
        self._up()
        return self.over.get(call)

    def _up(self) -> None:
        if self.down or self.house.down:
            raise StoreDown("Redis does not answer")


@dataclass
class Sound:
    """Everything a test of calls by sound looks at."""

    house: House
    book: Book
    line: TwilioLine
    socket: StreamSocket
    server: AsgiServer
    cloud: Cloud

    def dial(self) -> Call:
        return self.cloud.dial(CALLER, NUMBER)

    def documents(self, call: Call) -> list[str]:
        """The verbs of each document the carrier was given, the first of each."""
        texts = [one.reply.text for one in call.requests if one.reply and one.reply.text.startswith("<?xml")]
        return [text.split("<Response>")[1].split()[0].strip("</>").split(">")[0] for text in texts]


Change = Callable[[TwilioLine], TwilioLine]
PATIENT = Door(shown_within_s=60)
"""A machine that stands still is no stranger."""


def sound_parts(house: House, folder: Path, threads: ThreadPoolExecutor) -> AudioParts:
    return AudioParts(house, Deaf(Prompts((Letters(),), PromptCache(folder))), threads)


@contextmanager
def sound_house(
    house: House, folder: Path, change: Change = lambda line: line, door: Door = PATIENT
) -> Iterator[Sound]:
    clock, book = VirtualClock(), Book(house)
    with ThreadPoolExecutor(4) as threads:
        parts = sound_parts(house, folder, threads)
        streams = Streams(book, parts.hearing, lambda hotline: hotline == house.hotline)
        line = change(replace(line_of(house, clock, Gate(PUBLIC, TOKEN)), streams=streams))
        socket = StreamSocket(line, streams, parts, door)
        with (
            AsgiServer(app_of(line), socket) as server,
            Cloud(ACCOUNT, TOKEN, server.base, line.urls.base, clock) as carrier,
        ):
            house.carrier = carrier_of(carrier)
            carrier.number(NUMBER, line.urls.voice(), line.urls.fallback(), line.urls.status())
            yield Sound(house, book, line, socket, server, carrier)
