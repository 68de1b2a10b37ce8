"""Which wishes a question can take in place of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ivr.call.state import Asked
from ivr.engine.draft import Draft

if TYPE_CHECKING:
    from ivr.engine.prompt import Prompt  # which has its phrases listened for


def can_be(draft: Draft, prompt: Prompt) -> bool:
    """Whether a wish is heard at this question: at one of few answers, by who stands in no line."""
    of_few = prompt.expect != "intent" and bool(prompt.options) and not prompt.secret
    return of_few and draft.state.place is None and bool(draft.hotline.intents)


def wishable(draft: Draft, prompt: Prompt, *, answered: bool = False) -> Iterator[str]:
    """The intents. What a person serves is always one; what the machine does, where it is no option here, nor what was
    just `answered` about, and no yes or no about a complaint waits: that comes first (R30)."""
    state, hotline = draft.state, draft.hotline
    yield from hotline.for_people()
    about = hotline.intents.get(state.wish or "")
    is_asked, complains = prompt.expect == "yes_no", about is not None and about.type == "complaint"
    if is_asked and complains:
        return
    taken = {*hotline.for_people(), *prompt.options, *([state.wish] if is_asked or answered else ())}
    known = hotline.intents if state.wishes is None else ways_of(draft, state.wishes)
    yield from (wish for wish in known if wish in hotline.intents and wish not in taken)


def ways_of(draft: Draft, asked: Asked) -> tuple[str, ...]:
    """The answers of a question for wishes."""
    flow = draft.hotline.flows.get(asked.flow)
    step = flow.steps.get(asked.step) if flow else None
    return tuple(way.label for way in step.ways()) if step else ()
