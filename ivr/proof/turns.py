"""One turn of a call with all ways it can turn out: an event, and whatever the world answers until the line is held."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import msgspec

from ivr.call.entries import Entry
from ivr.call.events import Event, LookupFailed, Polled
from ivr.call.state import CallState
from ivr.call.tasks import Question
from ivr.call.verbs import Dial, Verb
from ivr.engine.kind import Step as EngineStep
from ivr.proof.alike import at_rest, carried, key_of, key_on_arrival, key_within
from ivr.proof.data import Wanted
from ivr.proof.deeds import ALWAYS, Deed
from ivr.proof.doubt import EARLIER, HOUR, MOBILE, NUMBER, Fact, Given, Ground, Unfollowed, runs
from ivr.proof.law import Law
from ivr.proof.memory import Memory, Needs
from ivr.proof.trails import HIDDEN, NOT_MOVED, LeftFor, Moved, hidden, moved, places
from ivr.proof.world import answers, plain

HELD = (HOUR, NUMBER, MOBILE)
"""Facts that stay so for a turn, whatever the world is asked meanwhile."""
EARLIER_MARK = "earlier "
"""The beginning of a mark: which of `Law.earlier` the call of the day was that broke off."""
CIRCLE = "circle"
"""A mark: the world is asked the same again and again, or the call comes to the same step, and the caller is not heard
meanwhile."""
LEFT = "left"
"""A mark: the call has come from the step where it stood to another, or to the same anew."""
DOWN = "down"
"""A mark: the line is broken, so that nobody can get a place."""
CLOSED = "closed at this hour"
BROKEN = "no place: down"
MOST_ASKED = 200
"""Questions to the world, and steps that a turn comes to; more is a circle."""
MOST_OTHERS = 3
MOST_CUTS = 60
"""Steps in a row that are played one by one; of those that come after them, only what follows a doubt is."""
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
    key: int = 0
    """Of the state, at rest: one number for all that are alike; see `alike`. 0: the turn goes on."""
    others: tuple[Outcome, ...] = ()
    """Some of those that end alike under other conditions: a call may be real with one of them only."""

    @property
    def over(self) -> bool:
        return self.state.phase == "over"

    def under(self, given: Given, needs: Needs) -> Outcome:
        """The same where other facts were given, of those that were not needed."""
        here = {**given, **{fact: value for fact, value in self.given.items() if fact in needs}}
        return replace(self, given=here, others=tuple(one.under(given, needs) for one in self.others))

    def after(self, asked: Asked) -> Outcome:
        """The same, where the world was asked that before."""
        others = tuple([one.after(asked) for one in self.others]) if self.others else ()
        # `replace` takes three times as long, and this is called for every outcome of every answer.
        return Outcome(
            self.state, self.given, self.verb, self.marks, self.conditions, (asked, *self.asked), self.moved,
            self.steps, self.key, others,
        )  # fmt: skip

    def then(self, rest: Outcome) -> Outcome:
        """This, and what followed in the same turn."""
        return Outcome(
            rest.state,
            rest.given,
            rest.verb or self.verb,
            self.marks | rest.marks,
            self.conditions + rest.conditions,
            self.asked + rest.asked,
            self.moved.then(rest.moved),
            self.steps + rest.steps,
            rest.key,
            tuple(map(self.then, rest.others)) if rest.others else (),
        )

    def beside(self, other: Outcome) -> Outcome:
        """This one, with another that ends alike. The most steps of both count."""
        steps = max(self.steps, other.steps)
        is_known = len(self.others) >= MOST_OTHERS or any(
            one.conditions == other.conditions for one in (self, *self.others)
        )
        if is_known:
            return self if steps == self.steps else replace(self, steps=steps)
        return replace(self, steps=steps, others=(*self.others, replace(other, others=())))


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
    """Plays turns, step by step. What follows where a call comes to a step, and what follows an answer of the world, is
    the same whatever came before, so it is played once for each state; and ways that end alike are one."""

    law: Law
    kept: frozenset[Fact]
    """Facts that are held on to beyond a question to the world."""
    played: int = 0
    """Steps of the engine that were taken."""
    _found: Memory[Outcome] = field(default_factory=Memory)
    _asking: set[Hashable] = field(default_factory=set)
    """Steps and questions that wait for what comes of them just now."""
    _keys: dict[Hashable, int] = field(default_factory=dict)

    def ways(self, state: CallState, deed: Deed, given: Given, back: Hashable) -> list[Outcome]:
        """Every way in which a turn can end; the states are at rest. A deed is of one state; `back`: the question that
        it leads back to. Raises Unfollowed."""
        asks = deed.sort in ALWAYS and deed.name == "person"
        if asks and type(self.law.step_at(state)).person is EngineStep.person:
            return self._found.of((deed, back), given, lambda: self._request(state, deed, given))
        return self._found.of((deed, back), given, lambda: self._whole(state, deed, given))

    def _whole(self, state: CallState, deed: Deed, given: Given) -> list[Outcome]:
        """What takes more steps than a hotline allows breaks the call, as a circle does."""
        limit = self.law.hotline.file.limits.steps
        found = self._unlike(self._take(state, deed.event, deed, given, 0))
        return [replace(one, marks=one.marks | {CIRCLE}) if one.steps >= limit else one for one in found]

    def _request(self, state: CallState, deed: Deed, given: Given) -> list[Outcome]:
        """A request leads out of every flow: where it was made is forgotten, but for the way back there."""
        key = ("request", carried(self.law, state), deed.sort)
        found = self._found.of(key, given, lambda: self._whole(state, deed, given))
        here = LeftFor(places(state.frames), HIDDEN)
        return [replace(one, moved=replace(one.moved, left=here)) if one.moved.left else one for one in found]

    def _take(self, state: CallState, event: Event | None, deed: Deed, given: Given, depth: int) -> Iterator[Outcome]:
        if depth > MOST_ASKED:
            raise Unfollowed(f"more than {MOST_ASKED} questions to the world in one turn at {state.flow}.{state.step}")
        for run in runs(self.law, state, event, Ground(given, self.kept, self._found.asked, depth < MOST_CUTS)):
            self.played += 1
            step, after = run.step, run.step.state
            held = {fact: value for fact, value in run.given.items() if fact in HELD or fact in self.kept}
            marks = {*marks_of(step.entries, step.verbs), *((LEFT,) if after.visits != state.visits else ())}
            if EARLIER in run.given:
                marks.add(f"{EARLIER_MARK}{self.law.earlier.index(run.given[EARLIER])}")
            verb = step.verbs[-1] if step.verbs else None
            move, steps = moved(state, after, run.lowest), after.steps
            if not run.arrives and step.question is None:
                after = at_rest(self.law, after)
                key = self._number(key_of(self.law, after))
                yield Outcome(after, held, verb, frozenset(marks), run.conditions, (), move, steps, key)
                continue
            after = msgspec.structs.replace(after, trail=hidden(after), steps=0)
            now = Outcome(after, held, verb, frozenset(marks), run.conditions, (), move, steps)
            if step.question is None:
                yield from map(now.then, self._goes_on(now, depth + 1))
            else:
                yield from map(now.then, self._answered(now, step.question, deed, depth + 1))

    def _goes_on(self, now: Outcome, depth: int) -> list[Outcome]:
        """Every way in which the turn goes on from a step that it has just come to."""
        before = msgspec.structs.replace(now.state, visits=now.state.visits - 1)
        return self._once(
            ("arrives", key_on_arrival(self.law, now.state)),
            now,
            lambda: self._unlike(self._take(before, None, UNHEARD, now.given, depth)),
        )

    def _answered(self, now: Outcome, question: Question, deed: Deed, depth: int) -> list[Outcome]:
        """Every way in which the turn goes on after this question."""

        def found() -> Iterator[Outcome]:
            for answer in answers(self.law, now.state, question, deed):
                asked = Asked(question, answer)
                for one in self._take(now.state, answer, deed, now.given, depth):
                    yield one.after(asked)

        key = (key_within(self.law, now.state), plain(question), deed.meaning, deed.wish)
        return self._once(key, now, lambda: self._unlike(found()), Asked(question, LookupFailed("timeout")))

    def _once(
        self, key: Hashable, now: Outcome, find: Callable[[], list[Outcome]], lost: Asked | None = None
    ) -> list[Outcome]:
        """What was found before, or is now; a circle where it is being looked for just now, which means that the call
        was here before and the caller has not been heard since. `lost`: an answer that leads round once more."""
        here = (key, frozenset(now.given.items()))
        if here in self._asking:
            self._found.asked.update(now.given, HELD, self.kept)
            asked = (lost,) if lost is not None else ()
            state = at_rest(self.law, now.state)
            key_ = self._number(key_of(self.law, state))
            return [Outcome(state, now.given, now.verb, frozenset({CIRCLE}), (), asked, key=key_)]
        self._asking.add(here)
        try:
            return self._found.of(key, now.given, find)
        finally:
            self._asking.remove(here)

    def _number(self, key: Hashable) -> int:
        return self._keys.setdefault(key, len(self._keys) + 1)

    def _unlike(self, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """The first of each sort, with the most steps that any of them takes."""
        found: dict[Hashable, Outcome] = {}
        for one in outcomes:
            alike = (one.key, one.marks, frozenset(one.given.items()), type(one.verb), one.moved)
            first = found.setdefault(alike, one)
            if first is not one:
                found[alike] = first.beside(one)
        return list(found.values())
