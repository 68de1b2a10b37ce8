"""Beginning a browser's call, taking one up again, and ending one whose page is gone. Works in the house's threads."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from ivr.call.events import CallStarted, HungUp
from ivr.channels.twilio.needs import Answer
from ivr.channels.webphone.messages import Dialling
from ivr.channels.webphone.parts import PhoneParts

CHANNEL = "webphone"
IN_A_NUMBER = re.compile(r"[\s().\-/]+")
"""What people write between the digits of a telephone number."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """A call that this socket has."""

    hotline: str
    call: str
    claim: str
    holder: int
    answer: Answer
    """What to do first."""


class Opening:
    """The only way from a browser into the conductor that is not a turn of a call."""

    def __init__(self, parts: PhoneParts) -> None:
        self._parts = parts

    async def open(self, wanted: Dialling) -> Opened | None:
        """None: no ticket, no such hotline, no such call. Raises StoreDown."""
        return await self._in_thread(lambda: self._take_up(wanted) if wanted.claim else self._begin(wanted))

    async def hang_up_for(self, opened: Opened) -> None:
        """Tell the conductor that the caller is gone, unless another page has the call by now. Raises StoreDown."""

        def tell() -> None:
            if self._parts.tickets.holder(opened.claim) == opened.holder:
                self._parts.audio.conductor.tell(opened.hotline, opened.call, HungUp())

        await self._in_thread(tell)

    def _begin(self, wanted: Dialling) -> Opened | None:
        parts = self._parts
        hotline = parts.shelf.current(wanted.hotline)
        if hotline is None or not parts.tickets.spend(wanted.ticket):
            return None
        call = f"web-{secrets.token_hex(8)}"
        claim = parts.tickets.claim(hotline.name, call)
        started = CallStarted(
            caller=number(wanted.caller), called=next(iter(hotline.file.numbers), ""), channel=CHANNEL
        )
        if parts.watch is not None:
            parts.watch.begin(hotline.name, call)
        answer = parts.audio.conductor.hear(hotline.name, call, 0, started)
        return Opened(hotline.name, call, claim, 1, answer)

    def _take_up(self, wanted: Dialling) -> Opened | None:
        parts = self._parts
        held = parts.tickets.take_up(wanted.claim)
        if held is None or parts.shelf.current(held.hotline) is None:
            return None
        if parts.watch is not None:
            parts.watch.begin(held.hotline, held.call)
        answer = parts.audio.conductor.replay(held.hotline, held.call)
        return Opened(held.hotline, held.call, wanted.claim, held.holder, answer) if answer is not None else None

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._parts.audio.threads, work)


def number(typed: str) -> str:
    """`+1 (202) 555-0101` as `+12025550101`; nothing as `anonymous`; what is no number stays as it is."""
    bare = IN_A_NUMBER.sub("", typed)
    return bare if re.fullmatch(r"\+?\d+", bare) else typed.strip() or "anonymous"
