"""The carrier's cloud: numbers, calls, rooms, messages and recordings, on a clock that passes when it is told to."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate
from functools import partial
from types import TracebackType
from typing import Self
from uuid import uuid4

from ivr.sim.cloud.asking import Asker, Goto
from ivr.sim.cloud.call import Call
from ivr.sim.cloud.clock import Time, VirtualClock
from ivr.sim.cloud.errors import Impossible
from ivr.sim.cloud.ether import Ether
from ivr.sim.cloud.hostile import Hostile
from ivr.sim.cloud.life import OVER, Life
from ivr.sim.cloud.rest import Api, serve
from ivr.sim.cloud.rooms import Rooms
from ivr.sim.cloud.timing import silence
from ivr.sim.cloud.waiting import RoomEnded, RoomStarted, Signal, TimeUp, Waiting
from ivr.sim.cloud.web import Browser

PATIENCE_S = 30.0
"""How long, in real seconds, a test waits for an order that another thread of the server shall give."""
LOOK_EVERY_S = 0.02
"""Sound changes without an order."""


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number of the account and where its calls go."""

    number: str
    voice_url: str
    fallback_url: str | None = None
    status_url: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    sid: str
    to: str
    sender: str
    text: str


@dataclass(slots=True)
class Held:
    """A status callback that waits for `deliver`."""

    call: Life
    url: str
    told: Mapping[str, str]


