"""No complaint is moved to a person without stored consent (R30, R31)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ivr.call.verbs import Dial
from ivr.proof.graph import Graph
from ivr.proof.replay import Real
from ivr.proof.suspect import Suspect


class Complaint:
    name = "complaint"
    says = "no complaint is moved to a person without a yes that is kept in the record"

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        for node in graph.nodes:
            for edge in node.edges:
                if edge.seen.moved:
                    sentence = "a complaint is moved to a person without the caller's yes"
                    yield Suspect(node, (edge,), sentence, _moved)


def _moved(call: Real) -> list[tuple[str, Any]]:
    last = call.turns[-1]
    queued = [entry.data["queue"] for entry in last.entries if entry.kind == "queued"]
    dialled = [verb.number for verb in last.verbs if isinstance(verb, Dial)]
    moved = [("entry", {"kind": "queued", "queue": queued[-1]})] if queued else [("transferred", dialled[-1])]
    return [*moved, ("no_entry", {"kind": "consent", "answer": "yes"})]
