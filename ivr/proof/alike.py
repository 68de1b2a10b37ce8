"""Which states of a call make no difference to what can come, and which one stands for them all.

Some things are left out of states on purpose, and tried all ways instead. *How often a question was missed*: every miss
is taken for one before the last and for the last one, so that a question is one state and not one for each try. *What
was taken for the answer*, while the caller is asked back about it: every answer is, when he says yes. *Which line* he
stands in: every line can turn out to be full for him. *What rules have offered him*, where they can be in doubt for
another reason. *His mood*, which words that are an answer tell again.
*What he wants*: conditions on it hold and do not. And *the questions before* (`trails.py`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import asdict
from typing import Any

import msgspec

from ivr.call.state import CallState, Offering
from ivr.engine import confirming, in_line, wishing
from ivr.proof.deeds import Deed
from ivr.proof.law import Law
from ivr.proof.trails import hidden

NOTES = ("first", "form", "then", "understood", "asking")
"""Of a step's notes, those that decide what it does next."""
NOTHING = (None,) * (len(NOTES) + 2)
TRIES = ("missed", "guesses", "refused", "text", "sure", "filler", "doubted")
"""And those that are left out at rest."""
COUNTED = ("missed", "guesses", "refused", "sure", wishing.ANSWER)
"""Of those, what decides inside a turn whether words count."""
SECOND = 2
"""Requests; with the second, nothing comes before the line any more."""
LATER = "…"
"""A way out of the line that the caller is asked about: which, is said when he has said yes."""


def at_rest(law: Law, state: CallState) -> CallState:
    """The state that stands for all that are like it, between two turns."""
    scratch = {name: value for name, value in state.scratch.items() if name not in TRIES}
    if confirming.NOTE in scratch:
        scratch["guesses"] = 1
    if scratch.get(in_line.ASKED, in_line.BACK) != in_line.BACK:
        scratch[in_line.ASKED] = LATER
    offered = {name: times for name, times in state.offered.items() if name in law.surely_offered}
    forgotten = msgspec.structs.replace(state, trail=hidden(state), left=None, wishes=None, ahead=None, mood=None)
    return msgspec.structs.replace(forgotten, scratch=scratch, offered=offered, steps=0)


def prepared(law: Law, state: CallState, deed: Deed) -> CallState:
    """The state at rest as it has to be for this deed, where the deed says of it what was left out."""
    scratch = dict(state.scratch)
    if deed.is_last:
        scratch["missed"] = tries_of(law, state) - 1
    if deed.guess is not None:
        scratch[confirming.NOTE] = asdict(deed.guess)
    if deed.leaves:
        scratch[in_line.ASKED] = deed.leaves
    if deed.wishes is not None:
        return msgspec.structs.replace(state, scratch=scratch, wishes=deed.wishes, wish=None)
    changed = scratch != state.scratch or deed.mood is not None
    return msgspec.structs.replace(state, scratch=scratch, mood=deed.mood) if changed else state


def tries_of(law: Law, state: CallState) -> int:
    tries: int = getattr(law.step_at(state), "tries", 1)
    return tries


def carried(law: Law, state: CallState) -> Hashable:
    """What a call takes along when it leaves all flows."""
    return (
        law.tongue(state.language), state.summary.requests > 0, _offers(state), state.handed and state.handed.queue,
        state.agent is not None, state.place is not None, bool(state.trail),
    )  # fmt: skip


def key_of(law: Law, state: CallState) -> Hashable:
    """Alike for states between which the caller's ways do not differ."""
    listening = state.listening
    return (
        carried(law, state), state.phase, state.flow, state.step, _offering(state.offering), state.pending is not None,
        _notes(state.scratch) if state.agent is None else None,
        tuple((frame.flow, frame.step, _notes(frame.scratch)) for frame in state.frames),
        listening.expect if listening else "",
    )  # fmt: skip


def key_on_arrival(law: Law, state: CallState) -> Hashable:
    """The same where a turn comes to a step, and goes on there; the first question that is left for good is kept."""
    return key_of(law, state), state.left is not None


def key_within(law: Law, state: CallState) -> Hashable:
    """The same where a turn waits for an answer of the world: the tries of its question still count, and whether a
    request that is being dealt with is the first."""
    counted = tuple(map(state.scratch.get, COUNTED))
    return key_on_arrival(law, state), counted, state.mood, min(state.summary.requests, SECOND)


def _offering(offering: Offering | None) -> Hashable:
    return offering and (offering.point, offering.rule, offering.then, offering.form)


def _notes(scratch: dict[str, Any]) -> Hashable:
    if not scratch:
        return None
    notes = (*map(scratch.get, NOTES), scratch.get(in_line.ASKED), confirming.NOTE in scratch or None)
    return None if notes == NOTHING else notes


def _offers(state: CallState) -> Hashable:
    """Who has asked for a person is offered none by a rule any more."""
    if state.summary.requests:
        return None
    return state.mood, tuple(sorted(state.offered.items()))
