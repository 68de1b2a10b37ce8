"""One call by sound: an asyncio driver between a wire, the session, the conductor, the voices and the ear."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any, assert_never

from ivr.call.events import DigitsPressed, Event, HungUp, SpeechHeard
from ivr.call.verbs import Record, StartRecording, StopRecording, Verb
from ivr.channels.audio.first_sound import FirstSound
from ivr.channels.audio.mouth import Mouth
from ivr.channels.audio.parts import AudioParts
from ivr.channels.audio.taping import Taping
from ivr.channels.audio.turns import Turns
from ivr.channels.audio.wire import Wire
from ivr.channels.twilio.needs import Answer
from ivr.errors import HostError
from ivr.speech.codec import LINE_HZ
from ivr.speech.ear import Ear
from ivr.speech.end_of_speech import patience_s
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.orders import (
    Attend,
    Clear,
    Deafen,
    Forget,
    Happened,
    Keep,
    Mark,
    Noticed,
    Order,
    Rest,
    Sound,
    Speak,
    Unsaid,
)
from ivr.speech.session import SOUND_ONLY, Session

log = logging.getLogger(__name__)

TICK_S = 0.05
NEWS_EVERY_S = 1.0
"""How often is looked whether somebody else has moved the call on: an agent has taken the caller."""


class AudioCall:
    """Made when a line's sound begins; all methods belong to the event loop."""

    def __init__(self, hotline: str, call: str, parts: AudioParts, wire: Wire) -> None:
        self._parts, self._wire = parts, wire
        self._turns = Turns(hotline, call, parts)
        self._session = Session(SOUND_ONLY | {Record} if parts.keep else SOUND_ONLY)
        self._mouth = Mouth(lambda: parts.hearing.prompts(hotline), parts.threads)
        self._mouth.piece = lambda ticket, ulaw: self._do(self._session.piece(ticket, ulaw, self._now()))
        self._mouth.spoken = lambda ticket: self._do(self._session.spoken(ticket, self._now()))
        self._mouth.unspoken = lambda ticket: self._do(self._session.unspoken(ticket, self._now()))
        self._ears: dict[str, Ear | None] = {}
        """By language: a caller may change it in mid-call."""
        self._ear: Ear | None = None
        self._expected = Expectation()
        self._asked = 0
        """Counts what the ear was told to listen for; what it tells of earlier questions is late."""
        self._first_sound = FirstSound()
        self._taping = Taping(hotline, call, parts)
        self._tasks: set[asyncio.Task[None]] = set()
        self._over = asyncio.Event()

    async def run(self, answer: Answer) -> None:
        """Do this answer and what follows; returns when the sound or the call is over."""
        self._loop = asyncio.get_running_loop()
        for steady in (self._mouth.run(), self._tick(), self._look_for_news()):
            self._begin(steady)
        try:
            self._turns.turn = answer.turn
            self._perform(tuple(answer.verbs))
            await self._over.wait()
        finally:
            if self._ear is not None:
                self._ear.stop()
            for task in self._tasks:
                task.cancel()
            await self._taping.end(self._now())

    # --- from the line ---------------------------------------------------------------------------------------

    def frame(self, ulaw: bytes) -> None:
        """20 ms of the caller's sound, 160 bytes; another size is mended."""
        moment = self._ear.hear(ulaw) if self._ear is not None else None
        self._taping.hear(ulaw, self._now())
        self._do(self._session.frame(ulaw))
        if moment is not None:
            self._first_sound.voice(moment, self._now(), patience_s(self._expected))
            self._do(self._session.moment(moment, self._now()))

    def key(self, digit: str) -> None:
        """The caller pressed one key: 0-9, * or #; anything else is left out."""
        self._first_sound.key(self._now())
        self._do(self._session.key(digit, self._now()))

    def words(self, text: str) -> None:
        """The caller typed instead of speaking."""
        self._do(self._session.words(text))

    def marked(self, name: str) -> None:
        """The far end has played all before this mark."""
        self._do(self._session.marked(name, self._now()))

    def happened(self, event: Event) -> None:
        """What the line itself brings for verbs it does (`Wire.rest`), and HungUp."""
        if isinstance(event, HungUp):
            self._do(self._session.hung_up())
        elif self._session.idle and not self._turns.busy:
            self._do([Happened(event)])

    def gone(self) -> None:
        """The far end broke off without a word: `run` returns, the call itself goes on elsewhere or is swept."""
        self._over.set()

    # --- orders ----------------------------------------------------------------------------------------------

    def _do(self, orders: Sequence[Order]) -> None:
        for order in orders:
            self._do_one(order)

    def _do_one(self, order: Order) -> None:
        match order:
            case Sound(ulaw=ulaw):
                if told := self._first_sound.out(self._now()):
                    self._wire.noticed("first_sound", told)
                self._taping.play(ulaw, self._now())
                self._wire.sound(ulaw)
            case Mark(name=name):
                self._wire.mark(name)
            case Clear():
                self._taping.clear(self._now())
                self._wire.clear()
            case Speak():
                self._mouth.say(order)
            case Forget(below=below):
                self._mouth.forget(below)
            case Attend(expected=expected):
                self._attend(expected)
            case Deafen():
                self._deafen()
            case Happened(event=event):
                self._happen(event)
            case Keep():
                self._begin(self._keep(order))
            case Unsaid(words=words):
                passed = self._wire.unsaid(words)
                self._do(self._session.pass_over(self._now()) if passed else self._session.leave())
            case Rest(verbs=(StartRecording() | StopRecording() as record, *rest)) if self._parts.tape is not None:
                self._begin(self._record(record, tuple(rest)))
            case Rest(verbs=verbs):
                if not self._wire.rest(verbs, self._turns.turn):
                    self._over.set()
            case Noticed(what=what, told=told):
                self._wire.noticed(what, told)
            case _:
                assert_never(order)

    def _attend(self, expected: Expectation) -> None:
        self._deafen()
        self._expected, language = expected, expected.language
        if self._ears.get(language) is None:
            self._ears[language] = self._parts.hearing.ear(language, self._told)
        self._ear = self._ears[language]
        if self._ear is not None:
            self._ear.listen(expected)

    def _deafen(self) -> None:
        if self._ear is not None:
            self._ear.stop()
        self._asked += 1

    def _told(self, found: Heard | Nothing) -> None:
        """In a thread of the ears."""
        self._loop.call_soon_threadsafe(self._heard, found, self._asked)

    def _heard(self, found: Heard | Nothing, asked: int) -> None:
        if asked == self._asked:
            self._do(self._session.heard(found, self._now()))

    # --- turns -------------------------------------------------------------------------------------------------

    def _happen(self, event: Event) -> None:
        self._wire.noticed("event", {"event": type(event).__name__, "turn": self._turns.turn})
        if isinstance(event, DigitsPressed | SpeechHeard):
            self._first_sound.answered()
        self._begin(self._hang_up() if isinstance(event, HungUp) else self._turn(event))

    async def _turn(self, event: Event) -> None:
        began = self._now()
        verbs = await self._turns.hear(event, self._perform)
        took_ms = round(1000 * (self._now() - began))
        names = [type(verb).__name__ for verb in verbs]
        self._wire.noticed("answered", {"verbs": names, "turn": self._turns.turn, "took_ms": took_ms})
        self._perform(verbs)

    async def _hang_up(self) -> None:
        await self._turns.tell(HungUp())
        self._wire.over()
        self._over.set()

    async def _keep(self, order: Keep) -> None:
        recording, keep = "", self._parts.keep
        if order.ulaw and keep is not None:
            try:
                recording = await self._loop.run_in_executor(
                    self._parts.threads, keep, self._turns.hotline, self._turns.call, order.ulaw
                )
            except HostError as error:
                log.error("call %s: a message is lost: %s", self._turns.call, error)
                self._wire.noticed("trouble", {"why": str(error)})
        self._do(self._session.kept(recording, len(order.ulaw) / LINE_HZ, order.key))

    async def _record(self, order: StartRecording | StopRecording, rest: tuple[Verb, ...]) -> None:
        """What is said next is not begun before the part has ended, or has begun."""
        await self._taping.order(order, self._now())
        self._perform(rest)

    def _perform(self, verbs: tuple[Verb, ...]) -> None:
        if self._parts.elsewhere(verbs):
            self._do([*self._session.perform((), self._now()), Rest(verbs)])
        else:
            self._do(self._session.perform(verbs, self._now()))

    # --- beside --------------------------------------------------------------------------------------------------

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self._do(self._session.tick(self._now()))

    async def _look_for_news(self) -> None:
        while True:
            await asyncio.sleep(NEWS_EVERY_S)
            verbs = await self._turns.news()
            if verbs is not None:
                self._perform(verbs)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("call %s: its sound broke down", self._turns.call, exc_info=error)
            self._over.set()

    def _now(self) -> float:
        return self._loop.time()
