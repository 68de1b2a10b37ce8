"""`hangup`: end the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ivr.engine import ending
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Move
from ivr.flow.refs import WordsRef


@kind("hangup")
@dataclass(frozen=True, slots=True)
class HangupStep(Step):
    """Say goodbye and end the call.

    goodbye:
      hangup: thank_you_for_calling
    """

    hangup: WordsRef
    """The last words."""
    because: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")] = "done"
    """A word for the records."""

    def enter(self, draft: Draft) -> Move:
        draft.say(self.hangup)
        return ending.hang_up(draft, self.because)
