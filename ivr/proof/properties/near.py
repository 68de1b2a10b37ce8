"""A person is never more than so many answers away (R55)."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.proof.games import Good, best, groups, leads
from ivr.proof.graph import Edge, Graph, Node
from ivr.proof.properties.request import reaches
from ivr.proof.suspect import Suspect, nobody


class Near:
    name = "near"
    says = "from every question a caller who wants a person has one within the answers of `limits: {person_within: …}`"

    def suspects(self, graph: Graph) -> Iterator[Suspect]:
        turns, reached = graph.law.hotline.file.limits.person_within, reaches(graph)

        def good(edge: Edge) -> bool:
            return reached(edge) or "tape" in edge.seen.reached  # a full line may leave a message only: not this fault

        found = best(graph, good, turns)
        for node in graph.nodes:
            if node.is_question and node not in found and node.came is not None:
                tries = tuple(_tries(node, found, good, turns))
                answers = "one answer" if turns == 1 else f"{turns} answers"
                sentence = f"a caller who wants a person can be more than {answers} away from one"
                yield Suspect(node, tries, sentence, nobody, node.place)


def _tries(node: Node, found: set[Node], good: Good, turns: int) -> Iterator[Edge]:
    """A caller asks for a person, or presses what there is, and the world is in the way."""
    at: Node | None = node
    for _ in range(turns):
        if at is None:
            return
        ways = groups(at)
        if not ways:  # a bound was hit before it was looked at
            return
        asks = [deed for deed in ways if deed.sort in ("always_key", "phrase") and deed.name == "person"]
        keys = [deed for deed in ways if deed.sort in ("key", "wrong_key", "silence")]
        deed = next(iter((*asks, *keys, *ways)))
        edge = next((one for one in ways[deed] if not leads(one, found, good)), ways[deed][0])
        yield edge
        at = edge.target
