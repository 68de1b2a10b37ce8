"""`ask_recording`: record the call, if the caller agrees."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.call.events import Event
from ivr.engine import asking, recording, yes_no
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move
from ivr.engine.prompt import YES_NO_KEYS, Prompt
from ivr.engine.yes_no import Answered
from ivr.flow.kinds import Way
from ivr.flow.refs import StepRef, WordsRef


@kind("ask_recording")
@dataclass(frozen=True, slots=True)
class AskRecording(Step):
    """Ask whether the call may be recorded, and record it from the caller's yes on. The answer is kept in the record
    as consent: the question, yes, no or silence, the time, and the words or key.

        may_we_record:
          ask_recording: may_we_record
          on: {yes: need, no: need, nothing: need}

    Both sides are recorded, the talk with an agent too, until `stop_recording` or the end of the call. Left out are
    prompts and questions that are marked `secret`, messages (`record`) and numbers outside (`dial`). Who is asked
    again and does not say yes takes the consent back: the recording ends.
    """

    waits: ClassVar[bool] = True

    ask_recording: WordsRef
    """The question; it should say what for, and how long the recording is kept."""
    on: Mapping[Literal["yes", "no", "nothing"], StepRef]
    """`nothing`: silence, or no clear answer, after all tries; nothing is recorded then, as after a no."""
    tries: Annotated[int, Field(ge=1, le=5)] = 2
    """How often it is asked before `nothing` is taken."""
    patience_s: Annotated[float, Field(ge=1, le=60)] = 5.0
    """Silence that counts as no answer, in seconds."""

    def __post_init__(self) -> None:
        need(self.on, "ask_recording", "yes", "no", "nothing")

    def ways(self) -> Iterable[Way]:
        return [Way(answer, step) for answer, step in self.on.items()]

    def own_keys(self) -> Container[str]:
        return YES_NO_KEYS

    def enter(self, draft: Draft) -> Move:
        return asking.put(draft, self._prompt())

    def hear(self, draft: Draft, event: Event) -> Move:
        result = yes_no.hear(draft, self._prompt(), event)
        if not isinstance(result, Answered):
            return result
        return result.goes(draft, self._consent(draft, result.answer, result.heard))

    def _consent(self, draft: Draft, answer: Literal["yes", "no", "nothing"], heard: str) -> Move:
        draft.note("consent", recording=self.ask_recording, answer=answer, heard=heard)
        if answer == "yes":
            recording.begin(draft)
        else:
            recording.end(draft)
        return Go(self.on[answer])

    def _prompt(self) -> Prompt:
        return yes_no.question(self.ask_recording, self.tries, self.patience_s)
