"""A rule that moves callers unasked stands only under `entry`, and lets nobody pass but by a tag or the age (R14, R31).

That a rule reads a tag or the age says little: `caller.tags == [] or true` reads one. So its condition is looked at for
a caller without a tag, whatever else is true of him and of the people: it must not hold while his age is not known, nor
at every age in the middle of life.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ivr.flow.expressions import Condition
from ivr.flow.possible import can_hold
from ivr.proof.findings import Written
from ivr.proof.graph import Edge, Graph
from ivr.proof.law import Law
from ivr.proof.replay import Real
from ivr.proof.suspect import Suspect

FILE = "handoff.yaml"
DIRECT = "direct "
UNTAGGED = "caller.tags == []"
AGELESS = "caller.age is none"
MIDDLE = range(18, 65)
"""Ages that nobody is known by: a rule must leave one of them out at least."""
PATHS = frozenset({("caller", "tags"), ("caller", "age")})


class Rules:
    name = "rules"
    says = "a rule with `move: direct` stands only under `entry`, and moves only callers with a tag or of a certain age"

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        for edge in graph.edges():
            for mark in edge.outcome.marks:
                if mark.startswith(DIRECT):
                    yield from _moved(graph.law, edge, *mark.removeprefix(DIRECT).split(" ", 1))


def _moved(law: Law, edge: Edge, point: str, rule: str) -> Iterator[Suspect]:
    if point != "entry":
        sentence = f"the rule {rule!r} of `{point}:` moves a caller without asking him"
        yield _suspect(edge, Written(FILE, (point, rule)), sentence, ())
        return
    n, when = next((n, one.when) for n, one in enumerate(law.hotline.handoff.entry) if one.id == rule)
    at = Written(FILE, ("entry", n, "when"))
    constants = law.hotline.file.constants
    if _lets_through(when, constants, None):
        sentence = f"the rule {rule!r} moves a caller without asking him who has no tag and whose age nobody knows"
        yield _suspect(edge, at, sentence, (UNTAGGED, AGELESS))
    elif all(_lets_through(when, constants, age) for age in MIDDLE):
        sentence = f"the rule {rule!r} moves a caller without asking him who has no tag, whatever his age is"
        yield _suspect(edge, at, sentence, (UNTAGGED, "caller.age == 41"))
        yield _suspect(edge, at, sentence, (UNTAGGED, f"{MIDDLE[0]} <= caller.age <= {MIDDLE[-1]}"))


def _lets_through(when: Condition, constants: Mapping[str, Any], age: int | None) -> bool:
    known = PATHS | {(name,) for name in constants}
    return can_hold(when, {**constants, "caller": {"tags": [], "age": age}}, known)


def _suspect(edge: Edge, at: Written, sentence: str, so: tuple[str, ...]) -> Suspect:
    """`so`: what is true of the caller besides."""
    conditions = (*edge.outcome.conditions, *((Condition(one), True) for one in so))
    shown = replace(edge, outcome=replace(edge.outcome, conditions=conditions))
    return Suspect(edge.source, (shown,), sentence, _decided, at)


def _decided(call: Real) -> list[tuple[str, Any]]:
    last = call.turns[-1]
    decided = [entry.data for entry in last.entries if entry.kind == "decided" and entry.data["result"] == "direct"]
    told = ("point", "rule", "result")
    return [("entry", {"kind": "decided", **{name: one[name] for name in told}}) for one in decided[-1:]]
