"""One turn of a call with all ways it can turn out: an event, and whatever the world answers until the line is held."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import msgspec

from ivr.call.entries import Entry
from ivr.call.events import Event, LookupFailed, Polled
from ivr.call.state import CallState
from ivr.call.tasks import Question
from ivr.call.verbs import Dial, Verb
from ivr.engine.kind import Step as EngineStep
from ivr.proof.alike import at_rest, carried, key_of, key_within
from ivr.proof.data import Wanted
from ivr.proof.deeds import ALWAYS, Deed
from ivr.proof.doubt import EARLIER, HOUR, MOBILE, NUMBER, Fact, Given, Unfollowed, runs
from ivr.proof.law import Law
from ivr.proof.trails import HIDDEN, NOT_MOVED, LeftFor, Moved, hidden, moved, places
from ivr.proof.world import answers, plain

HELD = (HOUR, NUMBER, MOBILE)
"""Facts that stay so for a turn, whatever the world is asked meanwhile."""
EARLIER_MARK = "earlier "
"""The beginning of a mark: which of `Law.earlier` the call of the day was that broke off."""
LEFT = "left"
"""A mark: the call has come from the step where it stood to another, or to the same anew."""
DOWN = "down"
"""A mark: the line is broken, so that nobody can get a place."""
CLOSED = "closed at this hour"
BROKEN = "no place: down"
MOST_ASKED = 200
"""Questions to the world and doubts in one turn; more is a circle."""
UNHEARD = Deed("other", Polled())
"""After a step that the call has come to, the caller's words are used up."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the world was asked in a turn, and what it answered."""

    question: Question
    answer: Event


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which a turn can end."""

    state: CallState
    given: Given
    verb: Verb | None
    """What the line does at the end; None where it was told nothing."""
    marks: frozenset[str] = frozenset()
    """What happened on the way, as far as proofs ask: see `marks_of`."""
    conditions: tuple[Wanted, ...] = ()
    asked: tuple[Asked, ...] = ()
    moved: Moved = NOT_MOVED
    steps: int = 0
    """Of the flows: how many were taken at most."""
    key: Hashable = None
    """Of the state, at rest; see `alike`."""

    @property
    def over(self) -> bool:
        return self.state.phase == "over"

    def then(self, rest: Outcome, asked: Asked | None = None) -> Outcome:
        """This, a question to the world where there was one, and what followed in the same turn."""
        return Outcome(
            rest.state,
            rest.given,
            rest.verb or self.verb,
            self.marks | rest.marks,
            self.conditions + rest.conditions,
            (*self.asked, *((asked,) if asked else ()), *rest.asked),
            self.moved.then(rest.moved),
            self.steps + rest.steps,
        )


def marks_of(entries: Iterable[Entry], verbs: Iterable[Verb]) -> Iterator[str]:
    """`consent`: the caller agreed to be moved. `person`: a key or phrase asked for one. `shut`: nobody is there now.
    `queued`, `dialled`, `callback`: he was. `direct POINT RULE`: a rule moved him unasked. `resumed INTENT`: an earlier
    wish is taken up. `failed`: the call broke. And `circle`: the world is asked the same again and again."""
    for entry in entries:
        data = entry.data
        match entry.kind:
            case "consent" if "offer" in data and data["answer"] == "yes":
                yield "consent"
            case "heard" if data.get("always") == "person":
                yield "person"
            case "note" if data.get("why") == CLOSED and data.get("instead") is None:
                yield "shut"
            case "note" if data.get("why") == BROKEN:
                yield DOWN
            case "decided" if data.get("result") == "direct":
                yield f"direct {data['point']} {data['rule']}"
            case "resumed":
                yield f"resumed {data.get('intent') or ''}"
            case "queued" | "callback":
                yield entry.kind
            case "failed" if "heard" not in data:  # where it tells what the caller heard, the call went on
                yield "failed"
    if any(isinstance(verb, Dial) and verb.action == "dial" for verb in verbs):
        yield "dialled"


@dataclass(slots=True)
class Turns:
    """Plays turns. What follows an answer of the world is the same whatever came before the question, so it is played
    once for each state that the question was asked in; and ways that end alike are one."""

    law: Law
    kept: frozenset[Fact]
    """Facts that are held on to beyond a question to the world."""
    played: int = 0
    """Steps of the engine that were taken."""
    _turns: dict[Hashable, list[Outcome]] = field(default_factory=dict)
    _requests: dict[Hashable, list[Outcome]] = field(default_factory=dict)
    _asking: set[Hashable] = field(default_factory=set)
    """Questions that wait for their answer just now."""
    _arrived: dict[Hashable, list[Outcome]] = field(default_factory=dict)
    _after: dict[Hashable, list[tuple[Asked, Outcome]]] = field(default_factory=dict)

    def ways(self, state: CallState, deed: Deed, given: Given, left: LeftFor | None) -> list[Outcome]:
        """Every way in which a turn can end; the states are at rest. `left`: what the state has left for good. Raises
        Unfollowed."""
        taken = tuple(given.items())
        key = (key_of(self.law, state), tuple(state.trail), left, deed, taken)
        if key not in self._turns:
            asks = deed.sort in ALWAYS and deed.name == "person"
            leads_out = asks and type(self.law.step_at(state)).person is EngineStep.person
            found = self._request(state, deed, given) if leads_out else self._take(state, deed.event, deed, given, 0)
            self._turns[key] = self._unlike(map(self._at_rest, found))
        return self._turns[key]

    def _request(self, state: CallState, deed: Deed, given: Given) -> Iterator[Outcome]:
        """A request leads out of every flow: where it was made is forgotten, but for the way back there."""
        key = (carried(self.law, state), deed.sort, tuple(given.items()))
        if key not in self._requests:
            self._requests[key] = self._unlike(self._take(state, deed.event, deed, given, 0))
        here = LeftFor(places(state.frames), HIDDEN)
        for one in self._requests[key]:
            yield replace(one, moved=replace(one.moved, left=here)) if one.moved.left is not None else one

    def _at_rest(self, one: Outcome) -> Outcome:
        if one.over:
            return one
        state = at_rest(self.law, one.state)
        return replace(one, state=state, key=key_of(self.law, state))

    def _take(self, state: CallState, event: Event | None, deed: Deed, given: Given, depth: int) -> Iterator[Outcome]:
        if depth > MOST_ASKED:
            raise Unfollowed(f"more than {MOST_ASKED} questions to the world in one turn at {state.flow}.{state.step}")
        for run in runs(self.law, state, event, given, self.kept):
            self.played += 1
            step, after = run.step, run.step.state
            held = {fact: value for fact, value in run.given.items() if fact in HELD or fact in self.kept}
            verb = step.verbs[-1] if step.verbs else None
            marks = {*marks_of(step.entries, step.verbs), *((LEFT,) if after.visits != state.visits else ())}
            if EARLIER in run.given:
                marks.add(f"{EARLIER_MARK}{self.law.earlier.index(run.given[EARLIER])}")
            move, steps = moved(state, after, run.lowest), after.steps
            after = msgspec.structs.replace(after, trail=hidden(after), steps=0)
            now = Outcome(after, held, verb, frozenset(marks), run.conditions, (), move, steps)
            if run.arrives:
                yield from map(now.then, self._goes_on(now, depth + 1))
            elif step.question is None:
                yield now
            else:
                for asked, rest in self._answered(now, step.question, deed, depth + 1):
                    yield now.then(rest, asked)

    def _goes_on(self, now: Outcome, depth: int) -> list[Outcome]:
        """Every way in which the turn goes on from a step that it has just come to."""
        key = (key_of(self.law, now.state), "arrives", tuple(now.given.items()))
        if key in self._asking:  # it came to this step before, and the caller has not been heard since
            return [Outcome(now.state, now.given, now.verb, frozenset({"circle"}))]
        if key not in self._arrived:
            self._asking.add(key)
            before = msgspec.structs.replace(now.state, visits=now.state.visits - 1)
            try:
                self._arrived[key] = self._unlike(self._take(before, None, UNHEARD, now.given, depth))
            finally:
                self._asking.remove(key)
        return self._arrived[key]

    def _answered(self, now: Outcome, question: Question, deed: Deed, depth: int) -> list[tuple[Asked, Outcome]]:
        """Every way in which the turn goes on after this question."""
        key = (key_within(self.law, now.state), plain(question), deed.meaning, deed.wish, tuple(now.given.items()))
        if key in self._asking:  # the world was asked just this before, and the caller has not been heard since
            round_ = Outcome(now.state, now.given, now.verb, frozenset({"circle"}))
            return [(Asked(question, LookupFailed("timeout")), round_)]
        if key not in self._after:
            self._asking.add(key)
            try:
                self._after[key] = [
                    (asked, one)
                    for asked in (Asked(question, answer) for answer in answers(self.law, now.state, question, deed))
                    for one in self._unlike(self._take(now.state, asked.answer, deed, now.given, depth))
                ]
            finally:
                self._asking.remove(key)
        return self._after[key]

    def _unlike(self, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """The first of each sort, with the most steps that any of them takes."""
        found: dict[Hashable, Outcome] = {}
        for one in outcomes:
            over = one.state.summary.outcome if one.over else ""
            key = one.key or key_of(self.law, one.state)
            alike = (key, one.marks, tuple(one.given.items()), type(one.verb), over, one.moved)
            first = found.setdefault(alike, one)
            if one.steps > first.steps:
                found[alike] = replace(first, steps=one.steps)
        return list(found.values())
