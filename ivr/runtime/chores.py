"""Does what turns asked for after they were stored: texts, places given up, promises of callbacks, messages kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, assert_never

from ivr.call.tasks import (
    BookCallback,
    Errand,
    FollowUp,
    KeepVoicemail,
    LeaveLine,
    SendSms,
    TakePlace,
    place_name,
)
from ivr.errors import IvrError, StoreDown
from ivr.runtime.ports import Clock, Line
from ivr.runtime.shelf import Shelf

log = logging.getLogger(__name__)

AT_ONCE = 20


class Due(Protocol):
    """A chore that is this worker's to do."""

    @property
    def hotline(self) -> str: ...
    @property
    def call(self) -> str: ...
    @property
    def chore(self) -> Errand: ...
    @property
    def once(self) -> str: ...


class Queue(Protocol):
    """Where chores come from; at least once each."""

    def read(self, count: int, block_ms: int | None, *, now: float) -> Sequence[Any]: ...
    def done(self, due: Any) -> None: ...
    def failed(self, due: Any, why: str, *, now: float) -> bool: ...


class Texts(Protocol):
    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        """Send a text message; CarrierError where it cannot be sent."""


class Promises(Protocol):
    """The lists that people work: callbacks and messages. Keeping the same `once` twice keeps it once."""

    # A callback's row bears its name in line, `callback_name`.
    def callback(self, due: Due, task: BookCallback, *, now: float) -> None: ...
    def follow_up(self, due: Due, task: FollowUp, *, now: float) -> None: ...
    def voicemail(self, due: Due, task: KeepVoicemail, *, now: float) -> None:
        """Fetch the recording and put the message on the list; raises CarrierError where it is not there yet."""


class Bookings(Protocol):
    """Places in line with nobody on them."""

    def book(
        self, hotline: str, name: str, task: TakePlace, since: float, *, now: float
    ) -> Literal["booked", "twice", "over"]:
        """twice: another one stands for this number. over: this one was done already."""


@dataclass(frozen=True, slots=True)
class Keeps:
    """What of the store chores change."""

    line: Line
    callbacks: Bookings


def callback_name(due: Due) -> str:
    """What a promised call is called in line and on the list: the same at every try of the chore."""
    return f"{due.call}.{due.once}"


class ChoreWorker:
    """One worker's way of doing chores."""

    def __init__(self, shelf: Shelf, keeps: Keeps, texts: Texts, promises: Promises, clock: Clock) -> None:
        self.shelf = shelf
        self.keeps = keeps
        self.texts = texts
        self.promises = promises
        self.clock = clock

    def work(self, queue: Queue, *, block_ms: int | None = None) -> int:
        """Do what is due; how many were tried. A chore that fails is tried again later. Raises StoreDown."""
        due = queue.read(AT_ONCE, block_ms, now=self.clock())
        for one in due:
            try:
                self.do(one)
            except StoreDown:
                raise
            except IvrError as error:
                self._put_aside(queue, one, str(error))
            except Exception as error:  # the outer handler of a chore: a bug in one must not hold up the others
                log.exception("call %s: %s: a bug", one.call, type(one.chore).__name__)
                self._put_aside(queue, one, type(error).__name__)
            else:
                queue.done(one)
        return len(due)

    def _put_aside(self, queue: Queue, due: Due, why: str) -> None:
        again = queue.failed(due, why, now=self.clock())
        kind = type(due.chore).__name__
        log.warning("call %s: %s failed%s: %s", due.call, kind, "" if again else " for good", why)

    def do(self, due: Due) -> None:
        """One chore. Raises IvrError where it should be tried again."""
        now = self.clock()
        match due.chore:
            case LeaveLine():
                self.keeps.line.leave(due.hotline, place_name(due.call, due.chore.part), due.chore, now=now)
            case SendSms(to=to, text=text, secret=secret):
                self.texts.send(to, text, self._sender(due.hotline), secret=secret)
            case BookCallback():
                self._promise(due, due.chore, now)
            case FollowUp():
                self.promises.follow_up(due, due.chore, now=now)
            case KeepVoicemail():
                self.promises.voicemail(due, due.chore, now=now)
            case _:
                assert_never(due.chore)

    def _promise(self, due: Due, task: BookCallback, now: float) -> None:
        """In line first: should this worker die in between, the chore is done again, and both are there."""
        if task.place is not None:
            name = callback_name(due)
            if self.keeps.callbacks.book(due.hotline, name, task.place, task.since, now=now) == "twice":
                # One call in line is enough for a number; that there are two wishes is seen in the worked list.
                log.info("call %s: %s is promised a call already", due.call, task.number)
        self.promises.callback(due, task, now=now)

    def _sender(self, name: str) -> str:
        hotline = self.shelf.current(name)
        if hotline is None:
            return ""
        return hotline.file.sms_from or next(iter(hotline.file.numbers), "")
