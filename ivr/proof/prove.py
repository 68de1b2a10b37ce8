"""Of every property of a hotline: proved, a call that breaks it, or the reason why neither was found."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

from ivr.flow.hotline import Hotline
from ivr.proof.clash import Unreal
from ivr.proof.doubt import HOUR, MOBILE, NUMBER, Fact
from ivr.proof.explore import BOUNDS, Bounds, explore
from ivr.proof.findings import Finding, Shown, Written
from ivr.proof.graph import Graph
from ivr.proof.law import Law
from ivr.proof.properties.complaint import Complaint
from ivr.proof.properties.keys import Keys
from ivr.proof.properties.near import Near
from ivr.proof.properties.off_hours import OffHours
from ivr.proof.properties.request import SecondRequest
from ivr.proof.properties.rules import Rules
from ivr.proof.properties.sound import Sound
from ivr.proof.replay import Real
from ivr.proof.roads import Roads
from ivr.proof.script import written
from ivr.proof.suspect import Place, Property, Suspect

PROPERTIES: tuple[Property, ...] = (SecondRequest(), Complaint(), Near(), Sound(), Keys(), Rules(), OffHours())
MOST_ROUNDS = 4
"""How often the states are explored anew with more facts kept in mind."""
MOST_SUSPECTS = 12
MOST_SHOWN = 3
"""Calls that are printed of one property."""
TURNING = frozenset({"ask", "offer", "choose", "lookup", "queue", "callback", "do"})
"""Steps at which a designer would lead callers another way."""


@dataclass(frozen=True, slots=True)
class Report:
    findings: tuple[Finding, ...]
    states: int
    turns: int
    moments: int
    kept: frozenset[Fact]
    """Facts that are taken for one in a whole call."""

    @property
    def bounds(self) -> str:
        """What was looked at, and what was not."""
        hour = " The hour stands still in a call." if HOUR in self.kept else ""
        sorts = "one sort" if self.moments == 1 else f"{self.moments} sorts"
        return (
            f"tried {self.states} states of calls, in {self.turns} steps of the engine, at {sorts} of hours: whatever "
            "a call can come to. With going back, being asked back, once more and slower, lookups that are slow or "
            "fail, full and broken lines, agents who never come or send on, callers who are called back, and earlier "
            "calls of the day. Each "
            f"condition on data holds, does not, and breaks where its data can break it.{hour} Not tried: what is said "
            "to callers, experts in a talk, calls longer than `call_s`, how a call back is rung, data of no declared "
            "shape."
        )


def prove(hotline: Hotline, properties: Sequence[Property] = PROPERTIES, bounds: Bounds = BOUNDS) -> Report:
    with _nothing_thrown_away():
        return _proved(hotline, properties, bounds)


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Whatever is found is kept to the end, and none of the rest is in circles; to look through it all for garbage time
    and again would take a third of the whole time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _proved(hotline: Hotline, properties: Sequence[Property], bounds: Bounds) -> Report:
    law = Law(hotline)
    kept = frozenset({HOUR}) if len(law.moments) > 1 else frozenset[Fact]()  # nearly every property hangs on it
    found: dict[str, Finding] = {}
    states = turns = 0
    for _ in range(MOST_ROUNDS):
        graph = explore(law, kept, bounds)
        states, turns = max(states, len(graph.nodes)), turns + graph.turns.played
        more = frozenset[Fact]()
        roads = Roads(graph)
        for one in properties:
            if one.name not in found or found[one.name].doubts:
                tried = _tried(graph, one, roads)
                finding = tried.finding(graph.unfollowed)
                if one.name not in found or finding.faults or not graph.is_cut:
                    found[one.name] = finding
                more |= tried.facts if found[one.name].doubts else frozenset()
        settled = more & {HOUR, NUMBER, MOBILE}
        more = more if settled <= kept else settled  # what is one for a call by its nature comes first
        if more <= kept or graph.is_cut:
            break
        kept |= more
    return Report(tuple(found.values()), states, turns, len(law.moments), kept)


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of the calls on paper against one property."""

    property: Property
    shown: tuple[Shown, ...]
    unreal: tuple[str, ...]
    facts: frozenset[Fact]

    def finding(self, bounds: Sequence[str]) -> Finding:
        doubts = () if self.shown else (*self.unreal, *bounds)
        return Finding(self.property.name, self.property.says, self.shown, doubts)


def _tried(graph: Graph, property_: Property, roads: Roads) -> _Tried:
    """First the calls as they were found; where none of these can be made, others that come to the same."""
    shown: dict[Place | Written, Shown] = {}
    unreal: dict[Place | Written, list[Suspect]] = {}
    facts: set[Fact] = set()

    def is_made(suspect: Suspect, make: Callable[[Suspect], Real]) -> bool:
        try:
            call = make(suspect)
        except Unreal as why:
            facts.update(why.facts)
            return False
        found = _shown(graph, suspect, call)
        if all((one.place, one.sentence) != (found.place, found.sentence) for one in shown.values()):
            shown[suspect.end] = found
        return True

    for suspect in property_.suspects(graph):
        end = suspect.end
        if len(shown) >= MOST_SHOWN or len(unreal) >= MOST_SUSPECTS:
            break
        if end in shown or len(unreal.get(end, ())) >= MOST_SUSPECTS:
            continue
        if (why := roads.against(suspect)) is not None:
            facts.update(why.facts)
            unreal.setdefault(end, [])
        elif not is_made(suspect, roads.first):
            unreal.setdefault(end, []).append(suspect)
    for suspect in chain(*unreal.values()):
        if shown or is_made(suspect, roads.other):
            break
    doubts = tuple(f"a call against it that ends at {_named(end)} could not be made on paper" for end in unreal)
    return _Tried(property_, tuple(shown.values()), doubts, frozenset(facts))


def _named(place: Place | Written) -> str:
    return str(place) if isinstance(place, Written) else ".".join(place)


def _shown(graph: Graph, suspect: Suspect, call: Real) -> Shown:
    place = suspect.at or _to_mend(graph.law, call)
    if not isinstance(place, Written) and place[0] in graph.law.hotline.house:
        place = Written("queues.yaml", ("queues",))  # no file of a designer holds that step
    text = written(graph.law, call, suspect.sentence, suspect.ends(call))
    return Shown(place, suspect.sentence, text)


def _to_mend(law: Law, call: Real) -> Place:
    """The last step of the call that could lead elsewhere."""
    been = [place for turn in call.turns for place in _been(law, turn.entries)]
    last = call.turns[-1].after
    turning = [(flow, step) for flow, step in been if law.hotline.flows[flow].steps[step].kind in TURNING]
    return turning[-1] if turning else (last.flow, last.step)


def _been(law: Law, entries: Sequence[object]) -> Iterator[Place]:
    for entry in entries:
        flow, _, step = str(getattr(entry, "data", {}).get("step", "")).partition(".")
        if flow in law.hotline.flows and step in law.hotline.flows[flow].steps:
            yield flow, step


__all__ = ["HOUR", "NUMBER", "PROPERTIES", "Report", "prove"]
