"""Off hours every request ends in a message or a callback (R82)."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.proof.games import astray, leads, surely
from ivr.proof.graph import Edge, Graph
from ivr.proof.suspect import Suspect, nobody

REACHED = frozenset({"line", "agent", "dial", "callback", "tape"})


class OffHours:
    name = "off_hours"
    says = (
        "off hours every request ends in a message or a callback, or with a person who is there; in words alone only "
        "where `limits: {off_hours: words}` says so"
    )

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        words_will_do = graph.law.hotline.file.limits.off_hours == "words"

        def good(edge: Edge) -> bool:
            return bool(edge.seen.reached & REACHED) or (words_will_do and edge.outcome.over)

        found = surely(graph, good)
        for edge in graph.edges():
            if edge.seen.requested and edge.seen.shut and not leads(edge, found, good):
                sentence = "who asks for a person off hours can leave neither a message nor a number"
                yield Suspect(edge.source, (edge, *astray(edge, found, good)), sentence, nobody)
