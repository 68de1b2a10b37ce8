"""Where a caller was before a person was asked for, so that "go back" leads there from the line as well."""

from __future__ import annotations

import msgspec

from ivr.call.state import Frame, Left
from ivr.engine.draft import Draft


def remember(draft: Draft) -> None:
    """Keep what the call knew at the question it is leaving for good. What was kept already stays: who asks for a
    person a second time, in line, still goes back to where the first request came from."""
    state = draft.state
    if state.left is None and state.trail:
        state.left = Left(
            names=dict(state.names), secrets=list(state.secrets), frames=_copies(state.frames), trail=list(state.trail)
        )


def restore(draft: Draft, left: Left) -> None:
    """The call knows again what it knew; the caller is to be asked the last question of the trail."""
    state = draft.state
    state.names, state.secrets = dict(left.names), list(left.secrets)
    state.frames, state.trail = _copies(left.frames), list(left.trail)
    state.left = None
    draft.forget_names()


def _copies(frames: list[Frame]) -> list[Frame]:
    """Of their own, for the steps of a sub-flow write into what its frame knows when they come back."""
    return [
        msgspec.structs.replace(one, names=dict(one.names), secrets=list(one.secrets), scratch=dict(one.scratch))
        for one in frames
    ]
