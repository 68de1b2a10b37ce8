"""Carries one event at a time per call to the engine, asks the world what it asks, stores the outcome, answers.

What is said as done is stored before the line hears it; an event that comes twice gets the same answer twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, assert_never

import msgspec

from ivr.call.codec import Answer, event_from_json, pack, unpack_answer, unpack_state
from ivr.call.entries import Entry
from ivr.call.events import CallStarted, Event, LookupSlow, Resumed
from ivr.call.state import CallState
from ivr.call.tasks import (
    AskPlace,
    Chore,
    LeaveLine,
    Lookup,
    Question,
    Recall,
    SeePeople,
    TakePlace,
    Understand,
    place_name,
)
from ivr.call.verbs import Dial, Hangup, Listen, Play, Say, Verb, Wait
from ivr.engine.opening import begin
from ivr.engine.step import is_late, step
from ivr.engine.talking import ends_with
from ivr.errors import IvrError
from ivr.flow.hotline import Hotline
from ivr.flow.house_words import HOUSE_WORDS
from ivr.runtime.patience import TURN_S, Patience
from ivr.runtime.ports import Calls, Clock, Ears, Line, Lookups, Memory, Opened, Saved
from ivr.runtime.shelf import Shelf

log = logging.getLogger(__name__)

BUSY_PAUSE_S = 0.05
"""After what pause a call that another worker holds is asked for again."""
PATIENCE_S = 2.0
"""How long the caller's line is kept waiting for that; then it is told to come back."""
NEWS_PATIENCE_S = 10.0
"""How long news waits: nobody tells it again, and no turn takes longer."""
LEAST_WAIT_S = 0.05
MOST_TRIES = 5
"""How often a turn is played anew because another worker took the call over meanwhile: once is rare already."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything outside: the real one is built by `app`, the rehearsed one by `sim`."""

    calls: Calls
    lookups: Lookups
    ears: Ears
    line: Line
    memory: Memory
    clock: Clock
    pause: Callable[[float], None]
    """Sleeps that many seconds, or lets the virtual clock run."""


