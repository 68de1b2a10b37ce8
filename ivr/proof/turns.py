"""One turn of a call with all ways it can turn out: an event, and whatever the world answers until the line is held."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product

from ivr.call.entries import Entry
from ivr.call.events import (
    Event,
    LookupDone,
    LookupEmpty,
    LookupFailed,
    NoPlace,
    PeopleSeen,
    Placed,
    QueueSeen,
    Recalled,
)
from ivr.call.past import PastCall
from ivr.call.state import CallState
from ivr.call.tasks import AskPlace, Lookup, Question, Recall, SeePeople, TakePlace, Understand
from ivr.call.verbs import Dial, Verb
from ivr.engine.kind import Step as EngineStep
from ivr.flow.expressions import Condition
from ivr.proof.deeds import Deed
from ivr.proof.doubt import HOUR, NUMBER, Fact, Given, Unfollowed, runs
from ivr.proof.law import Law

HELD = (HOUR, NUMBER)
"""Facts that stay so for a turn, whatever the world is asked meanwhile."""
LEFT = "left"
"""A mark: the call has come from the step where it stood to another, or to the same anew."""
CLOSED = "closed at this hour"
MOST_ASKED = 40
"""Questions to the world in one turn; more is a circle."""
MOST_QUEUES = 4
"""Queues whose being idle or not is tried in every combination."""


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
    conditions: tuple[tuple[Condition, bool], ...] = ()
    asked: tuple[Asked, ...] = ()

    @property
    def over(self) -> bool:
        return self.state.phase == "over"

    def then(self, asked: Asked, rest: Outcome) -> Outcome:
        """This, a question to the world, and what followed its answer in the same turn."""
        return Outcome(
            rest.state,
            rest.given,
            rest.verb or self.verb,
            self.marks | rest.marks,
            self.conditions + rest.conditions,
            (*self.asked, asked, *rest.asked),
        )


def marks_of(entries: Iterable[Entry], verbs: Iterable[Verb]) -> Iterator[str]:
    """`consent`: the caller agreed to be moved. `person`: a key or phrase asked for one. `shut`: nobody is there now.
    `queued`, `dialled`, `callback`: he was. `resumed INTENT`: an earlier wish is taken up. `failed`: the call
    broke. And `circle`: the world is asked the same again and again."""
    for entry in entries:
        data = entry.data
        match entry.kind:
            case "consent" if "offer" in data and data["answer"] == "yes":
                yield "consent"
            case "heard" if data.get("always") == "person":
                yield "person"
            case "note" if data.get("why") == CLOSED and data.get("instead") is None:
                yield "shut"
            case "resumed":
                yield f"resumed {data.get('intent') or ''}"
            case "queued" | "callback" | "failed":
                yield entry.kind
    if any(isinstance(verb, Dial) and verb.action == "dial" for verb in verbs):
        yield "dialled"


@dataclass(slots=True)
class Turns:
    """Plays turns. What follows an answer of the world is the same whatever came before the question, so it is played
    once for each state that the question was asked in; and ways that end alike are one."""

    law: Law
    key: Callable[[CallState], Hashable]
    """Alike for states between which nothing that comes differs."""
    request_key: Callable[[CallState], Hashable]
    """The same for a request, which leads out of whatever flow the call is in."""
    kept: frozenset[Fact]
    """Facts that are held on to beyond a question to the world."""
    played: int = 0
    """Steps of the engine that were taken."""
    _requests: dict[Hashable, list[Outcome]] = field(default_factory=dict)
    _asking: set[Hashable] = field(default_factory=set)
    """Questions that wait for their answer just now."""
    _after: dict[Hashable, list[tuple[Asked, Outcome]]] = field(default_factory=dict)

    def ways(self, state: CallState, deed: Deed, given: Given) -> list[Outcome]:
        """Every way in which a turn can end. Raises Unfollowed."""
        asks = deed.sort in ("always_key", "phrase") and deed.name == "person"
        if not asks or type(self.law.step_at(state)).person is not EngineStep.person:
            return self._unlike(self._take(state, deed.event, deed, given, 0))
        # A request leads out of every flow: where it was made is forgotten.
        key = (self.request_key(state), deed.sort, tuple(given.items()))
        if key not in self._requests:
            self._requests[key] = self._unlike(self._take(state, deed.event, deed, given, 0))
        return self._requests[key]

    def _take(self, state: CallState, event: Event, deed: Deed, given: Given, depth: int) -> Iterator[Outcome]:
        if depth > MOST_ASKED:
            raise Unfollowed(f"more than {MOST_ASKED} questions to the world in one turn at {state.flow}.{state.step}")
        for run in runs(self.law, state, event, given):
            self.played += 1
            step = run.step
            held = {fact: value for fact, value in run.given.items() if fact in HELD or fact in self.kept}
            verb = step.verbs[-1] if step.verbs else None
            marks = {*marks_of(step.entries, step.verbs), *((LEFT,) if step.state.visits != state.visits else ())}
            now = Outcome(step.state, held, verb, frozenset(marks), run.conditions)
            if step.question is None:
                yield now
                continue
            for asked, rest in self._answered(now, step.question, deed, depth + 1):
                yield now.then(asked, rest)

    def _answered(self, now: Outcome, question: Question, deed: Deed, depth: int) -> list[tuple[Asked, Outcome]]:
        """Every way in which the turn goes on after this question."""
        key = (self.key(now.state), _plain(question), deed.meaning, tuple(now.given.items()))
        if key in self._asking:  # the world was asked just this before, and the caller has not been heard since
            round_ = Outcome(now.state, now.given, now.verb, frozenset({"circle"}))
            return [(Asked(question, LookupFailed("timeout")), round_)]
        if key not in self._after:
            self._asking.add(key)
            try:
                self._after[key] = [
                    (asked, one)
                    for asked in (Asked(question, answer) for answer in _answers(self.law, now.state, question, deed))
                    for one in self._unlike(self._take(now.state, asked.answer, deed, now.given, depth))
                ]
            finally:
                self._asking.remove(key)
        return self._after[key]

    def _unlike(self, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """The first of each sort."""
        found: dict[Hashable, Outcome] = {}
        for one in outcomes:
            over = one.state.summary.outcome if one.over else ""
            alike = (self.key(one.state), one.marks, tuple(one.given.items()), type(one.verb), over)
            found.setdefault(alike, one)
        return list(found.values())


def _plain(question: Question) -> Hashable:
    match question:
        case Lookup(name=name):
            return name
        case TakePlace(queue=queue, ready=ready):
            return (queue, ready)
        case _:
            return type(question).__name__


def _answers(law: Law, state: CallState, question: Question, deed: Deed) -> Iterator[Event]:
    match question:
        case Understand():
            if deed.meaning is None:
                raise Unfollowed(f"an answer at {state.flow}.{state.step} that nobody foresaw")
            yield deed.meaning
        case Lookup(name=name):
            yield LookupDone(law.sample_of(name))
            yield LookupEmpty()
            yield LookupFailed("timeout")
        case TakePlace(queue=queue):
            yield Placed(queue, 1, 1, state.started_at)
            if state.place is None or state.place.queue != queue:  # who has a place there keeps it
                yield NoPlace(queue, "full")
        case AskPlace(queue=queue):
            yield Placed(queue, 1, 1, state.started_at)
            yield NoPlace(queue, "down")
        case SeePeople(queues=queues):
            yield from _people(law, state, queues)
        case Recall():
            yield from _earlier(law)
        case _:
            raise Unfollowed(f"a question that proofs know no answer to: {type(question).__name__}")


def _people(law: Law, state: CallState, queues: tuple[str, ...]) -> Iterator[Event]:
    """Somebody is idle, or nobody, in each queue that a rule now waits for."""
    handoff, understood = law.hotline.handoff, state.scratch.get("understood")
    moods = [rule for mood, rule in handoff.mood.items() if mood == state.mood]
    wishes = [rule for wish, rule in handoff.intent.items() if wish == understood]
    rules = handoff.entry if state.phase == "opening" else (*moods, *wishes)
    wanted = sorted({str(rule.queue) for rule in rules if rule.only_if == "idle"})
    if len(wanted) > MOST_QUEUES:
        raise Unfollowed(f"rules wait for people of more than {MOST_QUEUES} queues")
    for idle in product((1, 0), repeat=len(wanted)):
        seen = dict(zip(wanted, idle, strict=True))
        yield PeopleSeen({queue: QueueSeen(idle=seen.get(queue, 1)) for queue in queues})


def _earlier(law: Law) -> Iterator[Event]:
    """No call that broke off today; one in each line; one at each wish."""
    yield Recalled(())
    if not any(kind.kind == "resume" for _, _, kind in law.steps()):
        return
    at = law.moments[0].at
    for queue in law.hotline.queues.queues:
        yield Recalled((PastCall(at, "abandoned", queue=queue),))
    for intent in law.hotline.intents:
        yield Recalled((PastCall(at, "hung_up", intent),))
