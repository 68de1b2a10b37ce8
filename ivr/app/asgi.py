"""What uvicorn runs in each worker: Flask in threads, sockets, and the rounds beside for as long as it lives."""

from __future__ import annotations

import gc
import logging
import os

from ivr.app.bridge import Bridge, Message, Receive, Send
from ivr.app.house import House, build
from ivr.app.lines import Lines
from ivr.app.meter import EVERY_S, Meter
from ivr.app.reload import Watcher
from ivr.app.sockets import Sockets
from ivr.app.web import create_app
from ivr.errors import IvrError
from ivr.runtime.rounds import Round
from ivr.settings import Settings
from ivr.wiring.web import LARGEST_BODY_BYTES

log = logging.getLogger(__name__)

THREADS = 16
"""Requests one worker works on at once; most of their time is waiting for the store or a lookup."""

SERVED = "IVR_SERVED"
"""The variable by which a worker gets the names of the hotlines its parent serves."""


def create() -> Asgi:
    """The factory of each of several workers; settings come from the parent process."""
    settings = Settings.from_env(os.environ)
    log_to_terminal(settings)
    try:
        return Asgi(build(settings, os.environ, served=os.environ[SERVED].split()))
    except IvrError as error:  # the parent tries again; a sentence each time is enough
        log.error("this worker cannot begin: %s", error)
        raise SystemExit(1) from None


def log_to_terminal(settings: Settings) -> None:
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    for chatty in ("httpx", "twilio.http_client", "urllib3"):  # they log addresses, which may hold a caller's number
        logging.getLogger(chatty).setLevel(logging.WARNING)


class Asgi:
    """The whole server as one ASGI application."""

    def __init__(self, house: House) -> None:
        house.works.warm()
        self._house = house
        self._lines = Lines(house)
        self._flask = Bridge(create_app(house, self._lines), threads=THREADS, largest_body=LARGEST_BODY_BYTES)
        self._sockets = Sockets(self._lines.sockets())
        self._meter = Meter(house, self._sockets)
        self._rounds = [*house.rounds(), Round("meter", self._meter.tell, EVERY_S)]
        self._watcher = Watcher(house)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._flask(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._sockets(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                for one in self._rounds:
                    one.start()
                self._watcher.start()
                self._house.listen()
                # What is here now stays; looking through it for garbage would stop all calls for a tenth of a second.
                gc.collect()
                gc.freeze()
                await send({"type": "lifespan.startup.complete"})
            else:
                self._watcher.stop()
                self._flask.close()
                self._lines.close()
                for one in self._rounds:
                    one.stop()
                self._meter.close()
                self._house.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
