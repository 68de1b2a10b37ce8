"""Has voices say what a session asks for: one after the other, in threads, and no longer than it is wanted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor

from ivr.errors import SpeechError
from ivr.speech.orders import Speak
from ivr.speech.prompts import Prompts

log = logging.getLogger(__name__)


class Mouth:
    """One call's. `piece`, `spoken` and `unspoken` are called in the event loop, in the order of the tickets."""

    def __init__(self, prompts: Callable[[], Prompts], threads: Executor) -> None:
        """`prompts` is asked for every time: voices that come while a call runs speak from then on."""
        self.piece: Callable[[int, bytes], None]
        self.spoken: Callable[[int], None]
        self.unspoken: Callable[[int], None]
        self._prompts = prompts
        self._threads = threads
        self._wanted: asyncio.Queue[Speak] = asyncio.Queue()
        self._below = 0

    def say(self, order: Speak) -> None:
        self._wanted.put_nowait(order)

    def forget(self, below: int) -> None:
        self._below = max(self._below, below)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            order = await self._wanted.get()
            if order.ticket >= self._below:
                await loop.run_in_executor(self._threads, self._voice, order, loop)

    def _voice(self, order: Speak, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread."""
        try:
            for ulaw in self._prompts().sound(order.words):
                if order.ticket < self._below:
                    return
                loop.call_soon_threadsafe(self.piece, order.ticket, ulaw)
        except SpeechError as error:
            log.warning("not said: %s", error)
            loop.call_soon_threadsafe(self.unspoken, order.ticket)
        except Exception:  # a bug of ours in a voice; the line may still be able to say it
            log.exception("a voice failed")
            loop.call_soon_threadsafe(self.unspoken, order.ticket)
        else:
            loop.call_soon_threadsafe(self.spoken, order.ticket)
