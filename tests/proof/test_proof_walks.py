"""Whatever a real call comes to, the proofs have a way there: long calls by keys that go round, ask for a person, and
go back, also further than a call remembers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from hotlines import flow
from proof_stage import explored

from ivr.call.events import CallStarted, Event, Placed
from ivr.call.state import TRAIL_LENGTH, CallState
from ivr.call.tasks import AskPlace, TakePlace
from ivr.engine.opening import begin
from ivr.engine.step import step
from ivr.flow.hotline import Hotline
from ivr.proof.deeds import Deed
from ivr.proof.graph import Graph, Node

ALWAYS = "{person: {key: 0, go: person}, back: {key: 9}}"
WORDS = """
top: {say: "Inner, next, or back to the top?", choices: {inner: [inner], next: [next], top: [top]}}
"""


def question(name: str, **ways: str) -> str:
    on = ", ".join(f"{way}: {step}" for way, step in ways.items())
    return f"{name}: {{ask: top, expect: choice, keys: {{1: inner, 2: next, 3: top}}, on: {{{on}, nothing: bye}}}}\n"


BYE = "bye: {hangup: goodbye}\n"
LINE = "line: {queue: general, keys: {1: out}, on: {out: first, done: bye, full: bye, closed: bye}}\n"
AFTER = question("after", inner="inner", next="one", top="two")
MAIN = (
    question("one", inner="inner", next="two", top="three")
    + question("two", inner="one", next="three", top="inner")
    + question("three", inner="inner", next="one", top="two")
    + "inner: {do: inner, on: {done: after}}\n"
    + AFTER
    + BYE
)
INNER = question("a", inner="b", next="b", top="b") + question("b", inner="a", next="a", top="return") + BYE
FIRST = question("first", inner="second", next="second", top="second")
"""The only one that can have nothing before it, until that is forgotten."""
SECOND = question("second", inner="third", next="third", top="third")
THIRD = question("third", inner="first", next="first", top="first")
FLOWS = {"main": flow("main", MAIN), "inner": flow("inner", INNER), "words": WORDS, "always": ALWAYS}
TO_A_LINE = flow("person", LINE + FIRST + SECOND + THIRD + BYE)
TO_AN_END = flow("main", MAIN.replace(AFTER, question("after", inner="bye", next="bye", top="bye")))
"""Nobody goes back to `after`."""
TO_A_CALLBACK = flow("person", "line: {callback: general, on: {booked: bye, impossible: bye}}\n" + BYE)
ROUNDS, FORTH, BACK = 6, 2 * TRAIL_LENGTH, TRAIL_LENGTH + 2
OFTEN = 0.95


def after(made: Hotline, state: CallState, event: Event) -> CallState:
    while True:
        result = step(made, state, event, now=state.started_at)
        state = result.state
        if result.question is None:
            return state
        assert isinstance(result.question, TakePlace | AskPlace)
        event = Placed(result.question.queue, 1, 1, state.started_at)


def stands(state: CallState) -> tuple[object, ...]:
    return state.phase, state.flow, state.step, [(one.flow, one.step) for one in state.frames]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return explored(**FLOWS, person=TO_A_LINE)


@dataclass
class Walk:
    """A real call, and every state of the proofs that it can be in."""

    graph: Graph
    state: CallState
    nodes: set[Node]

    @staticmethod
    def begun(graph: Graph) -> Walk:
        made = graph.law.hotline
        called = CallStarted(caller="+12025550100", called="", channel="proof")
        state = after(made, begin(made, "proof", called, now=graph.law.moments[0].at), called)
        return Walk(graph, state, set(_targets(graph.nodes[:1], "calls", "")))

    def keys(self) -> dict[str, Deed]:
        """What can be pressed, by its key or by what it always does."""
        pressed = ("key", "always_key")
        return {one.deed.name: one.deed for node in self.nodes for one in node.edges if one.deed.sort in pressed}

    def press(self, name: str) -> None:
        """On to where the call comes; some state of the proofs must be there."""
        deed = self.keys()[name]
        self.state = after(self.graph.law.hotline, self.state, deed.event)
        self.nodes = {one for one in _targets(self.nodes, deed.sort, name) if stands(one.state) == stands(self.state)}
        assert self.nodes, f"no proof has been at {stands(self.state)}"


def _targets(nodes: Iterable[Node], sort: str, name: str) -> Iterator[Node]:
    for edge in (edge for node in nodes for edge in node.edges):
        if edge.target is not None and (edge.deed.sort, edge.deed.name) == (sort, name):
            yield edge.target


@pytest.mark.parametrize("seed", range(40))
def test_a_call_by_keys_never_comes_to_where_no_proof_has_been(seed: int, graph: Graph) -> None:
    chance, walk = random.Random(seed), Walk.begun(graph)
    for _ in range(ROUNDS):
        for goes_back in [False] * chance.randint(2, FORTH) + [True] * chance.randint(1, BACK):
            keys = walk.keys()
            seldom = keys.keys() & {"back", "person"} if chance.random() < OFTEN else set()
            walk.press("back" if goes_back and "back" in keys else chance.choice(sorted(keys.keys() - seldom)))


def test_where_a_person_was_asked_for_comes_before_all_that_is_not_forgotten(graph: Graph) -> None:
    walk = Walk.begun(graph)
    walk.press("person")
    for key in "1" * (TRAIL_LENGTH + 2):
        walk.press(key)
    assert walk.state.step == "second"
    for _ in range(TRAIL_LENGTH - 1):
        walk.press("back")
    assert walk.state.step == "third"
    walk.press("back")
    assert walk.state.step == "one"


def test_what_was_forgotten_in_a_flow_that_is_over_cannot_be_gone_back_to() -> None:
    walk = Walk.begun(explored(**{**FLOWS, "main": TO_AN_END}, person=TO_A_CALLBACK))
    for key in ("1", *["1"] * (TRAIL_LENGTH + 1), "3", "back"):
        walk.press(key)
    assert walk.state.step == "after"
