"""The second request for a person reaches one, whatever the rules that hold callers back say (R21, R42, R43)."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.proof.explore import Edge, Graph
from ivr.proof.games import astray, leads, path_to, surely
from ivr.proof.suspect import Suspect, nobody

REACHED = frozenset({"line", "agent", "dial", "callback"})


class SecondRequest:
    name = "request"
    says = (
        "the second request for a person reaches a person, a queue or a callback; a message where nobody is there or "
        "the caller hides the number. Tries that fail count as requests"
    )

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        words_will_do = graph.law.hotline.file.limits.off_hours == "words"

        def good(edge: Edge) -> bool:
            saw = edge.seen
            if saw.reached & REACHED or ("tape" in saw.reached and saw.mind.spare):
                return True
            return words_will_do and edge.outcome.over and saw.shut

        found = surely(graph, good)
        for node in graph.nodes:
            for edge in node.edges:
                saw = edge.seen
                if not saw.requested or not (node.mind.asked or saw.gave_up) or leads(edge, found, good):
                    continue
                if saw.gave_up and not node.mind.asked and "place" in saw.reached:
                    continue  # told something first, in line already: as on a first request
                how = "who fails all tries of a question" if saw.gave_up else "who asks for a person a second time"
                path = (*path_to(edge), *astray(edge, found, good))
                yield Suspect(path, f"{how} reaches nobody", nobody)
