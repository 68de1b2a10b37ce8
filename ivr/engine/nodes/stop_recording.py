"""`stop_recording`: record no more of the call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ivr.engine import recording
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Go, Move
from ivr.flow.kinds import Way
from ivr.flow.refs import StepRef, WordsRef


@kind("stop_recording")
@dataclass(frozen=True, slots=True)
class StopRecordingStep(Step):
    """End the recording of the call and say so. What was recorded until then is kept.

    no_recording:
      stop_recording: we_record_no_more
      next: need

    Where nothing is recorded, the words are said all the same.
    """

    stop_recording: WordsRef
    """What is said, after the recording has ended."""
    next: StepRef
    """Where to go when it has been said."""

    def ways(self) -> Iterable[Way]:
        return (Way("next", self.next),)

    def enter(self, draft: Draft) -> Move:
        recording.end(draft)
        draft.say(self.stop_recording)
        return Go(self.next)
