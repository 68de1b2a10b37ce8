"""`announce_recording`: record the call and say so, where no question is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ivr.engine import recording
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Go, Move
from ivr.flow.kinds import Way
from ivr.flow.refs import StepRef, WordsRef


@kind("announce_recording")
@dataclass(frozen=True, slots=True)
class AnnounceRecording(Step):
    """Tell the caller that the call is recorded, and record it from there on, without asking.

        announcement:
          announce_recording: this_call_is_recorded
          next: need

    Only for hotlines whose law lets a caller agree by staying on the line; everywhere else use `ask_recording`. What
    is left out of the recording is the same as there.
    """

    announce_recording: WordsRef
    """What is said; it should tell what for, how long the recording is kept, and what to do to be heard without it."""
    next: StepRef
    """Where to go when it has been said."""

    def ways(self) -> Iterable[Way]:
        return (Way("next", self.next),)

    def enter(self, draft: Draft) -> Move:
        before = len(draft.verbs)
        draft.say(self.announce_recording)
        if len(draft.verbs) > before:  # words can come out empty, and then nobody was told
            draft.note("recording", state="announced", words=self.announce_recording)
            recording.begin(draft)
        return Go(self.next)
