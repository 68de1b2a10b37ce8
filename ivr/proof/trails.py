"""Where "go back" can lead: which questions can have come before which, over all calls together.

A call remembers its questions as a list, and calls can go round for ever, so states with their lists would never end.
Here a state knows none of its list but whether there is one. What a turn does to it is worked out beside it (`Moved`),
and kept as a relation: this question can stand upon that one. Going back from a state then leads to every question
that can stand below its own in some call: all that can happen, and some that cannot.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ivr.call.state import TRAIL_LENGTH, Asked, CallState, Frame, Left, Offering
from ivr.engine.travel import MAX_DEPTH
from ivr.proof.doubt import Unfollowed

T = TypeVar("T")
HIDDEN = Asked("", "", 0)
"""In the list of a state that is explored: everything before this turn."""
Taken = frozenset[tuple[Hashable, object]]
"""Facts that a call holds on to."""


@dataclass(frozen=True, slots=True)
class LeftFor:
    """A question that the call has left for good, and can come back to from the line."""

    frames: tuple[tuple[str, str], ...]
    """Flow and step of each call of a flow around it."""
    top: Asked


@dataclass(frozen=True, slots=True)
class Moved:
    """What a turn does to the list of questions."""

    asked: tuple[Asked, ...] = ()
    """Put on top of it."""
    lowest: int = MAX_DEPTH
    """What stood deeper in sub-flows was taken off before."""
    anew: bool = False
    """All of it was."""
    left: LeftFor | None = None
    """Its top is HIDDEN where the call has left what it stood at before."""

    def then(self, rest: Moved) -> Moved:
        """This, and what the same turn does afterwards."""
        top = self.asked[-1] if self.asked else HIDDEN
        left = replace(rest.left, top=top) if rest.left is not None and rest.left.top == HIDDEN else rest.left
        left = self.left or left
        if rest.anew:
            return replace(rest, left=left)
        kept = tuple(one for one in self.asked if one.depth <= rest.lowest)
        return Moved((*kept, *rest.asked), min(self.lowest, rest.lowest), self.anew, left)


NOT_MOVED = Moved()


def hidden(state: CallState) -> list[Asked]:
    """The list of a state that is explored."""
    return [HIDDEN] if state.trail else []


def moved(before: CallState, after: CallState, lowest: int) -> Moved:
    """What was done to the hidden list of the state before."""
    asked, was_hidden = after.trail, before.trail[:1] == [HIDDEN]
    anew = not was_hidden or asked[:1] != [HIDDEN]
    left = after.left if after.left is not None and after.left is not before.left else None
    found = LeftFor(places(left.frames), left.trail[-1]) if left is not None else None
    return Moved(tuple(one for one in asked if one != HIDDEN), lowest, anew, found)


def places(frames: list[Frame]) -> tuple[tuple[str, str], ...]:
    return tuple((frame.flow, frame.step) for frame in frames)


def top_of(state: CallState) -> Asked:
    """The question that a call stands at. A step that only waits stands for the questions below it (see `waits`)."""
    return Asked(state.flow, state.step, len(state.frames))


def last_of(state: CallState) -> Asked | None:
    """The last question in the list of a call. Of one that is asked by a rule it is the question before: that of the
    step, or of the line that waits for what comes of it."""
    match state.offering:
        case Offering(point="entry"):
            return None
        case Offering(point="request"):
            return Asked(state.flow, state.step, len(state.frames) - 1)
        case _:
            return top_of(state)


@dataclass(frozen=True, slots=True)
class _Upon:
    """What a question can stand upon."""

    below: Asked | None
    """None: nothing."""
    lowest: int
    """What is deeper than this was taken off."""


@dataclass(slots=True)
class Trails:
    """What explored turns have shown so far. The rows of each mapping keep the turns that showed them, each with the
    facts that it held on to; a call in which one of them is otherwise is another call."""

    waits: frozenset[tuple[str, str]]
    """Flow and step of everything that calls stand at without being asked: no list holds them."""
    upon: dict[Asked, dict[_Upon, dict[Taken, Any]]] = field(default_factory=dict)
    left: dict[LeftFor, dict[Taken, tuple[Any, list[Frame]]]] = field(default_factory=dict)
    rows: int = 0
    _endless: frozenset[Asked] = frozenset()
    _endless_at: int = -1

    def learn(self, start: CallState, below: Asked | None, move: Moved, taken: Taken, turn: Any) -> None:
        """A turn from a state whose list ends with `below`; `turn` is kept as the way to show it."""
        before = None if move.anew else below
        lowest = move.lowest
        for one in move.asked:
            self._put(one, _Upon(before, lowest), taken, turn)
            before, lowest = one, MAX_DEPTH
        if move.left is not None and (top := below if move.left.top == HIDDEN else move.left.top) is not None:
            if places(start.frames) != move.left.frames:
                raise Unfollowed(f"a question that is left in a flow which was begun in the same turn: {top}")
            rows = self.left.setdefault(replace(move.left, top=top), {})
            if taken not in rows:
                rows[taken] = (turn, start.frames)
                self.rows += 1

    def stands(self, at: Asked, below: Asked | None, move: Moved, taken: Taken, turn: Any) -> None:
        """The turn ends at a step that only waits: what is below it is what the turn has left."""
        before = move.asked[-1] if move.asked else None if move.anew else below
        lowest = MAX_DEPTH if move.asked else move.lowest
        self._put(at, _Upon(before, lowest), taken, turn)

    def _put(self, one: Asked, upon: _Upon, taken: Taken, turn: Any) -> None:
        rows = self.upon.setdefault(one, {}).setdefault(upon, {})
        if taken not in rows:
            rows[taken] = turn
            self.rows += 1

    def below(self, state: CallState, taken: Taken) -> dict[Asked | None, Any]:
        """Every question that "back" can lead to from here, each with a turn that shows it; None: there is none, as
        far as this goes."""
        here = top_of(state)
        if state.offering is not None:
            return {last_of(state): None}
        flows = [*(frame.flow for frame in state.frames), state.flow]
        found: dict[Asked | None, Any] = {}
        been: set[tuple[Asked, int]] = set()
        todo = [(here, len(state.frames))]
        while todo:
            one, most = todo.pop()
            if (one, most) in been:
                continue
            been.add((one, most))
            if one in self.endless:
                found.setdefault(None, None)
            for upon, rows in self.upon.get(one, {}).items():
                if (turn := _agreeing(rows, taken)) is None:
                    continue
                lower, depth = upon.below, min(most, upon.lowest)
                if lower is None:
                    found.setdefault(None, turn)
                elif lower == here or lower.depth > depth or (lower.flow, lower.step) in self.waits:
                    todo.append((lower, depth))
                elif flows[lower.depth] == lower.flow:
                    found.setdefault(lower, turn)
        return found

    def ways_back(self, taken: Taken) -> Iterator[tuple[LeftFor, Any, list[Frame]]]:
        """The questions that a call can have left for good, each with the turn that left it."""
        for left, rows in self.left.items():
            found = _agreeing(rows, taken)
            if found is not None:
                yield left, found[0], found[1]

    @property
    def endless(self) -> frozenset[Asked]:
        """Questions under which a list can be so long that its oldest ones are forgotten."""
        if self._endless_at != self.rows:
            long = set(self.upon)
            for _ in range(TRAIL_LENGTH - 1):
                long = {one for one in long if any(upon.below in long for upon in self.upon[one])}
            self._endless, self._endless_at = frozenset(long), self.rows
        return self._endless


def _agreeing(rows: dict[Taken, T], taken: Taken) -> T | None:
    """The first that was shown by a call which is not another one for sure."""
    facts = dict(taken)
    for known, found in rows.items():
        if all(facts.get(fact, value) == value for fact, value in known):
            return found
    return None


def with_trail(state: CallState, asked: Asked | None) -> list[Asked]:
    """The list of a state from where the call goes back to that question."""
    here = [] if state.offering is not None else [top_of(state)]
    return [HIDDEN, asked, *here] if asked is not None else here


def back_to(left: LeftFor, frames: list[Frame]) -> Left:
    return Left(frames=frames, trail=[HIDDEN, left.top])
