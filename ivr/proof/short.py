"""Whose list of questions can be short although it was so long that its oldest ones were forgotten.

Going back leads to nothing, or to what was left for good, only from the last question of a list. A call that has
forgotten some has a long list, until it goes back many times, or leaves a flow whose questions were in it. Who has just
come from one question to the next goes back to that one, whatever was forgotten below.
"""

from __future__ import annotations

from ivr.proof.deeds import BACK, Deed
from ivr.proof.spots import Start
from ivr.proof.trails import WAITS, Trails
from ivr.proof.turns import LEFT, Outcome


def can_be_short(trails: Trails, start: Start, deed: Deed, outcome: Outcome) -> bool | None:
    """After a turn. None: if it was so before."""
    move, below, depth = outcome.moved, start.below, len(outcome.state.frames)
    if deed.answer == BACK:
        said_again = below is None and LEFT not in outcome.marks
        return None if said_again else True
    if move.anew:
        return False
    kept = min(move.lowest, depth)
    top = move.asked[-1] if move.asked else trails.top(outcome.state)
    under = next((one for one in reversed(move.asked) if one != top), below)
    if under is not None and under != top and not under.step.endswith(WAITS):
        return under.depth > kept
    return True if kept < len(start.state.frames) else None