class Cloud:
    """Use it in a `with`: it holds a REST API on 127.0.0.1, at `api_base`.

    `server` is the base address of the server under test; `public_url` where that server believes itself to be, if that
    is elsewhere. Orders by REST are done when the test next does something, or in `wait_until`.
    """

    def __init__(
        self,
        account: str,
        token: str,
        server: str,
        public_url: str | None = None,
        clock: Time | None = None,
        ceiling_s: float = 15.0,
    ) -> None:
        self.account, self.token = account, token
        self.server, self.public_url = server.rstrip("/"), (public_url or server).rstrip("/")
        self.clock: Time = clock or VirtualClock()
        self.ceiling_s = ceiling_s
        self.hostile = Hostile()
        self.numbers: dict[str, Number] = {}
        self.calls: dict[str, Call] = {}
        self.messages: list[Message] = []
        self.recordings: dict[str, bytes] = {}
        self.rooms = Rooms(
            started=lambda sid: self.post(self.calls[sid], RoomStarted()),
            ended=lambda sid: self.post(self.calls[sid], RoomEnded()),
        )
        self.rest_refuses: tuple[int, int] | None = None
        """(HTTP status, code) with which every REST request is refused, while it is set."""
        self._orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._held: list[Held] = []
        self._ether: Ether | None = None
        self.pace = 1.0
        """How much faster than time new streams run."""
        self._api = serve(Api(self))

    @property
    def api_base(self) -> str:
        return self._api.base

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._ether is not None:
            self._ether.close()
        for call in self.calls.values():
            call.asker.browser.close()
        self._api.close()

    # --- what a test does -------------------------------------------------------------------------------

    def number(
        self, number: str, voice_url: str, fallback_url: str | None = None, status_url: str | None = None
    ) -> Number:
        """Rent a number."""
        self.numbers[number] = Number(number, voice_url, fallback_url, status_url)
        return self.numbers[number]

    def dial(self, from_: str, to: str) -> Call:
        """Somebody calls one of the numbers."""
        if to not in self.numbers:
            raise Impossible(f"{to} is no number of this account; those are {', '.join(self.numbers) or 'none'}")
        number = self.numbers[to]
        call = self._add(Call(self, sid("CA"), from_, to, "inbound", self._asker()))
        call.fallback_url, call.status_url = number.fallback_url, number.status_url
        call.start(Goto(number.voice_url))
        self.settle(call)
        return call

    def leg(self, number: str, within_s: float = PATIENCE_S) -> Call:
        """The telephone at this number, which rings or will ring in a moment."""

        def ringing() -> list[Call]:
            return [call for call in list(self.calls.values()) if call.to == number and call.status == "ringing"]

        self.wait_until(lambda: bool(ringing()), within_s, f"nothing rings at {number}")
        return ringing()[-1]

    def wait_until(
        self, true: Callable[[], bool], within_s: float = PATIENCE_S, else_: str = "it did not happen"
    ) -> None:
        """Do the orders that other threads of the server give, until something is true. Real time, no virtual."""
        deadline = time.monotonic() + within_s
        self.do_orders()
        while not true():
            if time.monotonic() > deadline:
                raise AssertionError(f"{else_} (waited {within_s} s)")
            with suppress(queue.Empty):
                self._orders.get(timeout=LOOK_EVERY_S)()

    def deliver(self) -> None:
        """Send the status callbacks that were held back, the last one first."""
        held, self._held = self._held, []
        for one in reversed(held):
            one.call.asker.callback(one.url, one.told)

    # --- time -----------------------------------------------------------------------------------------------

    def advance_to(self, when: float) -> None:
        """Let time pass; whatever is due on the way happens in its order."""
        while self.advance_to_next(when):
            pass
        self.clock.advance(max(0.0, when - self.clock()))

    def advance_to_next(self, when: float) -> bool:
        """Let time pass to the next thing that is due, if there is one until then, and let it happen."""
        self.do_orders()
        due = [
            (call.waiting.until, call)
            for call in list(self.calls.values())
            if call.waiting and call.waiting.until is not None
        ]
        until, call = min(due, key=lambda one: one[0], default=(float("inf"), None))
        if call is None or until > when:
            return False
        self.clock.advance(max(0.0, until - self.clock()))
        call.signal(TimeUp())
        self.do_orders()
        return True

    def settle(self, call: Call) -> None:
        """Let pass what nobody would interrupt, up to where the caller may act."""
        self.do_orders()
        while call.waiting is not None and call.waiting.passes and call.waiting.until is not None:
            self.advance_to(call.waiting.until)

    # --- between calls and threads ----------------------------------------------------------------------------

    def post(self, call: Life, signal: Signal) -> None:
        """Send a signal to another call; it arrives when the present one is done."""
        self.order(lambda: call.signal(signal))

    def order(self, order: Callable[[], None]) -> None:
        self._orders.put(order)

    def do_orders(self) -> None:
        while not self._orders.empty():
            self._orders.get()()

    def new_leg(self, number: str, from_: str, parent: Life) -> Call:
        """A telephone begins to ring because of a Dial, which decides how long."""
        leg = Call(self, sid("CA"), from_, number, "outbound-dial", self._asker())
        leg.parent, leg.waiting = parent, Waiting("ringing")
        return self._add(leg)

    def ring(self, number: str, from_: str, ring_s: float, answer_at: Goto, status_url: str, events: set[str]) -> Call:
        """A telephone begins to ring because of an order by REST."""
        leg = Call(self, sid("CA"), from_, number, "outbound-api", self._asker())
        leg.answer_at, leg.waiting = answer_at, Waiting("ringing", self.clock() + ring_s)
        leg.status_url, leg.status_events = status_url or None, frozenset(events)
        self._add(leg)
        for event in ("initiated", "ringing"):
            self.order(partial(leg.tell, event))  # an order wakes whoever waits for this leg, too
        return leg

    def keep_recording(self, seconds: float) -> dict[str, str]:
        """A message is on tape; what is told of it."""
        name = sid("RE")
        self.recordings[name] = silence(seconds)
        return {
            "RecordingSid": name,
            "RecordingUrl": f"{self.api_base}/2010-04-01/Accounts/{self.account}/Recordings/{name}",
            "RecordingDuration": str(round(seconds)),
        }

    def keep_message(self, to: str, sender: str, text: str) -> str:
        message = Message(sid("SM"), to, sender, text)
        self.messages.append(message)
        return message.sid

    def tell_later(self, call: Life, url: str, told: Mapping[str, str]) -> None:
        """News that comes after the answer to the present document."""
        self.order(lambda: self.callback(call, url, told))

    def callback(self, call: Life, url: str, told: Mapping[str, str]) -> None:
        dated = {**told, "Timestamp": formatdate(self.clock(), usegmt=False)}
        if self.hostile.callbacks_backwards:
            self._held.append(Held(call, url, dated))
        else:
            call.asker.callback(url, dated)

    @property
    def ether(self) -> Ether:
        """Where streams run; there from the first one on."""
        if self._ether is None:
            self._ether = Ether()
        return self._ether

    def new_sid(self, kind: str) -> str:
        return sid(kind)

    def is_over(self, call: str) -> bool:
        return self.calls[call].status in OVER

    def _add(self, call: Call) -> Call:
        self.calls[call.sid] = call
        return call

    def _asker(self) -> Asker:
        return Asker(Browser(self.public_url, self.server, self.ceiling_s), self.token, lambda: self.hostile)


def sid(kind: str) -> str:
    return f"{kind}{uuid4().hex}"
