"""Rules of handoff.yaml that move a caller to a person unasked for: at entry, and in the dialogue (R12-R18).

At each point the same: see how the queues are doing, where a rule asks for that; take the first rule that fits;
connect, or have the caller asked. The question is a step like any other `offer`, which stands beside the flow: after
a no the call goes on where it would have gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ivr.call.events import SpeechHeard
from ivr.call.state import Handed, Offering
from ivr.engine import forms, offering, people
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask, Go, Jump, Move
from ivr.engine.phrases import plain, within
from ivr.errors import FlowError
from ivr.flow.handoff import DialogueRule, EntryRule
from ivr.routing.handoff import CALLBACK, Now, Standing, standing


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


# --- the points ----------------------------------------------------------------------------------------------


def entry(draft: Draft) -> Move | None:
    """Before the first step; None where no rule moves the caller."""
    return _apply(draft, [Candidate("entry", rule.id, rule) for rule in draft.hotline.handoff.entry], "")


def dialogue(draft: Draft, intent: str | None, then: str) -> Move | None:
    """The caller has answered, and the flow would go on with `then`; None where no rule moves him."""
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
    return move


def hear_mood(draft: Draft, event: SpeechHeard) -> None:
    """What a recogniser of voices tells of the caller's mood, or the phrases of a rule do (R46)."""
    mood, heard, language = event.mood, plain(event.text), draft.state.language
    for name, rule in draft.hotline.handoff.mood.items():
        if mood is None and any(within(phrase, heard) for phrase in rule.phrases.get(language, ())):
            mood = name
    feels(draft, mood)


def feels(draft: Draft, mood: str | None) -> None:
    """The caller is known to be in this mood, where handoff.yaml has a rule for it; noted once a turn."""
    if mood in draft.hotline.handoff.mood and mood != draft.state.mood:
        draft.state.mood = mood
        draft.state.complained = True  # nothing is advertised to him any more
        draft.note("mood", mood=mood)


# --- what became of the question -------------------------------------------------------------------------------


def answered(draft: Draft, offered: Offering, outcome: str | None) -> Move:
    """yes: to a person, or what else was offered. All else: on as if nobody had asked, with no penalty (R15)."""
    draft.state.offering = None
    if outcome == "yes" and not offered.form:
        return _hand_over(draft, offered.point, offered.rule, offered.queue)
    way = forms.taken(draft, offered) if outcome == "yes" else forms.REFUSED
    if offered.point == forms.REQUEST:
        return Go(f"return {way}")
    return Go(offered.then) if offered.then else Jump(draft.hotline.file.start)


# --- one rule after the other ---------------------------------------------------------------------------------


def _apply(draft: Draft, candidates: Sequence[Candidate], then: str) -> Move | None:
    """What the first rule that fits comes to; None where none does."""
    state, offers_when = draft.state, draft.hotline.handoff.offers_when
    conditions = [*(one.rule.when for one in candidates), offers_when]
    looks = any(_needs_idle(one.rule) for one in candidates) or people.matter(conditions)
    if candidates and not state.people and looks:
        return people.see(draft)
    for one in candidates:
        if one.rule.off or not draft.holds(one.rule.when):
            continue  # and nothing else is looked at
        found = standing(one.rule, _now(draft, one.rule), draft.holds)
        _note(draft, one, found)
        if found.why:
            continue
        state.offered = {**state.offered, one.key: state.offered.get(one.key, 0) + 1}
        queue = str(one.rule.queue or "")
        if one.rule.move == "direct":
            if one.rule.say is not None:
                draft.say(str(one.rule.say))
            return _hand_over(draft, one.point, one.name, queue)
        return offering.put(draft, Offering(one.point, one.name, queue, then, found.form))
    state.people = {}  # each decision is made on what is so then
    return None


def _needs_idle(rule: EntryRule | DialogueRule) -> bool:
    """Whether it offers somebody who is free."""
    later_only = rule.later is not None and rule.offer is None
    return rule.only_if == "idle" and rule.queue is not None and not later_only


def _now(draft: Draft, rule: EntryRule | DialogueRule) -> Now:
    queue = str(rule.queue or "")
    return Now(
        open=bool(queue) and draft.is_open(queue),
        idle=draft.idle(queue),
        offers_made=draft.holds(draft.hotline.handoff.offers_when),
        reachable=forms.is_possible(draft, rule.elsewhere or CALLBACK) if rule.later or rule.elsewhere else True,
    )


def _hand_over(draft: Draft, point: str, rule: str, queue: str) -> Jump:
    person = draft.hotline.file.always.get("person")
    if person is None or person.go is None:
        raise FlowError("handoff.yaml moves callers, but `always:` of hotline.yaml names no place for `person`")
    draft.state.handed, draft.state.people = Handed(point, rule, str(queue)), {}
    return Jump(person.go.flow, person.go.step)


def _note(draft: Draft, one: Candidate, found: Standing) -> None:
    """A decision, with what it was made on; `result` tells why a rule that fits was not applied."""
    rule, queue = one.rule, str(one.rule.queue or "")
    told: dict[str, Any] = {"form": found.form} if found.form else {}
    if isinstance(rule, DialogueRule):
        told["because"] = draft.hotline.boundary(one.point, one.name, rule.because)
    draft.note(
        "decided",
        point=one.point,
        rule=one.name,
        result=found.why or rule.move,
        queue=queue or None,
        inputs=people.inputs(draft, queue),
        **told,
    )
