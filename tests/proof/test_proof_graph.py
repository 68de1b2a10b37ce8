"""States and turns as they are printed, by a test that fails, say."""

from __future__ import annotations

from proof_stage import hotline

from ivr.engine.opening import begin
from ivr.proof.deeds import beginnings
from ivr.proof.graph import Edge, Node
from ivr.proof.law import Law
from ivr.proof.turns import Outcome
from ivr.proof.watch import Mind, Seen


def test_a_state_is_printed_without_the_turns_that_lead_from_it_and_to_it() -> None:
    law = Law(hotline())
    start = beginnings(law)[0]
    state = begin(law.hotline, "proof", start.event, now=law.moments[0].at)  # type: ignore[arg-type]
    node = Node(0, state, Mind(), {}, None)
    node.came = Edge(node, start, Outcome(state, {}, None), Seen(Mind()), node)
    node.edges.append(node.came)
    assert "Edge(" not in repr(node)
    assert repr(node.came).count("Node(") == 2
