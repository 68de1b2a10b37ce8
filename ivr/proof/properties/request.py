"""The second request for a person reaches one, whatever the rules that hold callers back say (R21, R42, R43).

So does a yes to one that is offered: what the house has offered, it does not hold back.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.proof.games import Good, astray, leads, surely
from ivr.proof.graph import Edge, Graph
from ivr.proof.suspect import Suspect, nobody
from ivr.proof.watch import Seen

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
        "the second request for a person reaches a person, a queue or a callback, and so does a yes to one that is "
        "offered; a message where nobody is there or the caller hides the number. Tries that fail count as requests"
    )

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        good = reaches(graph)
        found = surely(graph, good)
        for edge in graph.edges():
            saw, asked = edge.seen, edge.source.mind.asked
            if not saw.requested or not (asked or saw.gave_up or saw.agreed) or leads(edge, found, good):
                continue
            if not asked and "place" in saw.reached:
                continue  # told something first, in line already: as on a first request
            tail = (edge, *astray(edge, found, good))
            yield Suspect(edge.source, tail, f"{_who(saw)} reaches nobody", nobody)


def _who(saw: Seen) -> str:
    if saw.agreed:
        return "who says yes to a person that he is offered"
    return "who fails all tries of a question" if saw.gave_up else "who asks for a person a second time"
