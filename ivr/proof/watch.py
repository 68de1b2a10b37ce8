"""What a proof keeps in mind of a call beside its state: requests, complaints, and when a message will do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ivr.call.state import CallState
from ivr.call.verbs import Dial, Record
from ivr.proof.deeds import MISSES, Deed
from ivr.proof.doubt import HOUR, NUMBER
from ivr.proof.law import Law
from ivr.proof.turns import DOWN, LEFT, Outcome


@dataclass(frozen=True, slots=True)
class Mind:
    """Kept from turn to turn."""

    asked: bool = False
    """The caller has asked for a person before."""
    plaint: bool = False
    """The caller complains, and has neither agreed to be moved nor asked for a person since."""
    spare: bool = False
    """Since the last request it has come out that nobody is there at this hour, that the line is broken, or that the
    caller hides the number: a message is all that can be done."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one turn came to."""

    mind: Mind
    reached: frozenset[str] = frozenset()
    """Of `line`, `place`, `agent`, `dial`, `callback`, `tape`: how a person is reached. `place`: held, while the caller
    is told something."""
    requested: bool = False
    """The caller asked for a person in this turn, or said yes to one."""
    agreed: bool = False
    """He said yes to one that he was offered."""
    gave_up: bool = False
    """All tries of a question failed in this turn."""
    shut: bool = False
    """Nobody is there at this hour."""
    message_will_do: bool = False
    """A message is all that can be done in this turn: nobody is there, the line is broken, or the caller hides the
    number."""
    moved: bool = False
    """A complaint was moved to a person without a yes."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one turn came to, whatever the caller has in mind."""

    requested: bool
    agreed: bool
    gave_up: bool
    consented: bool
    """The caller said yes to a person, or to another form than the line."""
    shut: bool
    little: bool
    """The line is broken, or the caller hides his number."""
    moved: bool
    complains: bool | None
    """Of what he wants now; None where he has said nothing of that."""
    anew: bool
    """What is said where the turn leads is a new wish."""
    over: bool
    reached: frozenset[str]

    def to(self, mind: Mind) -> Seen:
        """The same for a caller with that in mind."""
        asks = self.requested or self.gave_up
        spare = (mind.spare and not asks) or self.shut or self.little
        complains = mind.plaint if self.complains is None else self.complains
        plaint = complains and not (self.consented or asks)
        moved = plaint and self.moved
        done = bool(self.reached & {"line", "agent", "callback"})
        asked = mind.asked or asks
        spared = asked and spare
        after = Mind(asked, plaint and not (moved or self.anew), spared and not (done or self.anew or self.over))
        return Seen(after, self.reached, asks, self.agreed, self.gave_up, self.shut, spared, moved)


def sight(law: Law, before: CallState, deed: Deed, outcome: Outcome) -> Sight:
    step, state = law.step_at(before), outcome.state
    left = LEFT in outcome.marks or outcome.over
    way = _way(step, deed, law.step_at(state)) if left else ""
    consented = "consent" in outcome.marks
    agreed = consented and not (before.offering is not None and before.offering.form)
    # Who says in line that he wants a person is told where he stands: he has a place already.
    told = deed.sort == "phrase" and before.place is not None and getattr(step, "kind", "") == "queue"
    meant = deed.guess is not None and deed.guess.always == "person"
    asks = way in law.for_people or meant or "person" in outcome.marks
    return Sight(
        requested=agreed or (asks and not (consented or told)),
        agreed=agreed,
        gave_up=deed.sort in MISSES and left and _counts(step),
        consented=consented,
        shut=_is_shut(law, outcome),
        little=DOWN in outcome.marks or outcome.given.get(NUMBER) is False,
        moved=bool(outcome.marks & {"queued", "dialled"}),
        complains=_complains(law, way, outcome),
        anew=getattr(law.step_at(state), "expect", "") == "intent",
        over=outcome.over,
        reached=frozenset(_reached(law, outcome)),
    )


def _way(step: Any, deed: Deed, after: Any) -> str:
    """The answer that was given to a question that branches, or the wish instead; empty for any other deed, and where a
    wish leads to a question that hears it: it is said there again."""
    branches = step is not None and step.kind in ("ask", "resume")
    if deed.wish is not None:
        branches = getattr(after, "expect", "") != "intent"
    return deed.answer if branches and deed.sort not in MISSES else ""


def _counts(step: Any) -> bool:
    """Whether failing to answer is a request for a person (R43). Silence is an answer to a yes or no, to an offer, a
    rating, and to a choice that is put once only."""
    expect = getattr(step, "expect", "yes_no")
    return step.kind == "ask" and expect != "yes_no" and (step.tries > 1 or expect != "choice")


def _is_shut(law: Law, outcome: Outcome) -> bool:
    hour = outcome.given.get(HOUR)
    return "shut" in outcome.marks or (isinstance(hour, int) and "" not in law.moments[hour].open)


def _complains(law: Law, way: str, outcome: Outcome) -> bool | None:
    for mark in outcome.marks:
        if mark.startswith("resumed "):
            return mark.removeprefix("resumed ") in law.complaints
    return way in law.complaints if way in law.hotline.intents else None


def _reached(law: Law, outcome: Outcome) -> Iterator[str]:
    state = outcome.state
    if "callback" in outcome.marks:
        yield "callback"
    if outcome.over:
        return
    if state.agent is not None:
        yield "agent"
    elif state.place is not None:
        yield "place"
        if getattr(law.step_at(state), "kind", "") == "queue":
            yield "line"
    if isinstance(outcome.verb, Dial):
        yield "dial"
    if isinstance(outcome.verb, Record):
        yield "tape"
