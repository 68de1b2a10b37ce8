"""The second request for a person reaches one, whatever the rules that hold callers back say (R21, R42, R43)."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.proof.games import Good, astray, leads, path_to, surely
from ivr.proof.graph import Edge, Graph
from ivr.proof.suspect import Suspect, nobody

REACHED = frozenset({"line", "agent", "dial", "callback"})


def reaches(graph: Graph) -> Good:
    """Whether a turn brings the caller to a person, now or later."""
    words_will_do = graph.law.hotline.file.limits.off_hours == "words"

    def good(edge: Edge) -> bool:
        saw = edge.seen
        if saw.reached & REACHED or ("tape" in saw.reached and saw.message_will_do):
            return True
        return words_will_do and edge.outcome.over and saw.shut

    return good


class SecondRequest:
    name = "request"
    says = (
        "the second request for a person reaches a person, a queue or a callback; a message where nobody is there or "
        "the caller hides the number. Tries that fail count as requests"
    )

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        good = reaches(graph)
        found = surely(graph, good)
        for edge in graph.edges():
            saw, asked = edge.seen, edge.source.mind.asked
            if not saw.requested or not (asked or saw.gave_up) or leads(edge, found, good):
                continue
            if saw.gave_up and not asked and "place" in saw.reached:
                continue  # told something first, in line already: as on a first request
            how = "who fails all tries of a question" if saw.gave_up else "who asks for a person a second time"
            yield Suspect((*path_to(edge), *astray(edge, found, good)), f"{how} reaches nobody", nobody)
