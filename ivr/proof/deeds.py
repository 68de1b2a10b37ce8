"""What a caller can do where a call stands, and what else can happen there.

Left out is what comes to the same as something else: words that a key stands for, and what is said instead of a yes or
a no to "did you mean …?", which counts as if it had been said to the question itself; and a yes to a wish that is asked
about there, which comes to the same as the wish said well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from ivr.call.events import (
    AgentLeft,
    AgentTook,
    CalledBack,
    CallStarted,
    DialEnded,
    DigitsPressed,
    Event,
    MeaningFound,
    NothingHeard,
    Polled,
    Recorded,
    SpeechHeard,
    Transferred,
)
from ivr.call.state import Asked, CallState
from ivr.call.verbs import Dial, Join, Listen, Record, Verb
from ivr.engine import confirming, in_line, travel
from ivr.engine.confirming import Guess
from ivr.engine.kind import Step as EngineStep
from ivr.engine.prompt import BRANCHING
from ivr.proof.answers import Answer, answers_of, digits, keyed, phrase_of, readable, unreadable
from ivr.proof.law import Law

ALL_KEYS = "1234567890*#"
PROMISED = 10.0
"""Seconds of a message that holds words."""
BACK = "back"

Sort = Literal["calls", "key", "wrong_key", "always_key", "said", "phrase", "silence", "unclear", "unsure", "other"]
"""Who does it and how. `unsure`: words after which the caller is asked back. `other`: not the caller, or no answer."""
MISSES = ("silence", "unclear", "unsure", "wrong_key")
ALWAYS = ("always_key", "phrase")


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """One thing that happens to a call, in one state. With a `meaning`, that is what an `Understand` in this turn comes
    to."""

    sort: Sort
    event: Event
    meaning: Event | None = None
    name: str = ""
    """The key, the answer, or what else tells two deeds of a sort apart."""
    answer: str = ""
    """The answer of the question that this gives, or what always works."""
    is_last: bool = False
    """The question has been missed before, so often that this is the last of its tries."""
    guess: Guess | None = None
    """What the caller says yes to."""
    leaves: str = ""
    """The same, of a caller in line: a way out of it."""
    mood: str | None = None
    """What was said in an earlier turn has told this."""
    wish: MeaningFound | None = None
    """What the caller wants instead of an answer, …"""
    wishes: Asked | None = None
    """… and the question that leads back to."""

    @property
    def is_plain(self) -> bool:
        """An answer to the question, and nothing besides."""
        return self.sort == "key" or (self.sort == "said" and self.name == self.answer)

    @property
    def is_spoken(self) -> bool:
        """Words that mean nothing can stand for it: the caller may speak here."""
        return self.sort == "unclear" or self.name == "no"


CALLED = "called back"
"""The name of a call that we make, to keep a promise."""


def beginnings(law: Law) -> tuple[Deed, ...]:
    """Somebody rings; or he is called back, where that can be promised, and talks with an agent."""
    rings = Deed("calls", CallStarted(caller="+12025550100", called="", channel="proof"))
    if not law.calls_back:
        return (rings,)
    queue = next(iter(law.hotline.queues.queues))
    met = CalledBack(caller="+12025550100", called="", channel="proof", agent="agent", queue=queue, room="room")
    return rings, Deed("calls", met, name=CALLED)


def deeds(law: Law, state: CallState, holding: Verb) -> Iterator[Deed]:
    """Everything, keys first, so that of two ways of the same length the one by keys is shown."""
    match holding:
        case Listen():
            yield from _answered(law, state, holding)
        case Record():
            yield Deed("other", Recorded("message", PROMISED, "#"), name="message")
            yield Deed("other", Recorded("", 0.0), name="no message")
        case Dial():
            for status in ("completed", "busy", "no-answer", "failed"):
                yield Deed("other", DialEnded(status), name=status)
        case Join():
            yield Deed("other", AgentLeft("agent", 60.0), name="agent leaves")
            yield Deed("other", AgentLeft("agent", met=False), name="agent never came")
            queue = next(iter(law.hotline.queues.queues))  # which one makes no difference, for the place is kept
            yield Deed("other", Transferred("agent", queue), name="agent sends on")
        case _:
            yield Deed("other", Polled(), name="time passes")
    if state.place is not None and state.agent is None and travel.is_in_line(law.hotline, state):
        yield Deed("other", AgentTook("agent", "room"), name="agent takes")


def _answered(law: Law, state: CallState, listen: Listen) -> Iterator[Deed]:
    here = _Here(law, state, law.step_at(state), listen)
    if in_line.is_asking(state) and state.scratch[in_line.ASKED] != in_line.BACK:
        yield from here.about_leaving()
    elif confirming.NOTE in state.scratch:
        yield from here.about_a_guess()
    elif listen.expect == "line" or in_line.is_asking(state):
        yield from here.in_line()
    else:
        yield from here.to_the_question()
    yield from here.always()


@dataclass(frozen=True, slots=True)
class _Here:
    law: Law
    state: CallState
    step: Any
    listen: Listen

    @property
    def own(self) -> list[str]:
        return [key for key in ALL_KEYS if key in self.step.own_keys()]

    @property
    def unused(self) -> str:
        """A key that means nothing here; empty where each does."""
        return next((key for key in ALL_KEYS if key not in self.own and key not in self.law.always_keys), "")

    def missed(self, deed: Deed) -> Iterator[Deed]:
        """The same once more for the last of the tries."""
        yield deed
        if getattr(self.step, "tries", 1) > 1:
            yield replace(deed, is_last=True)

    def to_the_question(self) -> Iterator[Deed]:
        branching = self.listen.expect in BRANCHING
        if branching:
            yield from self._keys()
        else:
            yield from self._values()
        yield from self.missed(Deed("silence", NothingHeard()))
        if self.listen.speech:
            yield from self.missed(Deed("unclear", SpeechHeard("", sure=False)))
            yield from self._words()
        elif branching:
            for mood in self.law.hotline.handoff.mood:
                for one in self._keys():
                    yield Deed("said", one.event, one.meaning, f"{one.name}, {mood}", one.answer, mood=mood)

    def _keys(self) -> Iterator[Deed]:
        for key in self.own:
            yield Deed("key", DigitsPressed(key), name=key, answer=getattr(self.step, "keys", {}).get(key, ""))
        if self.unused:
            yield from self.missed(Deed("wrong_key", DigitsPressed(self.unused), name=self.unused))

    def _values(self) -> Iterator[Deed]:
        meaning = readable(self.step, self.listen.expect)
        known = [key for key in self.own if key in getattr(self.step, "keys", {}) or self.step.kind == "rate"]
        for key in known:
            yield Deed("key", DigitsPressed(key), meaning, key)
        if len(known) < len(self.own):
            # A digit alone would be a value of many sorts; two stars are none.
            stars = "*" if getattr(self.step, "max_length", None) == 1 else "**"
            yield from self.missed(Deed("wrong_key", DigitsPressed(stars), unreadable(), stars))
        typed = digits(self.step, self.listen.expect)
        yield Deed("key", DigitsPressed(typed), meaning, typed)

    def _words(self) -> Iterator[Deed]:
        found = list(answers_of(self.law, self.step, self.listen))
        known = set(keyed(self.step))
        for one in found:
            if one.name not in known:
                yield Deed("said", SpeechHeard("…"), one.meaning, one.name, one.name)
            for mood in self.law.hotline.handoff.mood:
                yield Deed("said", SpeechHeard("…", mood=mood), one.meaning, f"{one.name}, {mood}", one.name)
        if self.listen.expect == "intent":
            for mood in self.law.hotline.handoff.mood:
                yield Deed("said", SpeechHeard("…", mood=mood), Answer.none().meaning, f"nothing, {mood}")
        yield from self._wishes()
        doubted = next((one for one in found if one.can_be_doubted), None)
        if doubted is not None:
            yield Deed("unsure", SpeechHeard("…", sure=False), doubted.meaning, doubted.name)
        elif guesses := list(self._always_guesses()):
            yield Deed("unsure", SpeechHeard(guesses[0].text, sure=False), name=guesses[0].value)

    def _wishes(self) -> Iterator[Deed]:
        """What the caller wants instead of answering: a person, or what leads back to a question for wishes. All else
        comes to the same as silence: see `Doubt.said_before`."""
        if self.listen.expect == "intent" or (self.listen.expect not in BRANCHING and self.step.kind != "rate"):
            return
        for name in self.law.wishes_for_people:
            yield self._wish(name, None)
        places = [frame.flow for frame in self.state.frames]
        for depth, flow in enumerate((*places, self.state.flow)):
            for step, name in self.law.led_back(flow):
                yield self._wish(name, Asked(flow, step, depth))

    def _wish(self, name: str, asked: Asked | None) -> Deed:
        wish = MeaningFound(name, 1.0, "keyword")
        return Deed("said", SpeechHeard("…"), name=name, answer=name, wish=wish, wishes=asked)

    def about_a_guess(self) -> Iterator[Deed]:
        """ "Did you mean …?" """
        for guess in self._guesses():
            yield Deed("key", DigitsPressed("1"), name=f"yes, {guess.value}", answer=guess.value, guess=guess)
        yield from self.missed(Deed("wrong_key", DigitsPressed("2"), name="no"))
        for key in self.own:
            answer = getattr(self.step, "keys", {}).get(key, "")
            if answer and key not in "12":
                yield Deed("key", DigitsPressed(key), name=key, answer=answer)
        yield from self.missed(Deed("silence", NothingHeard()))
        yield from self.missed(Deed("unclear", SpeechHeard("", sure=False)))

    def _guesses(self) -> Iterator[Guess]:
        for one in answers_of(self.law, self.step, self.listen, asked_back=True):
            if one.can_be_doubted:
                yield Guess(one.name if one.value is None else one.value, "…")
        yield from self._always_guesses()

    def _always_guesses(self) -> Iterator[Guess]:
        """What always works and leads elsewhere: it may have been that."""
        for name in ("person", BACK):
            if name in self.law.hotline.file.always and (phrase := phrase_of(self.law, self.state, name)):
                yield Guess(name, phrase, name)  # type: ignore[arg-type]

    def in_line(self) -> Iterator[Deed]:
        for key in self.own:
            yield Deed("key", DigitsPressed(key), name=key)
        if self.unused:
            yield Deed("wrong_key", DigitsPressed(self.unused), name=self.unused)
        yield Deed("silence", NothingHeard())
        yield Deed("unclear", SpeechHeard("", sure=False))
        if ways := self._ways_out():
            yield Deed("unsure", SpeechHeard("…", sure=False), Answer.of(ways[0]).meaning, ways[0])

    def about_leaving(self) -> Iterator[Deed]:
        """A caller in line is asked whether he meant one of its ways out."""
        for way in self._ways_out():
            yield Deed("key", DigitsPressed("1"), name=f"yes, {way}", answer=way, leaves=way)
        yield Deed("wrong_key", DigitsPressed("2"), name="no")
        yield Deed("silence", NothingHeard())
        yield Deed("unclear", SpeechHeard("", sure=False))

    def _ways_out(self) -> list[str]:
        found = (*getattr(self.step, "keys", {}).values(), *getattr(self.step, "menu", {}).values())
        return list(dict.fromkeys(map(str, found)))

    def always(self) -> Iterator[Deed]:
        taken = {"1", "2"} if self.listen.expect == "yes_no" else set()
        own = {*self.step.own_keys(), *taken}
        for name, one in self.law.hotline.file.always.items():
            by_key = one.key is not None and one.key not in own
            if by_key:
                yield Deed("always_key", DigitsPressed(str(one.key)), unreadable(), name, name)
            # Words are another thing than the key only where a step hears who asks for a person itself.
            apart = name == "person" and type(self.step).person is not EngineStep.person
            phrase = phrase_of(self.law, self.state, name) if self.listen.speech else ""
            if phrase and (apart or not by_key):
                yield Deed("phrase", SpeechHeard(phrase), name=name, answer=name)
