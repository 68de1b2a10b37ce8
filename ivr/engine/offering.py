"""The question of a rule of handoff.yaml: a step like any other `offer`, which stands beside the flow."""

from __future__ import annotations

from typing import Any

from ivr.call.state import Offering
from ivr.engine.draft import Draft
from ivr.engine.moves import Move


def put(draft: Draft, offering: Offering) -> Move:
    """Ask it. What the caller answers leads to `handing.answered`."""
    state = draft.state
    state.offering, state.scratch, state.people = offering, {}, {}
    state.visits += 1
    if not state.flow:
        state.flow = draft.hotline.file.start
    draft.forget_names()
    step: Any = draft.hotline.offers[offering.key]
    move: Move = step.enter(draft)
    return move
