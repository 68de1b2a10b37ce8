"""One call by sound, as data in and data out: an answer's verbs in, sound out; the caller's sound, keys and words in,
events out.

Whoever drives it hands in what comes (a frame's moment, a key, a mark, a voice's piece, the time) and does the orders
that every method gives back. There is no clock in here, no thread and no socket, so a test plays hours in a blink.
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from typing import Any

from ivr.call.events import DigitsPressed, Event, HungUp, NothingHeard, Polled, Recorded, SpeechHeard
from ivr.call.verbs import Listen, Play, Record, Say, Verb, Wait
from ivr.speech.backchannel import is_backchannel
from ivr.speech.codec import FRAME_MS
from ivr.speech.echo import is_echo
from ivr.speech.end_of_speech import Moment
from ivr.speech.gate import PRE_ROLL_MS
from ivr.speech.hearing import Heard, Nothing, expectation
from ivr.speech.message import Message, beep
from ivr.speech.orders import (
    Attend,
    Deafen,
    Forget,
    Happened,
    Keep,
    Noticed,
    Order,
    Rest,
    Speak,
    Unsaid,
)
from ivr.speech.playback import Playback

KEYS = frozenset("0123456789*#")
MOST_KEYS = 64
SOUND_ONLY: frozenset[type] = frozenset({Say, Play, Listen, Wait})
"""What every line that carries sound can do."""
ECHO_LOOK_S = 4.0
"""How far back what was played is looked through for an echo."""
REMARK_S = 1.5
"""Speech that was not understood is no more than a remark, a noise or a cough, if it came in the middle of a prompt
and was no longer than this; longer speech was meant for us."""
LONGEST_HEARING_S = 40.0
"""The longest speech, and decoding it; an ear that tells nothing for so long is broken, and was told nothing."""


class At(Enum):
    """What the session is doing."""

    IDLE = "idle"
    """Nothing: the engine works on an event, or the line does a verb of its own."""
    SAYING = "saying"
    PROMPT = "prompt"
    """Saying a question, which may be interrupted."""
    ANSWER = "answer"
    """The question is over; patience runs."""
    KEYS = "keys"
    WAITING = "waiting"
    TONE = "tone"
    MESSAGE = "message"


class Session:
    """One call's. Times are seconds that only grow."""

    def __init__(self, own: frozenset[type] = SOUND_ONLY) -> None:
        """`own` are the verbs this line does by sound; all others are handed to it as `Rest`."""
        self._own = own
        self._orders: list[Order] = []
        self._verbs: deque[Verb] = deque()
        self._verb: Verb | None = None
        """The one that is being done; before those of `_verbs`."""
        self._at = At.IDLE
        self._epoch = self._ticket = self._first = self._spoken = 0
        """Of stretches of sound; tickets given out; the first one that counts; the first that is not yet all here."""
        self._words: dict[int, Say | Play] = {}
        self._playback = Playback(0)
        self._listen: Listen | None = None
        self._deadline = float("inf")
        self._digits = ""
        self._ahead = ""
        """Keys that came while nobody asked."""
        self._speaking = 0
        """Utterances begun and not told yet."""
        self._spoke_at = 0.0
        self._interrupted = False
        self._caught = bytearray()
        """The line's sound since shortly before the last speech, while a prompt may be echoed."""
        self._message: Message | None = None

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
        self._done_speaking(now)
        return self._given()

    def leave(self) -> list[Order]:
        """After `Unsaid`: all that is not done yet is left to the line."""
        verbs = ((self._verb,) if self._verb is not None else ()) + tuple(self._verbs)
        self._break_off()
        self._orders.append(Rest(verbs))
        return self._given()

    # --- from the voices ---------------------------------------------------------------------------------

    def piece(self, ticket: int, ulaw: bytes, now: float) -> list[Order]:
        """Some sound of a `Speak`; tickets come in order."""
        if ticket >= self._first and self._sounds():
            if ticket in self._words:
                self._notice_said(self._words.pop(ticket))
            self._orders += self._playback.add(ulaw, now)
        return self._given()

    def spoken(self, ticket: int, now: float) -> list[Order]:
        """That was all of it."""
        if ticket >= self._first and self._sounds():
            if ticket in self._words:
                self._notice_said(self._words.pop(ticket))
            self._spoken = ticket + 1
            self._complete(now)
        return self._given()

    def unspoken(self, ticket: int) -> list[Order]:
        """Nobody could say it. What the line cannot say either is lost; sounds without words are left out."""
        words = self._words.pop(ticket, None)
        if ticket >= self._first and self._sounds() and words is not None:
            self._spoken = ticket
            self._orders.append(Unsaid(words if isinstance(words, Say) else Say(text="")))
        return self._given()

    def marked(self, name: str, now: float) -> list[Order]:
        self._playback.marked(name, now)
        self._see_whether_over(now)
        return self._given()

    # --- from the caller -----------------------------------------------------------------------------------

    def frame(self, ulaw: bytes) -> list[Order]:
        """20 ms of the line, after the ear had it."""
        if self._at is At.PROMPT:
            self._caught += ulaw
            if not self._speaking:
                del self._caught[: -(PRE_ROLL_MS + 200) // FRAME_MS * len(ulaw)]
        elif self._message is not None and self._at is At.MESSAGE:
            self._message.hear(ulaw)
            if self._message.over:
                self._keep("")
        return self._given()

    def moment(self, moment: Moment, now: float) -> list[Order]:
        """What the ear says of the last frame."""
        if moment is Moment.STARTED and self._at in (At.PROMPT, At.ANSWER):
            self._speaking += 1
            self._spoke_at = now
            self._notice("speech")
            if self._at is At.PROMPT and not self._interrupted:
                self._interrupted = True
                self._epoch += 1
                self._orders += self._playback.stop(self._epoch)
                self._notice("interrupted")
        return self._given()

    def heard(self, found: Heard | Nothing, now: float) -> list[Order]:
        """What the ear made of an utterance."""
        if self._at not in (At.PROMPT, At.ANSWER) or self._listen is None:
            return self._given()
        self._speaking = max(0, self._speaking - 1)
        if why := self._means_nothing(found, now):
            self._notice("ignored", why=why)
            if not self._speaking:
                self._go_on(now)
            return self._given()
        heard = found if isinstance(found, Heard) else Heard("", None, False)
        secret = self._listen.secret
        self._notice("heard", text=None if secret else heard.text, confidence=heard.confidence, sure=heard.sure)
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

    def words(self, text: str, now: float) -> list[Order]:
        """Typed instead of spoken."""
        if self._at in (At.PROMPT, At.ANSWER) and self._listen is not None and text.strip():
            if self._listen.speech:
                self._notice("heard", text=text, confidence=None, sure=True, typed=True)
                self._happen(SpeechHeard(text.strip()))
            else:
                self._notice("ignored", why="keys only")
        return self._given()

    def hung_up(self) -> list[Order]:
        """The caller is gone. A message under way is kept; the engine hears of the end with it."""
        if self._at is At.MESSAGE:
            self._keep("hangup")
        else:
            self._break_off()
            self._orders.append(Happened(HungUp()))
        return self._given()

    def tick(self, now: float) -> list[Order]:
        """Time has passed; to be called some times a second."""
        self._playback.tick(now)
        self._see_whether_over(now)
        if self._speaking and now - self._spoke_at > LONGEST_HEARING_S:
            self._speaking = 0
            self._go_on(now)
        if now >= self._deadline and not self._speaking:
            self._time_is_up()
        return self._given()

    @property
    def idle(self) -> bool:
        """Nothing is under way here."""
        return self._at is At.IDLE

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
                self._speak((verb,))
                self._complete(now)
            case Listen():
                self._ask(verb, now)
            case Wait(seconds=seconds):
                self._at, self._deadline = At.WAITING, now + seconds
            case Record():
                self._at, self._message = At.TONE, Message(verb)
                self._new_stretch()
                self._orders += self._playback.add(beep(), now)
                self._orders += self._playback.complete(now)

    def _ask(self, listen: Listen, now: float) -> None:
        self._listen, self._at = listen, At.PROMPT
        self._digits, self._interrupted, self._speaking = "", False, 0
        self._caught.clear()
        self._notice("asked", expect=listen.expect, speech=listen.speech)
        if listen.speech:
            self._orders.append(Attend(expectation(listen)))
        # Nobody can agree to what he has not heard yet.
        ahead, self._ahead = ("" if listen.expect == "yes_no" else self._ahead), ""
        for digit in ahead:
            if self._listen is not None:
                self._press(listen, digit, now)
        if self._at is At.PROMPT:
            self._speak(listen.prompts)
            self._complete(now)

    def _speak(self, words: tuple[Say | Play, ...]) -> None:
        self._new_stretch()
        self._first = self._spoken = self._ticket
        for one in words:
            self._words[self._ticket] = one
            self._orders.append(Speak(self._ticket, one))
            self._ticket += 1

    def _new_stretch(self) -> None:
        self._epoch += 1
        self._playback = Playback(self._epoch)

    def _complete(self, now: float) -> None:
        """See whether all that was to be said is here."""
        if self._spoken >= self._ticket:
            self._orders += self._playback.complete(now)
            self._see_whether_over(now)

    def _done_speaking(self, now: float) -> None:
        if self._sounds():
            self._spoken += 1
            self._complete(now)

    def _see_whether_over(self, now: float) -> None:
        if not self._playback.over:
            return
        if self._at is At.SAYING:
            self._next(now)
        elif self._at is At.TONE:
            self._at = At.MESSAGE
        elif self._at is At.PROMPT and not self._interrupted and self._listen is not None:
            self._at, self._deadline = At.ANSWER, now + self._listen.patience_s

    # --- the caller's turn -----------------------------------------------------------------------------------

    def _means_nothing(self, found: Heard | Nothing, now: float) -> str:
        """Why an utterance is no answer; empty: it is one."""
        listen = self._listen
        if listen is None or found == Nothing("silence"):
            return "no words"
        if not self._interrupted:
            return ""
        if is_echo(bytes(self._caught), self._playback.lately(ECHO_LOOK_S, self._spoke_at)):
            return "echo"
        if isinstance(found, Nothing):
            return "a remark" if now - self._spoke_at < REMARK_S + 1.0 else ""
        answers = listen.expect in ("yes_no", "choice")
        return "uh-huh" if not answers and is_backchannel(found.text, listen.language) else ""

    def _go_on(self, now: float) -> None:
        """With the prompt where it was heard last, or with being patient."""
        if self._at is At.PROMPT and self._interrupted:
            self._interrupted = False
            self._caught.clear()
            self._orders += self._playback.go_on(now)
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

    def _happen(self, event: Event) -> None:
        self._break_off()
        self._orders.append(Happened(event))

    # --- ending things ----------------------------------------------------------------------------------------

    def _break_off(self) -> None:
        self._silence()
        self._verbs.clear()
        self._at, self._verb, self._listen, self._message = At.IDLE, None, None, None
        self._deadline = float("inf")

    def _silence(self) -> None:
        """Say no more and listen no more."""
        if self._at in (At.SAYING, At.PROMPT, At.TONE):
            self._epoch += 1
            self._orders += self._playback.stop(self._epoch)
            if self._spoken < self._ticket:
                self._orders.append(Forget(self._ticket))
            self._first = self._spoken = self._ticket
            self._words.clear()
        if self._listen is not None and self._listen.speech:
            self._orders.append(Deafen())
        self._speaking, self._interrupted = 0, False
        self._caught.clear()

    def _sounds(self) -> bool:
        return self._at in (At.SAYING, At.PROMPT)

    def _notice(self, what: str, **told: Any) -> None:
        self._orders.append(Noticed(what, told))

    def _notice_said(self, words: Say | Play) -> None:
        if isinstance(words, Say):
            self._notice("said", text=None if words.secret else words.text, language=words.language)
        else:
            self._notice("played", audio=words.audio)

    def _given(self) -> list[Order]:
        orders, self._orders = self._orders, []
        return orders
