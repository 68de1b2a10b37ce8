"""A draft that does not know: what it is asked, it answers one way now and the other way later."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ivr.call.events import Event, Polled
from ivr.call.past import PastCall
from ivr.call.state import CallState
from ivr.engine import ending, travel
from ivr.engine.draft import Draft
from ivr.engine.step import Step, ended, step
from ivr.engine.travel import MAX_DEPTH
from ivr.errors import FlowError
from ivr.flow.expressions import Condition, Text, Unreadable, Value
from ivr.flow.hotline import Hotline
from ivr.proof.breaking import can_break
from ivr.proof.data import Held, Wanted
from ivr.proof.law import Law
from ivr.proof.moments import Moment

MOST_ROUNDS = 3
"""How often a condition on values that a flow sets itself may be asked in one turn before the loop is given up."""
MOST_WAYS = 4000
"""Ways that one event may lead at one step."""

Fact = tuple[Hashable, ...]
"""What is doubted: `("when", source)`, `("when", source, visit)`, `("hour",)`, `("number",)`, `("mobile",)`,
`("earlier",)`, `("dials", source, visit)`."""
Given = Mapping[Fact, Any]
"""What has been decided about facts, and holds on."""
HOUR: Fact = ("hour",)
NUMBER: Fact = ("number",)
MOBILE: Fact = ("mobile",)
"""The number gets text messages."""
KNOWN: Fact = ("when", "caller.known")
"""What a step asks that tells known callers from others."""
EARLIER: Fact = ("earlier",)
"""The call of this day that broke off."""
BOTH = (False, True)
DIALLED = ("+12025550111", "")


class Unfollowed(Exception):
    """A bound was hit; what lies behind is not looked at, and nothing is proved of it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """On what a step is played."""

    given: Given
    kept: frozenset[Fact]
    """Facts that stay given from turn to turn."""
    asked: set[Fact]
    """Gets the facts that are asked for."""
    cuts: bool
    """A run ends wherever the call comes to a step; else only if something was doubted before."""


@dataclass(slots=True)
class Guess:
    """What one run of a step takes for so. `script` tells which of the options each doubt takes; after its end, the
    first."""

    law: Law
    ground: Ground
    given: dict[Fact, Any]
    script: Sequence[int]
    begun: bool
    """The run has come to the step that it is about."""
    lowest: int = MAX_DEPTH
    """The fewest flows inside one another that the call has been in, of those it has left or moved in."""
    last: Condition | None = None
    """The condition that was asked last."""
    taken: list[tuple[int, int]] = field(default_factory=list)
    """Option and number of options, doubt by doubt."""
    conditions: list[Wanted] = field(default_factory=list)

    def draft(self, hotline: Hotline, state: CallState, now: float) -> Draft:
        return Doubt(self, hotline, state, now)

    def of(self, fact: Fact, options: Sequence[Any]) -> Any:
        self.ground.asked.add(fact)
        if fact not in self.given:
            n = self.script[len(self.taken)] if len(self.taken) < len(self.script) else 0
            if len(options) > 1:
                self.taken.append((n, len(options)))
            self.given[fact] = options[n if len(options) > 1 else 0]
        return self.given[fact]

    def next(self) -> list[int] | None:
        """The script of the next run; None after the last."""
        taken = list(self.taken)
        while taken and taken[-1][0] == taken[-1][1] - 1:
            taken.pop()
        return [*(n for n, _ in taken[:-1]), taken[-1][0] + 1] if taken else None


