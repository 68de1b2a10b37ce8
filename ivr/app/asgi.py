"""What uvicorn runs in each worker: Flask through a2wsgi, and the rounds beside it for as long as the worker lives."""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware

from ivr.app.house import build
from ivr.app.reload import Watcher
from ivr.app.web import create_app
from ivr.settings import Settings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

THREADS = 16
"""Requests one worker works on at once; most of their time is waiting for the store or a lookup."""


def create() -> Asgi:
    """The factory named on uvicorn's command line; settings come from the parent process."""
    settings = Settings.from_env(os.environ)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    return Asgi(settings)


class Asgi:
    """The whole server as one ASGI application."""

    def __init__(self, settings: Settings) -> None:
        self._house = build(settings, os.environ)
        self._flask = WSGIMiddleware(create_app(self._house), workers=THREADS)  # type: ignore[arg-type]
        self._rounds = self._house.rounds()
        self._watcher = Watcher(self._house)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._flask(scope, receive, send)  # type: ignore[arg-type]

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                for one in self._rounds:
                    one.start()
                self._watcher.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                self._watcher.stop()
                for one in self._rounds:
                    one.stop()
                self._house.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
