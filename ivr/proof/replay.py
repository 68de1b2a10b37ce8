"""A call on paper made for real: with data that fits, through the engine as it is, or the reason why it cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from ivr.call.entries import Entry
from ivr.call.events import (
    CalledBack,
    CallStarted,
    Event,
    LookupDone,
    LookupEmpty,
    MeaningFound,
    NoPlace,
    PeopleSeen,
    Placed,
    QueueSeen,
    Recalled,
    SpeechHeard,
    ValueRead,
)
from ivr.call.past import PastCall
from ivr.call.shape import Shape
from ivr.call.state import CallState
from ivr.call.tasks import AskPlace, Lookup, Question, TakePlace
from ivr.call.verbs import Verb
from ivr.engine.opening import begin
from ivr.engine.step import step
from ivr.flow.known import caller_fields, lookup_shape
from ivr.flow.refs import LookupRef
from ivr.proof.clash import TURN, Held, Unreal, doubted, last_turns, settled_in, when
from ivr.proof.data import Known, Leaf, Var, against, all_known, choose, filled, habit, leaves
from ivr.proof.doubt import HOUR, MOBILE, NUMBER
from ivr.proof.graph import Edge
from ivr.proof.law import Law
from ivr.proof.moments import Moment
from ivr.proof.turns import EARLIER_MARK, LEFT, Asked, marks_of

HIDDEN = "anonymous"
PROFILE = "caller"
EXPECTED: Var = (PROFILE, "expects")


@dataclass(slots=True)
class Played:
    """One turn as it was made."""

    edge: Edge
    before: CallState
    after: CallState
    verbs: tuple[Verb, ...] = ()
    entries: tuple[Entry, ...] = ()
    asked: list[tuple[Question, Event]] = field(default_factory=list)
    event: Event | None = None
    """What has happened; the deed says who did it."""


@dataclass(frozen=True, slots=True)
class Real:
    """A call that can be made."""

    moment: Moment
    caller: str
    turns: tuple[Played, ...]
    earlier: PastCall | None = None
    """The call of the same day that broke off before, where this one goes on with it."""


def make(law: Law, path: Sequence[Edge]) -> Real:
    """By a caller who is known, or else by one who is not; with nobody free, or else with somebody in each line. Raises
    Unreal."""
    people = [PeopleSeen({})]
    if any(isinstance(one.answer, PeopleSeen) for edge in path for one in edge.outcome.asked):
        people.append(PeopleSeen(dict.fromkeys(law.hotline.queues.queues, QueueSeen(idle=1))))
    whys: list[Unreal] = []
    for tried in dict.fromkeys((tuple(path), _unknown(law, path))):
        for seen in people:
            try:
                return _made(law, tried, seen)
            except Unreal as why:
                whys.append(why)
    # A call is real where one of these is, so it takes what is against each of them.
    clash = frozenset[Held]().union(*(why.clash for why in whys))
    raise Unreal(whys[0].facts | {fact for fact, _ in clash if fact[0] != TURN}, clash)


def _unknown(law: Law, path: Sequence[Edge]) -> tuple[Edge, ...]:
    """The same with a caller of whom the business data know nothing."""
    profile, start = law.hotline.file.profile, path[0]
    if profile is None or all(one.answer != LookupDone(law.sample_of(profile.lookup)) for one in start.outcome.asked):
        return tuple(path)
    asked = tuple(
        replace(one, answer=LookupEmpty()) if name == profile.lookup else one
        for one in start.outcome.asked
        if (name := getattr(one.question, "name", "")) != profile.history
    )
    return replace(start, outcome=replace(start.outcome, asked=asked)), *path[1:]


def _made(law: Law, path: Sequence[Edge], people: PeopleSeen) -> Real:
    settled = settled_in(path)
    moment = law.moments[settled.get(HOUR, 0)]
    caller = HIDDEN
    if settled.get(NUMBER, True):
        caller = START_NUMBER if settled.get(MOBILE, True) else LANDLINE
    data, earlier = _data(law, path, moment), _earlier(law, path)
    started = CallStarted(caller=caller, called="", channel="proof")
    state = begin(law.hotline, "proof", started, now=moment.at)
    turns = []
    for n, edge in enumerate(path):
        answers = [
            Asked(one.question, _for_real(_with(data.get((n, m), {}), one.answer), earlier, people))
            for m, one in enumerate(edge.outcome.asked)
        ]
        event, answers = (_begun(edge, started), answers) if n == 0 else _said(law, path[n:], answers)
        so_far = path[: n + 1]
        turn = _turn(law, state, event, so_far, answers, moment.at)
        for _ in range(MOST_TRIES if edge.deed.is_last else 0):
            if turn.after.visits != state.visits or turn.after.phase == "over":
                break
            turns.append(turn)  # the tries before the last
            event = event if edge.deed.sort == "silence" or not edge.deed.is_spoken else UNCLEAR
            turn = _turn(law, turn.after, event, so_far, answers, moment.at)
        if not _is_as_on_paper(turn):
            raise Unreal(doubted(so_far), last_turns(so_far))
        turns.append(turn)
        state = turn.after
    resumes = any(entry.kind == "resumed" for turn in turns for entry in turn.entries)
    return Real(moment, caller, tuple(turns), earlier if resumes else None)


def _begun(edge: Edge, started: CallStarted) -> Event:
    event = edge.deed.event
    return msgspec.structs.replace(event, caller=started.caller) if isinstance(event, CalledBack) else started


def _for_real(answer: Event, earlier: PastCall | None, people: PeopleSeen) -> Event:
    """What on paper was doubted only where it counts."""
    match answer:
        case Recalled() if earlier is not None:
            return Recalled((earlier,))
        case PeopleSeen():
            return people
    return answer


START_NUMBER = "+12025550100"
LANDLINE = "+442079460100"
"""By its number alone, as no number of the United States is."""
MOST_TRIES = 10
UNCLEAR = SpeechHeard("", sure=False)


def _said(law: Law, path: Sequence[Edge], answers: list[Asked]) -> tuple[Event, list[Asked]]:
    """What happens in the first of these turns, and what the world answers: words that are not heard well are those
    that the caller says yes to afterwards."""
    deed = path[0].deed
    guess = next((edge.deed.guess for edge in path[1:] if edge.deed.guess is not None), None)
    if deed.sort != "unsure" or guess is None:
        return deed.event, answers
    if guess.always:
        return SpeechHeard(guess.text, sure=False), []
    meant = (
        MeaningFound(guess.value, 1.0, "keyword") if isinstance(deed.meaning, MeaningFound) else ValueRead(guess.value)
    )
    return deed.event, [replace(one, answer=meant) for one in answers[:1]]


def _turn(
    law: Law, state: CallState, event: Event, path: Sequence[Edge], answers: Sequence[Asked], now: float
) -> Played:
    """The last of these. What is asked on paper and not here, since it is known who calls, is passed over."""
    edge = path[-1]
    played = Played(edge, state, state, event=event)
    waiting = iter(answers)
    while True:
        result = step(law.hotline, played.after, event, now=now)
        played.after = result.state
        played.verbs += result.verbs
        played.entries += result.entries
        if result.question is None:
            return played
        answer = next((_about(result.question, one) for one in waiting if _same(one.question, result.question)), None)
        if answer is None and "circle" in edge.outcome.marks:
            answer = next((one for asked, one in played.asked[::-1] if _same(asked, result.question)), None)
        if answer is None:
            raise Unreal(frozenset(), last_turns(path))
        played.asked.append((result.question, answer))
        event = answer


def _about(question: Question, paper: Asked) -> Event:
    """The answer, of the line that is asked for here: which of them it is, rules say by the caller's data."""
    match question, paper.answer:
        case TakePlace(queue=queue) | AskPlace(queue=queue), (Placed() | NoPlace()) as answer:
            return msgspec.structs.replace(answer, queue=queue)
    return paper.answer


