"""One call by sound, as data in and data out: an answer's verbs in, sound out; the caller's sound, keys and words in,
events out.

Whoever drives it hands in what comes (a frame's moment, a key, a mark, a voice's piece, the time) and does the orders
that every method gives back. There is no clock in here, no thread and no socket, so a test plays hours in a blink.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from ivr.call.events import DigitsPressed, Event, HungUp, NothingHeard, Polled, Recorded, SpeechHeard
from ivr.call.verbs import Listen, Play, Record, Say, Verb, Wait
from ivr.speech.doing import At
from ivr.speech.end_of_speech import Moment
from ivr.speech.hearing import Heard, Nothing, expectation
from ivr.speech.message import Message, beep
from ivr.speech.orders import Attend, Deafen, Happened, Keep, Noticed, Order, Rest
from ivr.speech.telling import Telling
from ivr.speech.utterance import Utterance

KEYS = frozenset("0123456789*#")
MOST_KEYS = 64
SOUND_ONLY: frozenset[type] = frozenset({Say, Play, Listen, Wait})
"""What every line that carries sound can do."""


class Session:
    """One call's. Times are seconds that only grow."""

    def __init__(self, own: frozenset[type] = SOUND_ONLY) -> None:
        """`own` are the verbs this line does by sound; all others are handed to it as `Rest`."""
        self._own = own
        self._orders: list[Order] = []
        self._telling = Telling()
        self._verbs: deque[Verb] = deque()
        self._verb: Verb | None = None
        """The one that is being done; before those of `_verbs`."""
        self._at = At.IDLE
        self._listen: Listen | None = None
        self._message: Message | None = None
        self._deadline = float("inf")
        self._digits = ""
        self._ahead = ""
        """Keys that came while nobody asked."""
        self._utterance = Utterance()

    @property
    def idle(self) -> bool:
        """Nothing is under way here."""
        return self._at is At.IDLE

    # --- from the engine ---------------------------------------------------------------------------------

    def perform(self, verbs: tuple[Verb, ...], now: float) -> list[Order]:
        """Do an answer; what was under way is broken off."""
        self._break_off()
        self._verbs.extend(verbs)
        self._next(now)
        return self._given()

    def kept(self, recording: str, seconds: float, key: str) -> list[Order]:
        """The message is kept under this name; an empty one says that there is none."""
        self._happen(Recorded(recording=recording, duration_s=seconds, key=key))
        return self._given()

    def pass_over(self, now: float) -> list[Order]:
        """After `Unsaid`: the line has found its own way to tell it."""
        self._orders += self._telling.pass_over(self._telling.waits_for, now)
        self._see_whether_over(now)
        return self._given()

    def leave(self) -> list[Order]:
        """After `Unsaid`: all that is not done yet is left to the line."""
        verbs = ((self._verb,) if self._verb is not None else ()) + tuple(self._verbs)
        self._break_off()
        self._orders.append(Rest(verbs))
        return self._given()

    # --- from voices and line ------------------------------------------------------------------------------

    def piece(self, ticket: int, ulaw: bytes, now: float) -> list[Order]:
        """Some sound of a `Speak`; tickets come in order."""
        return self._told(self._telling.piece(ticket, ulaw, now), now)

    def spoken(self, ticket: int, now: float) -> list[Order]:
        """That was all of it."""
        return self._told(self._telling.spoken(ticket, now), now)

    def unspoken(self, ticket: int, now: float) -> list[Order]:
        """Nobody could say it."""
        return self._told(self._telling.unspoken(ticket, now), now)

    def marked(self, name: str, now: float) -> list[Order]:
        """All before this mark has been played."""
        self._telling.marked(name, now)
        return self._told([], now)

    def tick(self, now: float) -> list[Order]:
        """Time has passed; to be called some times a second."""
        self._telling.tick(now)
        self._see_whether_over(now)
        if self._utterance.give_up(now):
            self._go_on(now)
        if now >= self._deadline and not self._utterance.under_way:
            self._time_is_up()
        return self._given()

    # --- from the caller -----------------------------------------------------------------------------------

    def frame(self, ulaw: bytes) -> list[Order]:
        """20 ms of the line, after the ear had it."""
        if self._at is At.PROMPT:
            self._utterance.frame(ulaw)
        elif self._message is not None and self._at is At.MESSAGE:
            self._message.hear(ulaw)
            if self._message.over:
                self._keep("")
        return self._given()

    def moment(self, moment: Moment, now: float) -> list[Order]:
        """What the ear says of the last frame."""
        listen = self._listen
        if moment is Moment.STARTED and self._at in (At.PROMPT, At.ANSWER) and listen is not None:
            self._utterance.begin(now)
            self._notice("speech")
            if self._at is At.PROMPT and self._utterance.interrupts(listen):
                self._orders += self._telling.stop()
                self._notice("interrupted")
        return self._given()

    def heard(self, found: Heard | Nothing, now: float) -> list[Order]:
        """What the ear made of an utterance."""
        listen = self._listen
        if listen is None or self._at not in (At.PROMPT, At.ANSWER):
            return self._given()
        self._utterance.end()
        if why := self._utterance.means_nothing(listen, found, self._telling.lately, now):
            self._notice("ignored", why=why)
            if not self._utterance.under_way:
                self._go_on(now)
            return self._given()
        heard = self._utterance.words(found)
        text = None if listen.secret else heard.text
        self._notice("heard", text=text, confidence=heard.confidence, sure=heard.sure)
        self._happen(SpeechHeard(heard.text, heard.confidence, heard.sure))
        return self._given()

    def key(self, digit: str, now: float) -> list[Order]:
        """One key; whatever else is no key and is left out."""
        if digit not in KEYS:
            return self._given()
        self._notice("key", key="•" if self._listen is not None and self._listen.secret else digit)
        if self._at in (At.PROMPT, At.ANSWER, At.KEYS) and self._listen is not None:
            self._press(self._listen, digit, now)
        elif self._at is At.MESSAGE and self._message is not None and self._message.key(digit):
            self._keep(digit)
        elif self._at in (At.IDLE, At.SAYING, At.WAITING):
            self._ahead = (self._ahead + digit)[:MOST_KEYS]
        return self._given()

    def words(self, text: str) -> list[Order]:
        """Typed instead of spoken."""
        if self._at in (At.PROMPT, At.ANSWER) and self._listen is not None and text.strip():
            if self._listen.speech:
                shown = None if self._listen.secret else text.strip()
                self._notice("heard", text=shown, confidence=None, sure=True, typed=True)
                self._happen(SpeechHeard(text.strip()))
            else:
                self._notice("ignored", why="keys only")
        return self._given()

    def hung_up(self) -> list[Order]:
        """The caller is gone. A message under way is kept; the engine hears of the end with it."""
        if self._at is At.MESSAGE:
            self._keep("hangup")
        else:
            self._happen(HungUp())
        return self._given()

    # --- one verb after the other ----------------------------------------------------------------------------

    def _next(self, now: float) -> None:
        if not self._verbs:
            self._at, self._verb = At.IDLE, None
            return
        verb = self._verb = self._verbs.popleft()
        match verb:
            case _ if type(verb) not in self._own:
                rest = (verb, *self._verbs)
                self._break_off()
                self._orders.append(Rest(rest))
            case Say() | Play():
                self._at = At.SAYING
                self._orders += self._telling.say((verb,), now)
            case Listen():
                self._ask(verb, now)
            case Wait(seconds=seconds):
                self._at, self._deadline = At.WAITING, now + seconds
            case Record():
                self._at, self._message = At.TONE, Message(verb)
                self._orders += self._telling.sound(beep(), now)

    def _ask(self, listen: Listen, now: float) -> None:
        self._listen, self._at, self._digits = listen, At.PROMPT, ""
        self._notice("asked", expect=listen.expect, speech=listen.speech)
        if listen.speech:
            self._orders.append(Attend(expectation(listen)))
        # Nobody can agree to what he has not heard yet.
        ahead, self._ahead = ("" if listen.expect == "yes_no" else self._ahead), ""
        if not ahead:
            self._orders += self._telling.say(listen.prompts, now)
            self._see_whether_over(now)
        for place, digit in enumerate(ahead):
            self._press(listen, digit, now)
            if self.idle:
                self._ahead = ahead[place + 1 :]
                return

    def _told(self, orders: list[Order], now: float) -> list[Order]:
        self._orders += orders
        self._see_whether_over(now)
        return self._given()

    def _see_whether_over(self, now: float) -> None:
        if not self._telling.over:
            return
        if self._at is At.SAYING:
            self._next(now)
        elif self._at is At.TONE:
            self._at = At.MESSAGE
        elif self._at is At.PROMPT and not self._utterance.interrupted and self._listen is not None:
            self._at, self._deadline = At.ANSWER, now + self._listen.patience_s

    # --- the caller's turn -----------------------------------------------------------------------------------

    def _go_on(self, now: float) -> None:
        """With the prompt where it was heard last, or with being patient."""
        if self._at is At.PROMPT and self._utterance.interrupted:
            self._utterance.forgiven()
            self._orders += self._telling.go_on(now)
            self._see_whether_over(now)
        elif self._at is At.ANSWER and self._listen is not None:
            self._deadline = now + self._listen.patience_s

    def _press(self, listen: Listen, digit: str, now: float) -> None:
        if self._at is not At.KEYS:
            self._silence()
            self._at = At.KEYS
        if listen.finish_on and digit in listen.finish_on:
            self._happen(DigitsPressed(self._digits) if self._digits else NothingHeard())
            return
        self._digits += digit
        if len(self._digits) >= (listen.max_digits or MOST_KEYS):
            self._happen(DigitsPressed(self._digits))
        else:
            self._deadline = now + listen.patience_s

    def _time_is_up(self) -> None:
        self._deadline = float("inf")
        if self._at is At.WAITING:
            self._happen(Polled())
        elif self._at is At.KEYS:
            self._happen(DigitsPressed(self._digits))
        elif self._at is At.ANSWER:
            self._happen(NothingHeard())

    def _keep(self, key: str) -> None:
        message = self._message
        self._break_off()
        if message is not None:
            self._orders.append(Keep(message.ulaw, key))

    # --- ending things ----------------------------------------------------------------------------------------

    def _happen(self, event: Event) -> None:
        self._break_off()
        self._orders.append(Happened(event))

    def _break_off(self) -> None:
        self._silence()
        self._verbs.clear()
        self._at, self._verb, self._listen, self._message = At.IDLE, None, None, None
        self._deadline = float("inf")

    def _silence(self) -> None:
        """Say no more and listen no more."""
        self._orders += self._telling.drop()
        if self._listen is not None and self._listen.speech:
            self._orders.append(Deafen())
        self._utterance = Utterance()

    def _notice(self, what: str, **told: Any) -> None:
        self._orders.append(Noticed(what, told))

    def _given(self) -> list[Order]:
        orders, self._orders = self._orders, []
        return orders