class Conductor:
    """The one door to running calls, for every channel."""

    def __init__(self, shelf: Shelf, world: World) -> None:
        self.shelf = shelf
        self.world = world
        self._patience = Patience(world.clock, world.pause)

    def hotline_for(self, called: str) -> str | None:
        return self.shelf.for_number(called)

    def hear(self, hotline: str, call: str, turn: int, event: Event) -> Answer:
        """An event from the caller's line. Turn 0 is the first request, with CallStarted.

        A turn that was answered before gets the last answer again, and nothing changes. Raises StoreDown where the
        outage is no short one.
        """
        began = self.world.clock()
        for _ in range(MOST_TRIES):
            opened = self._open(hotline, call, turn, PATIENCE_S, began)
            match opened.found:
                case "busy":
                    return Answer((Wait(seconds=1.0),), turn)
                case "replay":
                    return unpack_answer(opened.answer)
                case "new" if not isinstance(event, CallStarted):
                    self.world.calls.release(opened)
                    return self._lost(hotline, call, turn)
            came = self._turn(opened, event, began)
            if isinstance(came, Answer):
                return came
            if came == "unchanged":
                return unpack_answer(opened.answer)
        log.error("call %s: turn %d was taken over %d times; the line is told to come back", call, turn, MOST_TRIES)
        return Answer((Wait(seconds=1.0),), turn)

    def tell(self, hotline: str, call: str, event: Event) -> Answer | None:
        """News that the caller's line did not bring: an agent took the call, the carrier says it is over.

        None when nobody knows the call, it is over, or the news came too late to change anything. Raises StoreDown, as
        `hear`.
        """
        began = self.world.clock()
        for _ in range(MOST_TRIES):
            opened = self._open(hotline, call, None, NEWS_PATIENCE_S, began)
            if opened.found == "new":
                self.world.calls.release(opened)
            if opened.found != "ready":
                return None
            came = self._turn(opened, event, began)
            if came != "lost":
                return came if isinstance(came, Answer) else None
        log.error("call %s: %s was taken over %d times and is lost", call, type(event).__name__, MOST_TRIES)
        return None

    def replay(self, hotline: str, call: str) -> Answer | None:
        """The last answer again; None when nobody knows the call."""
        last = partial(self.world.calls.last_answer, hotline, call)
        answer = self._patience.ask(last, self.world.clock())
        return unpack_answer(answer) if answer is not None else None

    def apology(self, hotline: str | None) -> tuple[Say, ...]:
        """What to say while the store is away: words without placeholders, as the check of a hotline makes sure."""
        known = self.shelf.current(hotline) if hotline else None
        if known is None:
            return (Say(text=str(HOUSE_WORDS["en"]["technical_break"]), language="en"),)
        spoken = known.words[known.language]["technical_break"]
        return (Say(text=spoken.say.source, language=known.language, audio=spoken.audio),)

    def fallback_number(self, hotline: str | None) -> str | None:
        known = self.shelf.current(hotline) if hotline else None
        return known.file.fallback_number if known else None

    # --- one turn --------------------------------------------------------------------------------------

    def _open(self, hotline: str, call: str, turn: int | None, patience_s: float, began: float) -> Opened:
        calls, world = self.world.calls, self.world
        for _ in range(round(patience_s / BUSY_PAUSE_S)):
            opened = self._patience.ask(lambda: calls.open(hotline, call, turn, now=world.clock()), began)
            if opened.found != "busy":
                break
            world.pause(BUSY_PAUSE_S)
        return opened

    def _turn(self, opened: Opened, event: Event, began: float) -> Answer | Literal["unchanged", "lost"]:
        """Play the event through and store what came of it.

        unchanged: it came too late to change anything. lost: another worker has taken the call meanwhile.
        """
        try:
            hotline, state = self._load(opened, event)
            if isinstance(event, Resumed) or state.phase == "over" or is_late(hotline, state, event):
                self.world.calls.release(opened)
                return "unchanged"
            played, now = _Played(state, began), self.world.clock()
            if state.agent is not None and ends_with(state, event, now):
                # Before the flow goes on: it may take a place again, and must not be given the talk that is over.
                talk_over = LeaveLine(queue="", why="served")
                leave = partial(self.world.line.leave, opened.hotline, opened.call, talk_over, now=now)
                self._patience.ask(leave, began)
            self._play(hotline, played, event, now)
        except BaseException:
            self._give_back(opened)
            raise
        # Who hung up is told nothing; but a line that still asks must not be kept waiting for ever.
        over = (Hangup(reason="over"),) if played.state.phase == "over" else ()
        # What changes nothing on the line begins no turn of it: a talk goes on while others come and go.
        kept = opened.answer and not (played.verbs or over)
        answer = unpack_answer(opened.answer) if kept else Answer(_folded(played.verbs) or over, opened.turn + 1)
        saved = Saved(
            turn=answer.turn,
            state=pack(played.state),
            answer=pack(answer),
            entries=played.entries,
            chores=played.chores,
            final=played.state.phase == "over",
        )
        written = self._patience.ask(lambda: self.world.calls.commit(opened, saved, now=self.world.clock()), began)
        return answer if written else "lost"

    def _load(self, opened: Opened, event: Event) -> tuple[Hotline, CallState]:
        if opened.found == "new" and isinstance(event, CallStarted):
            hotline = self.shelf.current(opened.hotline)
            if hotline is None:
                raise IvrError(f"no hotline called {opened.hotline!r} is served here")
            return hotline, begin(hotline, opened.call, event, now=self.world.clock())
        state = unpack_state(opened.state)
        version = self.shelf.version(state.hotline, state.version)
        if version is None:
            raise IvrError(f"no hotline called {state.hotline!r} is served here")
        return version, state

    def _play(self, hotline: Hotline, played: _Played, event: Event, now: float) -> None:
        """Engine and world in turn, until the line has something to do."""
        deadline = min(now + hotline.file.limits.turn_s, played.began + TURN_S)
        while True:
            result = step(hotline, played.state, event, now=now)
            played.state = result.state
            played.verbs.extend(result.verbs)
            played.entries.extend(result.entries)
            played.chores.extend(result.chores)
            if result.question is None:
                return
            ask = partial(self._ask, hotline, played.state.call, result.question, deadline)
            event = self._patience.ask(ask, played.began)
            now = self.world.clock()

    def _ask(self, hotline: Hotline, call: str, question: Question, deadline: float) -> Event:
        world = self.world
        match question:
            case Lookup(again=True):
                kept = world.calls.answer(hotline.name, call, question.once)
                return event_from_json(kept) if kept is not None else LookupSlow()
            case Lookup():
                pending = world.lookups.start(hotline, call, question)
                # The second bound holds where the clock was set back meanwhile.
                left_s = min(deadline - world.clock(), hotline.file.limits.turn_s)
                return pending.wait(max(LEAST_WAIT_S, left_s)) or LookupSlow()
            case Understand():
                return world.ears.understand(hotline, question, now=world.clock())
            case TakePlace():
                return world.line.take(hotline.name, place_name(call, question.part), question, now=world.clock())
            case AskPlace():
                return world.line.ask(hotline.name, call, question, now=world.clock())
            case SeePeople():
                return world.line.people(hotline.name, question, now=world.clock())
            case Recall(number=number):
                return world.memory.recall(hotline.name, number)
            case _:
                assert_never(question)

    def _give_back(self, opened: Opened) -> None:
        try:
            self.world.calls.release(opened)
        except IvrError as error:
            log.warning("call %s: the claim could not be given back: %s", opened.call, error)

    def _lost(self, hotline: str, call: str, turn: int) -> Answer:
        """A call nobody remembers: the store was emptied, or it is older than calls are kept."""
        log.error("call %s: turn %d of a call that is not in the store", call, turn)
        number = self.fallback_number(hotline)
        last = Dial(number=number, action="fallback") if number else Hangup(reason="failed")
        return Answer((*self.apology(hotline), last), turn)


@dataclass(slots=True)
class _Played:
    """What one turn has come to so far."""

    state: CallState
    began: float
    """When it was asked for."""
    verbs: list[Verb] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    chores: list[Chore] = field(default_factory=list)


def _folded(verbs: list[Verb]) -> tuple[Verb, ...]:
    """What is said just before a question becomes part of it, so that the caller can interrupt all of it."""
    if not verbs or not isinstance(verbs[-1], Listen):
        return tuple(verbs)
    listen = verbs[-1]
    start = len(verbs) - 1
    while start and isinstance(verbs[start - 1], Say | Play):
        start -= 1
    before = tuple(verb for verb in verbs[start:-1] if isinstance(verb, Say | Play))
    if not before:
        return tuple(verbs)
    return (*verbs[:start], msgspec.structs.replace(listen, prompts=before + listen.prompts))
