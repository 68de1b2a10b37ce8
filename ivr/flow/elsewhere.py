"""Other ways than this line that a caller can be led to, and the forms in which a wish for a person is served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ivr.flow.edge import written
from ivr.flow.intents import ServiceWay
from ivr.flow.refs import WordsRef

CALLBACK = "callback"
MESSAGE = "message"
BUILT_IN = frozenset({CALLBACK, MESSAGE})
"""Forms that every hotline has; the others stand under `elsewhere:`."""
TAKEN = frozenset({*BUILT_IN, "queue", "connect", "elsewhere", "done", "solved", "full", "closed", "failed"})
"""Names that mean something else where a form is named."""
LineForm = Literal["queue", "connect"]


@written
@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another way of service, such as a video call, a chat or a page: who agrees to it gets a text message with the
    link."""

    way: ServiceWay
    """What serves the caller there."""
    words: WordsRef
    """The text message, with the link in it; `{{ call.id }}` in the link lets the other end know which call it was."""


def way_on(form: str) -> str:
    """The way of a `queue` step that a form leads along: `callback`, `message`, or `elsewhere` for all others."""
    return form if form in BUILT_IN else "elsewhere"