def _same(one: Question, other: Question) -> bool:
    return type(one) is type(other) and getattr(one, "name", "") == getattr(other, "name", "")


def _is_as_on_paper(turn: Played) -> bool:
    if "circle" in turn.edge.outcome.marks:
        return any(entry.kind == "failed" for entry in turn.entries)
    paper, real = turn.edge.outcome.state, turn.after
    places = [(one.phase, one.flow, one.step, len(one.frames)) for one in (paper, real)]
    marks = frozenset(marks_of(turn.entries, turn.verbs))
    told = {mark for mark in turn.edge.outcome.marks if mark != LEFT and not mark.startswith(EARLIER_MARK)}
    return places[0] == places[1] and marks == told


def _earlier(law: Law, path: Sequence[Edge]) -> PastCall | None:
    """The call of the day that broke off, as the last turn has it that asks."""
    marks = [mark for edge in path for mark in edge.outcome.marks if mark.startswith(EARLIER_MARK)]
    found = [law.earlier[int(mark.removeprefix(EARLIER_MARK))] for mark in marks]
    return next((one for one in found[::-1] if one is not None), None)


Data = Mapping[tuple[int, int], Mapping[Var, Any]]
"""Turn and question → values inside its answer."""


def _data(law: Law, path: Sequence[Edge], moment: Moment) -> Data:
    """What lookups must answer. Raises Unreal."""
    found: dict[tuple[int, int], dict[Var, Any]] = {}
    names: dict[str, Any] = dict(law.hotline.file.constants)
    names[PROFILE] = {**caller_fields(law.hotline), "number": START_NUMBER}
    wanted: list[Any] = []
    homes: dict[str, tuple[int, int]] = {}
    free: dict[Var, Leaf] = {}
    for n, edge in enumerate(path):
        for m, one in enumerate(edge.outcome.asked):
            if isinstance(one.question, Lookup) and isinstance(one.answer, LookupDone):
                for name in _names_of(law, one.question.name, n):
                    homes[name] = (n, m)
                    shape = lookup_shape(law.hotline, LookupRef(one.question.name))
                    free |= dict(leaves((name,), Leaf(shape or Shape("any"))))
                    if name == PROFILE:
                        names[PROFILE] = {**names[PROFILE], **one.answer.result, "known": True}
                    elif name != "history":
                        names[name] = one.answer.result
        wanted += [(condition, held) for condition, held in edge.outcome.conditions if all_known(condition, names)]
    if "history" in homes:
        free[EXPECTED] = Leaf(Shape("text"), may_be_none=True)
    values = choose(wanted, Known(names, free))
    if values is None:
        clash = frozenset((when(condition), held) for condition, held in against(wanted, Known(names, free)))
        raise Unreal(frozenset(fact for fact, _ in clash), clash)
    for path_, value in values.items():
        if path_ == EXPECTED and "history" in homes:
            found.setdefault(homes["history"], {})[EXPECTED] = (value, law.hotline.file.predict.get(value, 0), moment)
        else:
            found.setdefault(homes[path_[0]], {})[path_] = value
    return found


def _names_of(law: Law, lookup: str, turn: int) -> Iterator[str]:
    """Under which names its answer is known: the caller's own, or those of steps."""
    profile = law.hotline.file.profile
    if profile is not None and turn == 0 and lookup == profile.lookup:
        yield PROFILE
    elif profile is not None and turn == 0 and lookup == profile.history:
        yield "history"
    for _, _, kind in law.steps():
        if kind.kind == "lookup" and getattr(kind, "lookup", "") == lookup:
            yield getattr(kind, "name", "")


def _with(values: Mapping[Var, Any], answer: Event) -> Event:
    """The answer with these values inside."""
    if not values or not isinstance(answer, LookupDone):
        return answer
    if EXPECTED in values:
        return LookupDone(list(habit(*values[EXPECTED])))
    (whole,) = filled({}, {("", *path[1:]): value for path, value in values.items()}).values()
    return LookupDone({**answer.result, **whole} if isinstance(whole, Mapping) else whole)


__all__ = ["Played", "Real", "Unreal", "make"]
