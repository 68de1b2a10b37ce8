"""A question that is answered by yes or no, as `offer`, `ask_recording` and `resume` put it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ivr.call.events import DigitsPressed, Event
from ivr.engine import asking, wishing
from ivr.engine.draft import Draft
from ivr.engine.moves import Move
from ivr.engine.prompt import YES_NO_KEYS, GaveUp, Heard, Prompt
from ivr.engine.wishing import Wished


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of it."""

    answer: Literal["yes", "no", "nothing"]
    """`nothing`: silence, or no clear answer, after all tries; or something else that is wanted."""
    heard: str
    """The words, for the consent record; `key` where one was pressed, empty for nothing."""
    wished: Wished | None = None
    """What the caller wants instead."""

    def goes(self, draft: Draft, otherwise: Move) -> Move:
        """Where the wish leads; without one, or where nothing asks for wishes yet, the way of the answer."""
        return (self.wished and wishing.lead(draft, self.wished)) or otherwise


def question(words: str, tries: int, patience_s: float) -> Prompt:
    return Prompt(
        words=words,
        expect="yes_no",
        keys=YES_NO_KEYS,
        options=("yes", "no"),
        tries=tries,
        patience_s=patience_s,
    )


def hear(draft: Draft, prompt: Prompt, event: Event) -> Answered | Move:
    """Take what came back: an answer, or a move to go on with."""
    match asking.hear(draft, prompt, event):
        case Heard(value=value, text=text):
            return Answered("yes" if value == "yes" else "no", text or "key")
        case Wished(text=text, answer=answer) as wished:
            return Answered("no" if answer == "no" else "nothing", text, wished)
        case GaveUp():
            if isinstance(event, DigitsPressed):
                wishing.keep_key(draft, event.digits)
            return Answered("nothing", "")
        case move:
            return move
