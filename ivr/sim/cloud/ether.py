"""Where the sockets of a cloud live: one thread with an event loop, for as long as the cloud does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from threading import Thread
from typing import Any

ENDS_WITHIN_S = 30.0


class Ether:
    """Tests live in another thread: they hand work in, and look at what came of it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="cloud-sockets", daemon=True)
        self._thread.start()

    def begin(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def do(self, what: Callable[..., None], *arguments: Any) -> None:
        """Soon, in the loop, where everything that changes a stream is done."""
        self._loop.call_soon_threadsafe(what, *arguments)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end_all(), self._loop).result(ENDS_WITHIN_S)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(ENDS_WITHIN_S)
        self._loop.close()

    async def _end_all(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
