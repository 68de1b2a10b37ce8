"""Where "go back" can lead: which questions can have come before which, over all calls together.

A call remembers its questions as a list, and calls can go round for ever, so states with their lists would never end.
Here a state knows none of its list but whether there is one. What a turn does to it is worked out beside it (`Moved`),
and kept as a relation: this question can stand upon that one. Going back from a state then leads to every question
that can stand below its own in some call: all that can happen, and some that cannot.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ivr.call.state import TRAIL_LENGTH, Asked, CallState, Frame, Left
from ivr.engine.forms import REQUEST
from ivr.engine.travel import MAX_DEPTH
from ivr.proof.doubt import Unfollowed

T = TypeVar("T")
HIDDEN = Asked("", "", 0)
"""In the list of a state that is explored: everything before this turn."""
WAITS = " waits"
"""After the name of a step at which nobody is asked anything: no question of a flow is named so."""
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
        if self == NOT_MOVED or rest == NOT_MOVED:
            return rest if self == NOT_MOVED else self
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
    """The last question in the list of a call. Of one that is asked by a rule it is the question before."""
    return None if state.offering is not None and state.offering.point == "entry" else top_of(state)


@dataclass(frozen=True, slots=True)
class _Upon:
    """What a question can stand upon."""

    below: Asked | None
    """None: nothing."""
    lowest: int
    """What is deeper than this was taken off."""
    left: LeftFor | None = None
    """Where it stands upon nothing: the question that was left for good then, …"""
    over: Asked | None = None
    """… if nothing else had been left before that, by a call that stood here. Where nothing was left it only waited
    here, and its list was empty."""


@dataclass(frozen=True, slots=True)
class Below:
    """Where "back" can lead, each with a turn that shows it. None: there is no question, as far as this goes; but there
    may be one that the call has left for good."""

    always: Mapping[Asked | LeftFor | None, Any]
    if_short: Mapping[Asked | LeftFor | None, Any]
    """Only where the list has been so long that its oldest questions are forgotten, and is short now."""


@dataclass(slots=True)
class Trails:
    """What explored turns have shown so far. The rows of each mapping keep the turns that showed them, each with the
    facts that it held on to; a call in which one of them is otherwise is another call."""

    waits: frozenset[tuple[str, str]]
    """Flow and step of everything that calls stand at without being asked, lines among them: no list holds them."""
    upon: dict[Asked, dict[_Upon, dict[Taken, Any]]] = field(default_factory=dict)
    left: dict[LeftFor, dict[Taken, tuple[Any, list[Frame]]]] = field(default_factory=dict)
    rows: int = 0
    _endless: frozenset[Asked] = frozenset()
    _lefts: dict[Asked, frozenset[LeftFor]] = field(default_factory=dict)
    _summed_up_at: int = -1

    def learn(self, start: CallState, below: Asked | None, move: Moved, taken: Taken, turn: Any) -> None:
        """A turn from a state whose list ends with `below`; `turn` is kept as the way to show it."""
        before = self._first(start, below, move)
        for one in move.asked:
            self._put(one, before, taken, turn)
            before = _Upon(one, MAX_DEPTH)
        if move.left is not None and (top := below if move.left.top == HIDDEN else move.left.top) is not None:
            if places(start.frames) != move.left.frames:
                raise Unfollowed(f"a question that is left in a flow which was begun in the same turn: {top}")
            rows = self.left.setdefault(replace(move.left, top=top), {})
            if taken not in rows:
                rows[taken] = (turn, start.frames)
                self.rows += 1

    def stands(self, start: CallState, below: Asked | None, move: Moved, taken: Taken, turn: Any) -> None:
        """The turn ends at a step that only waits: what is below it is what the turn has left."""
        upon = _Upon(move.asked[-1], MAX_DEPTH) if move.asked else self._first(start, below, move)
        self._put(self.top(turn.target.state), upon, taken, turn)

    def top(self, state: CallState) -> Asked | None:
        """The last question in the list of a call; where it only waits, its own place among these questions."""
        in_line = state.offering is not None and state.offering.point == REQUEST
        if (state.offering is not None and not in_line) or (state.flow, state.step) not in self.waits:
            return last_of(state)
        frames = state.frames[:-1] if in_line else state.frames
        around = "/".join(f"{frame.flow}.{frame.step}" for frame in frames)
        return Asked(f"{around}/{state.flow}", f"{state.step}{WAITS}", len(frames))

    def _first(self, start: CallState, below: Asked | None, move: Moved) -> _Upon:
        """What the first question of a turn stands upon."""
        if not move.anew:
            return _Upon(below, move.lowest)
        waits = (start.flow, start.step) in self.waits
        over = below or (self.top(start) if waits else None)
        left = replace(move.left, top=below) if move.left and move.left.top == HIDDEN and below else move.left
        return _Upon(None, move.lowest, left, over if left or waits else None)

    def _put(self, one: Asked | None, upon: _Upon, taken: Taken, turn: Any) -> None:
        rows = self.upon.setdefault(one, {}).setdefault(upon, {}) if one is not None else {}
        if one is not None and taken not in rows:
            rows[taken] = turn
            self.rows += 1

    def below(self, state: CallState, taken: Taken) -> Below:
        """Every question that "back" can lead to from here."""
        here = top_of(state)
        self._sum_up()
        if state.offering is not None:
            return Below({None if state.offering.point == REQUEST else last_of(state): None}, {})
        flows = [*(frame.flow for frame in state.frames), state.flow]
        found: dict[Asked | LeftFor | None, Any] = {}
        if_short: dict[Asked | LeftFor | None, Any] = {}
        been: set[tuple[Asked, int]] = set()
        todo = [(self.top(state) or here, len(state.frames))]
        while todo:
            one, most = todo.pop()
            if (one, most) in been:
                continue
            been.add((one, most))
            if one in self.endless:
                if_short.setdefault(None, None)
                if_short.update(dict.fromkeys(self.lefts.get(one, ())))
            for upon, rows in self.upon.get(one, {}).items():
                if (turn := _agreeing(rows, taken)) is None:
                    continue
                lower, depth = upon.below, min(most, upon.lowest)
                if lower is None:
                    found.setdefault(None, turn)
                    found.update(dict.fromkeys(self._left_by(upon)))
                elif lower == here or lower.depth > depth or lower.step.endswith(WAITS):
                    todo.append((lower, depth))
                elif flows[lower.depth] == lower.flow:
                    found.setdefault(lower, turn)
        return Below(found, {asked: turn for asked, turn in if_short.items() if asked not in found})

    def with_trail(self, state: CallState, asked: Asked | None) -> list[Asked]:
        """The list of a state from where the call goes back to that question."""
        stands = state.offering is None and (state.flow, state.step) not in self.waits
        here = [top_of(state)] if stands else []
        return [HIDDEN, asked, *here] if asked is not None else here

    def way_back(self, left: LeftFor, taken: Taken) -> tuple[Any, list[Frame]] | None:
        """To a question that was left for good: the turn that left it, and the flows around it."""
        return _agreeing(self.left.get(left, {}), taken)

    def before_the_line(self, left: LeftFor, taken: Taken) -> Iterator[LeftFor]:
        """The same with each question that it can lead to: of what was left in a line, those that can stand below."""
        if not left.top.step.endswith(WAITS):
            yield left
            return
        flows = [*(flow for flow, _ in left.frames), left.top.flow.rpartition("/")[2]]
        been: set[tuple[Asked, int]] = set()
        todo = [(left.top, left.top.depth)]
        while todo:
            one, most = todo.pop()
            if (one, most) in been:
                continue
            been.add((one, most))
            for upon, rows in self.upon.get(one, {}).items():
                lower, depth = upon.below, min(most, upon.lowest)
                if lower is None or _agreeing(rows, taken) is None:
                    continue
                if lower.depth > depth or lower.step.endswith(WAITS):
                    todo.append((lower, depth))
                elif flows[lower.depth] == lower.flow:
                    yield replace(left, top=lower)

    @property
    def endless(self) -> frozenset[Asked]:
        """Questions under which a list can be so long that its oldest ones are forgotten."""
        self._sum_up()
        return self._endless

    @property
    def lefts(self) -> dict[Asked, frozenset[LeftFor]]:
        """What calls can have left for good that stand at a question."""
        self._sum_up()
        return self._lefts

    def _left_by(self, upon: _Upon) -> frozenset[LeftFor]:
        if upon.left is not None:
            return frozenset({upon.left}).union(() if upon.over is None else self._lefts.get(upon.over, ()))
        found, been, todo = set[LeftFor](), set[Asked](), [upon.over]
        while todo:
            over = todo.pop()
            if over is not None and over not in been:
                been.add(over)
                for one in self.upon.get(over, ()):
                    if one.below is None and one.left is not None:
                        found |= self._left_by(one)
                    elif one.below is None:
                        todo.append(one.over)
        return frozenset(found)

    def _sum_up(self) -> None:
        if self._summed_up_at == self.rows:
            return
        long = set(self.upon)
        for _ in range(TRAIL_LENGTH - 1):
            long = {one for one in long if any(upon.below in long and upon.below != one for upon in self.upon[one])}
        self._endless, self._lefts, self._summed_up_at = frozenset(long), {}, self.rows
        grows = True
        while grows:
            grows = False
            for one, found in self.upon.items():
                below = (self._lefts.get(upon.below, frozenset()) for upon in found if upon.below is not None)
                lefts = frozenset[LeftFor]().union(*below, *map(self._left_by, found))
                grows = grows or lefts != self._lefts.get(one, frozenset())
                self._lefts[one] = lefts


def _agreeing(rows: dict[Taken, T], taken: Taken) -> T | None:
    """The first that was shown by a call which is not another one for sure."""
    facts = dict(taken)
    for known, found in rows.items():
        if all(facts.get(fact, value) == value for fact, value in known):
            return found
    return None


def back_to(left: LeftFor, frames: list[Frame]) -> Left:
    return Left(frames=frames, trail=[HIDDEN, left.top])
