"""A call's turns: events to the conductor in a thread, its answers back, and what is said while the store is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from ivr.call.events import Event
from ivr.call.verbs import Dial, Hangup, Say, Verb
from ivr.channels.audio.parts import AudioParts
from ivr.channels.twilio.needs import Answer
from ivr.errors import StoreDown

log = logging.getLogger(__name__)

GIVE_UP_S = 30.0
"""An outage this long ends the waiting: the call is handed on."""
RETRY_S = 2.0
APOLOGISE_EVERY_S = 10.0


class Turns:
    """One call's way to the conductor."""

    def __init__(self, hotline: str, call: str, parts: AudioParts) -> None:
        self.hotline, self.call = hotline, call
        self.turn = 0
        """What the caller's next event must carry."""
        self.busy = False
        """An event is on its way."""
        self._parts = parts

    async def hear(self, event: Event, meanwhile: Callable[[tuple[Verb, ...]], None]) -> tuple[Verb, ...]:
        """Have an event answered. `meanwhile` is what to say while the store is away; the event itself is not lost."""
        self.busy = True
        began = apologised = asyncio.get_running_loop().time()
        apologised -= APOLOGISE_EVERY_S
        try:
            while True:
                try:
                    answer = await self._ask(self._parts.conductor.hear, self.hotline, self.call, self.turn, event)
                except StoreDown:
                    now = asyncio.get_running_loop().time()
                    if now - began >= GIVE_UP_S:
                        log.error("call %s turn %d: handed on, the store is away", self.call, self.turn)
                        return self.handed_on()
                    if now - apologised >= APOLOGISE_EVERY_S:
                        log.warning("call %s turn %d: the store does not answer", self.call, self.turn)
                        apologised = now
                        meanwhile(self._apology())
                    await asyncio.sleep(RETRY_S)
                else:
                    self.turn = answer.turn
                    return tuple(answer.verbs)
        except Exception:  # a bug of ours: the caller hears an apology and is handed on
            log.exception("call %s turn %d: %s failed", self.call, self.turn, type(event).__name__)
            return self.handed_on()
        finally:
            self.busy = False

    async def tell(self, event: Event) -> None:
        """News that ends the call; should the store be away, the sweep finds the call later."""
        try:
            await self._ask(self._parts.conductor.tell, self.hotline, self.call, event)
        except StoreDown:
            log.error("call %s: its end could not be stored", self.call)

    async def news(self) -> tuple[Verb, ...] | None:
        """Another answer than the one that is being done: somebody else has moved the call on."""
        if self.busy:
            return None
        try:
            answer: Answer | None = await self._ask(self._parts.conductor.replay, self.hotline, self.call)
        except StoreDown:
            return None
        if answer is None or answer.turn == self.turn or self.busy:
            return None
        self.turn = answer.turn
        return tuple(answer.verbs)

    def handed_on(self) -> tuple[Verb, ...]:
        number = self._parts.conductor.fallback_number(self.hotline)
        last = Dial(number=number, action="fallback") if number else Hangup(reason="failed")
        return (*self._apology(), last)

    def _apology(self) -> tuple[Say, ...]:
        return tuple(self._parts.conductor.apology(self.hotline))

    async def _ask(self, ask: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._parts.threads, ask, *arguments)
