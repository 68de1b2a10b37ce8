"""Rules of handoff.yaml that move a caller to a person unasked for: at entry, and in the dialogue (R12-R18).

At each point the same: see how the queues are doing, where a rule asks for that; take the first rule that fits;
connect, or have the caller asked. The question is a step like any other `offer`, which stands beside the flow: after
a no the call goes on where it would have gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ivr.call.events import PeopleSeen, SpeechHeard
from ivr.call.state import Handed, Offering
from ivr.call.tasks import SeePeople
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask, Go, Jump, Move
from ivr.engine.phrases import plain, within
from ivr.errors import FlowError
from ivr.flow.expressions import Condition
from ivr.flow.handoff import DialogueRule, EntryRule
from ivr.routing.handoff import QueueNow, stands


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that may apply."""

    point: str
    """entry, intent or mood."""
    name: str
    rule: EntryRule | DialogueRule

    @property
    def key(self) -> str:
        return f"{self.point}.{self.name}"


INPUTS = ("tier", "kind", "known", "age", "expects", "tags", "complaints")
"""Of the caller, kept with every decision."""
PEOPLE = "people"
NONE_SEEN = {"waiting": 0, "idle": 0, "busy": 0, "off": 0, "wait_s": 0.0}


# --- the points ----------------------------------------------------------------------------------------------


def entry(draft: Draft) -> Move | None:
    """Before the first step; None where no rule moves the caller."""
    return _apply(draft, [Candidate("entry", rule.id, rule) for rule in draft.hotline.handoff.entry], "")


def dialogue(draft: Draft, intent: str | None, then: str) -> Move:
    """An answer has been understood, and the flow would go on with `then`."""
    state, handoff = draft.state, draft.hotline.handoff
    found: list[Candidate] = []
    # Who has asked for a person, or has a place in line, is on the way to one already.
    if state.place is None and not state.summary.requests:
        for point, now, rules in (("mood", state.mood, handoff.mood), ("intent", intent, handoff.intent)):
            rule = next((rule for name, rule in rules.items() if name == now), None)
            if rule is not None and state.offered.get(f"{point}.{now}", 0) < rule.at_most:
                found.append(Candidate(point, str(now), rule))
    move = _apply(draft, found, then)
    if not isinstance(move, Ask):
        state.mood = None
    return move or Go(then)


def hear_mood(draft: Draft, event: SpeechHeard) -> None:
    """What a recogniser tells of the caller's mood, or the phrases of a rule do (R46)."""
    mood, heard, language = event.mood, plain(event.text), draft.state.language
    for name, rule in draft.hotline.handoff.mood.items():
        if mood is None and any(within(plain(phrase), heard) for phrase in rule.phrases.get(language, ())):
            mood = name
    if mood is not None:
        draft.state.mood = mood
        draft.note("mood", mood=mood)


def needs_people(conditions: Iterable[Condition]) -> bool:
    """Whether any of them asks how a queue is doing."""
    return any(path[0] == PEOPLE for condition in conditions for path in condition.reads)


def see(draft: Draft) -> Ask:
    """Ask how the queues are doing; the answer goes to `seen`."""
    return Ask(SeePeople(queues=tuple(draft.hotline.queues.queues)))


def seen(draft: Draft, event: PeopleSeen) -> None:
    """Let conditions know it."""
    draft.state.people = {
        name: {**NONE_SEEN, **_counts(event, name), "open": draft.is_open(name)} for name in draft.hotline.queues.queues
    }
    draft.forget_names()


def _counts(event: PeopleSeen, queue: str) -> dict[str, Any]:
    found = event.queues.get(queue)
    if found is None:
        return {}
    return {name: getattr(found, name) for name in NONE_SEEN}


# --- what became of the question -------------------------------------------------------------------------------


def answered(draft: Draft, offering: Offering, outcome: str | None) -> Move:
    """yes: to a person. All else: on as if nobody had asked, with no penalty (R15)."""
    draft.state.offering = None
    if outcome == "yes":
        return _hand_over(draft, offering.point, offering.rule, offering.queue)
    return Go(offering.then) if offering.then else Jump(draft.hotline.file.start)


# --- one rule after the other ---------------------------------------------------------------------------------


def _apply(draft: Draft, candidates: Sequence[Candidate], then: str) -> Move | None:
    """What the first rule that fits comes to; None where none does."""
    state, offers_when = draft.state, draft.hotline.handoff.offers_when
    conditions = [*(one.rule.when for one in candidates), offers_when]
    idle_counts = any(one.rule.only_if == "idle" for one in candidates)
    if candidates and not state.people and (idle_counts or needs_people(conditions)):
        return see(draft)
    for one in candidates:
        now = QueueNow(draft.is_open(one.rule.queue), int(state.people.get(one.rule.queue, NONE_SEEN)["idle"]))
        why = stands(one.rule, now, draft.holds(offers_when), draft.holds)
        if why == "when":
            continue
        _note(draft, one, why)
        if why:
            continue
        state.offered = {**state.offered, one.key: state.offered.get(one.key, 0) + 1}
        if one.rule.move == "direct":
            return _hand_over(draft, one.point, one.name, one.rule.queue)
        return _offer(draft, Offering(one.point, one.name, str(one.rule.queue), then))
    state.people = {}  # each decision is made on what is so then
    return None


def _offer(draft: Draft, offering: Offering) -> Move:
    state = draft.state
    state.offering, state.scratch, state.people = offering, {}, {}
    state.visits += 1
    if not state.flow:
        state.flow = draft.hotline.file.start
    draft.forget_names()
    step: Any = draft.hotline.offers[f"{offering.point}.{offering.rule}"]
    move: Move = step.enter(draft)
    return move


def _hand_over(draft: Draft, point: str, rule: str, queue: str) -> Jump:
    person = draft.hotline.file.always.get("person")
    if person is None or person.go is None:
        raise FlowError("handoff.yaml moves callers, but `always:` of hotline.yaml names no place for `person`")
    draft.state.handed, draft.state.people = Handed(point, rule, str(queue)), {}
    return Jump(person.go.flow, person.go.step)


def _note(draft: Draft, one: Candidate, why: str) -> None:
    """A decision, with what it was made on; `result` tells why a rule that fits was not applied."""
    state, queue = draft.state, one.rule.queue
    inputs = {key: value for key in INPUTS if (value := state.profile.get(key)) not in (None, [], False)}
    people = {PEOPLE: state.people[queue]} if queue in state.people else {}
    draft.note(
        "decided",
        point=one.point,
        rule=one.name,
        result=why or one.rule.move,
        queue=queue,
        inputs={**inputs, "wish": state.wish, **people},
    )
