"""Flows that stand in no file: where a call is that no flow of the hotline has led anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.flow.hotline import Flow
from ivr.flow.kit import Kit
from ivr.flow.refs import BY_RULES, QueueRef, StepRef, WordsRef

CALLED_BACK = "*called_back"
"""Who is called back and talks with an agent. No flow of a hotline can have such a name."""
LINE, OVER = "line", "over"


def house_flows(kit: Kit) -> Mapping[str, Flow]:
    """Flow by name. A caller who was called back waits in line where an agent sends him on, and that is all."""
    line = kit.kinds["queue"](queue=QueueRef(BY_RULES), on=dict.fromkeys(("done", "full", "closed"), StepRef(OVER)))
    over = kit.kinds["hangup"](hangup=WordsRef("called_back_over"))
    return {CALLED_BACK: Flow(CALLED_BACK, LINE, {LINE: line, OVER: over})}
