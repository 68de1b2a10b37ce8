"""Keys work at every prompt (R55): somebody who presses and never speaks gets on."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.engine import ending
from ivr.proof.graph import Edge, Graph
from ivr.proof.suspect import Suspect, nobody
from ivr.proof.turns import LEFT


class Keys:
    name = "keys"
    says = "every question can be answered by keys alone, so that the call goes on"

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        for node in graph.nodes:
            asks = node.is_question and ending.BECAUSE not in node.state.scratch  # a goodbye needs no answer
            if asks and not node.is_open and node.came is not None and not any(map(_answers, node.edges)):
                pressed = [edge for edge in node.edges if edge.deed.sort == "wrong_key"][:1]
                yield Suspect(node, tuple(pressed), "no key answers this question", nobody, node.place)


def _answers(edge: Edge) -> bool:
    """A key of the question's own that leads on from it."""
    there = edge.target
    left = LEFT in edge.outcome.marks or there is None or (there.place, there.is_hold) != (edge.source.place, False)
    return edge.deed.sort == "key" and left
