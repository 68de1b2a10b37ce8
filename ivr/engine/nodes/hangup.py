"""`hangup`: end the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ivr.call.events import DigitsPressed, Event
from ivr.engine import asking, ending, wishing
from ivr.engine.asking import GaveUp, Heard, Prompt, Wished
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Move
from ivr.flow.refs import WordsRef

GOODBYE = "goodbye"
"""What a caller can answer to the last words; phrases for it stand under their `choices:`."""
AGAIN = "again"
"""In the notes of the step: they have been said once more."""


@kind("hangup")
@dataclass(frozen=True, slots=True)
class HangupStep(Step):
    """Say goodbye and end the call.

        goodbye:
          hangup: thank_you_for_calling
          hears_s: 2                # "and what is my balance?" is heard while it is said, and 2 seconds longer

    Who says one more wish then is led back to the last question for wishes, as from any question, and a person can be
    asked for. Who says what nobody understands hears the last words once more, for he may have cut them short.
    Everybody else has said goodbye.
    """

    hangup: WordsRef
    """The last words."""
    hears_s: Annotated[float | None, Field(ge=1, le=10)] = None
    """Silence after the last words that ends the call, in seconds; where left out, nothing is heard any more."""
    because: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = "done"
    """A word for the records."""

    def enter(self, draft: Draft) -> Move:
        if self.hears_s is None:
            draft.say(self.hangup)
            return ending.hang_up(draft, self.because)
        draft.state.scratch[ending.BECAUSE] = self.because
        return asking.put(draft, self._prompt(self.hears_s))

    def hear(self, draft: Draft, event: Event) -> Move:
        result = asking.hear(draft, self._prompt(self.hears_s or 1.0), event)
        match result:
            case Wished():
                return wishing.lead(draft, result) or ending.hang_up(draft, self.because)
            case GaveUp(why="unclear") if not isinstance(event, DigitsPressed) and self._may_be_said_again(draft):
                return draft.listen_again()
            case Heard() | GaveUp():
                return ending.hang_up(draft, self.because)
            case _:
                return result

    def _may_be_said_again(self, draft: Draft) -> bool:
        """Once, and where the caller was not asked back about a guess since."""
        notes = draft.state.scratch
        again = bool(notes.get(AGAIN) or notes.get("guesses"))
        notes[AGAIN] = True
        return not again

    def _prompt(self, patience_s: float) -> Prompt:
        words, options = self.hangup, (GOODBYE,)
        return Prompt(words=words, expect="choice", options=options, tries=1, patience_s=patience_s, last=True)