class Doubt(Draft):
    """Answers by a guess where the state does not tell."""

    __slots__ = ("guess",)

    def __init__(self, guess: Guess, hotline: Hotline, state: CallState, now: float) -> None:
        super().__init__(hotline, state, now)
        self.guess = guess

    def holds(self, condition: Condition) -> bool:
        guess, constants = self.guess, self.hotline.file.constants
        guess.last = condition
        match guess.law.sort_of(condition):
            case "aside":
                return self._breaks_or(condition, ("when", condition.source, self.state.visits))
            case "fixed":
                return condition.holds(constants)
            case "hours":
                return condition.holds({**constants, "hours": {"open": "" in self._moment().open}})
            case sort:
                fact: Fact = ("when", condition.source)
        if sort == "free":
            rounds = sum(1 for known in guess.given if known[:2] == fact)
            fact = (*fact, self.state.visits)
            if fact not in guess.given and rounds >= MOST_ROUNDS:
                raise Unfollowed(f"a loop that counts: {condition.source}")
        return self._comes_to(condition, fact, (*BOTH, None) if self._can_break(condition) else BOTH)

    def _can_break(self, condition: Condition) -> bool:
        """As far as it is settled whether the caller is known."""
        guess = self.guess
        if not can_break(guess.law, condition) or can_break(guess.law, condition, known=True):
            return can_break(guess.law, condition)
        guess.ground.asked.add(KNOWN)
        return guess.given.get(KNOWN) is not True

    def _breaks_or(self, condition: Condition, fact: Fact) -> bool:
        """What it comes to leads nowhere else, but for the call that it breaks."""
        law = self.guess.law
        if id(condition) in law.harmless or not can_break(law, condition):
            return False
        return self.guess.of(fact, (None, False)) is None and self._comes_to(condition, fact, (None,))

    def _comes_to(self, condition: Condition, fact: Fact, ways: Sequence[Held]) -> bool:
        held: Held = self.guess.of(fact, ways)
        self.guess.conditions.append((condition, held))
        if held is None:
            raise Unreadable(f"{condition.source!r} breaks on data of its shapes")
        return held

    def value(self, written: Value) -> Any:
        if not written.reads or id(written) in self.guess.law.aside:
            return written.source
        return self.guess.of(("dials", str(written.source), self.state.visits), DIALLED)

    def values(self, written: Mapping[str, Value]) -> dict[str, Any]:
        return {name: "x" if value.reads else value.source for name, value in written.items()}

    def render(self, text: Text, extra: Mapping[str, Any] | None = None) -> str:
        return "…"

    def is_open(self, queue: str) -> bool:
        return queue in self._moment().open

    def idle(self, queue: str) -> int:
        guess = self.guess
        # Where nothing else hangs on a rule's condition, nobody being free is as if that did not hold.
        source = guess.last.source if guess.last is not None else ""
        if source in guess.law.alone and ("when", source) not in guess.ground.kept:
            return 1
        return int(guess.of(("idle", queue, self.state.visits), (1, 0)))

    def can_ring(self, number: str) -> bool:
        own = str(self.state.profile.get("number") or self.state.caller)
        return bool(self.guess.of(NUMBER, BOTH)) if number == own else super().can_ring(number)

    def can_text(self, number: str) -> bool:
        own = str(self.state.profile.get("number") or self.state.caller)
        if number != own:
            return super().can_text(number)
        return self.can_ring(number) and bool(self.guess.of(MOBILE, BOTH))

    def broken_off(self) -> PastCall | None:
        law = self.guess.law
        # Who comes to the question is asked, whatever it was; that is told apart when he answers.
        found: PastCall | None = self.guess.of(EARLIER, law.earlier if self.state.scratch else law.earlier_sorts)
        return found

    def said_before(self) -> None:
        """Who comes to a question with its answer is asked all the same, and says it there."""
        super().said_before()

    def arrives(self) -> None:
        super().arrives()
        guess = self.guess
        if guess.begun and (guess.ground.cuts or guess.taken):
            raise Arrived(self)
        guess.begun = True

    def forget_names(self) -> None:
        super().forget_names()
        self.guess.lowest = min(self.guess.lowest, len(self.state.frames))

    def _moment(self) -> Moment:
        moments = self.guess.law.moments
        n: int = self.guess.of(HOUR, range(len(moments)))
        return moments[n]


class Arrived(Exception):
    """The call has come to a step: who gets there in the same state goes on alike, whatever was doubted before."""

    def __init__(self, draft: Doubt) -> None:
        super().__init__()
        self.draft = draft


@dataclass(frozen=True, slots=True)
class Run:
    """One way in which a step can turn out."""

    step: Step
    given: dict[Fact, Any]
    conditions: tuple[Wanted, ...]
    lowest: int
    """See Guess."""
    arrives: bool = False
    """The call has only just come to where it stands: the turn is not over."""


def runs(law: Law, state: CallState, event: Event | None, ground: Ground) -> Iterator[Run]:
    """Every way; without an event the call has just come to where it stands. Raises Unfollowed."""
    script: list[int] | None = []
    for _ in range(MOST_WAYS):
        guess = Guess(law, ground, dict(ground.given), script or (), begun=event is not None)
        try:
            result, arrives = _step(law, state, event, guess), False
        except Arrived as at:
            draft = at.draft
            result, arrives = Step(draft.state, tuple(draft.verbs), entries=tuple(draft.entries)), True
        yield Run(result, guess.given, tuple(guess.conditions), guess.lowest, arrives)
        if (script := guess.next()) is None:
            return
    raise Unfollowed(f"one event at {state.flow}.{state.step} can lead more than {MOST_WAYS} ways")


def _step(law: Law, state: CallState, event: Event | None, guess: Guess) -> Step:
    if event is not None:
        return step(law.hotline, state, event, now=state.started_at, draft_of=guess.draft)
    draft = guess.draft(law.hotline, state, state.started_at)
    try:
        move = travel.run(draft, travel.arrive(draft, state.flow, state.step))
    except FlowError as error:
        move = ending.broken(draft, str(error))
    return ended(draft, Polled(), move)
